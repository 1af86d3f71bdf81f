"""The pictures in the README are what the program draws of the demo's journals.

`MENTORLOG_GOLDEN=write python -m pytest tests/test_pictures.py` draws them anew.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from mentorlog import i18n
from mentorlog.render.digest import digest as drawn
from mentorlog.render.picture import svg
from mentorlog.render.report import as_text
from mentorlog.storage.journal import Journal
from mentorlog.storage.pairs import all_pairs
from mentorlog.workflows.reporting import digest
from tests.conftest import TODAY, Program
from tests.goldens import LANGUAGES

ROOT = Path(__file__).parent.parent
PICTURES = ROOT / ".github" / "pictures"
COLUMNS = 80


@pytest.fixture(autouse=True)
def english_after() -> Iterator[None]:
    yield
    i18n.choose("en")


def assert_as_kept(picture: str, name: str) -> None:
    kept = PICTURES / name
    if os.environ.get("MENTORLOG_GOLDEN") == "write":
        kept.parent.mkdir(exist_ok=True)
        kept.write_text(picture.rstrip("\n") + "\n", encoding="utf-8")
    assert picture.rstrip("\n") == kept.read_text(encoding="utf-8").rstrip("\n")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_picture_of_a_report_is_what_the_command_writes(
    demo_journals: dict[str, Path], mentorlog: Program, tmp_path: Path, language: str
) -> None:
    mentorlog.holding(demo_journals[language]).language = language
    file = tmp_path / "report.svg"

    mentorlog.ok("report", "p1", "--svg", str(file))

    assert_as_kept(file.read_text(encoding="utf-8"), f"report-{language}.svg")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_picture_of_a_review_is_the_digest_that_it_begins_with(
    demo_journals: dict[str, Path], language: str
) -> None:
    i18n.choose(language)
    today = date.fromisoformat(TODAY)
    journal = Journal(demo_journals[language])
    pair = all_pairs(journal)[0]

    drawing = drawn(digest(journal, pair, today, today, "4w"), today)

    journal.close()
    command = f"mentorlog review {pair.handle}"
    assert_as_kept(
        svg(drawing, COLUMNS, command, as_text(drawing, COLUMNS)), f"review-{language}.svg"
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_readme_shows_its_pictures_and_says_what_is_in_them(language: str) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")

    for name in (f"report-{language}.svg", f"review-{language}.svg"):
        assert f' lang="{language}"' in (PICTURES / name).read_text(encoding="utf-8")
        assert f"](.github/pictures/{name})" in readme
