"""The picture of a drawing: one SVG that needs nothing else, with every character in its cells."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from rich.text import Text

from mentorlog import i18n
from mentorlog.render import cells
from mentorlog.render.picture import PALETTE, svg
from mentorlog.render.prep import prep
from mentorlog.storage.journal import Journal
from mentorlog.storage.pairs import all_pairs
from mentorlog.workflows.preparation import preparation
from tests.browser import look_at, needs_chromium
from tests.conftest import TODAY
from tests.contrast import contrast
from tests.goldens import LANGUAGES

NAMESPACE = "http://www.w3.org/2000/svg"
SVG = f"{{{NAMESPACE}}}"
CELL, MARGIN = 8.4, 18.0
HOSTILE = (
    "</text></svg><script>document.title='owned'</script><image href='http://leak.invalid/i'/>&amp;"
)


@pytest.fixture(autouse=True)
def english_after() -> Iterator[None]:
    yield
    i18n.choose("en")


def parsed(text: str) -> ET.Element:
    return ET.fromstring(text)  # noqa: S314  (it is our own)


def picture(drawing: Text | str, width: int = 40, title: str = "A title") -> ET.Element:
    return parsed(svg(drawing, width, title, "What it says"))


def prep_of(journal: Path, language: str) -> str:
    i18n.choose(language)
    opened = Journal(journal)
    try:
        known = preparation(opened, all_pairs(opened)[0])
        return svg(
            prep(known, date.fromisoformat(TODAY)), 80, "mentorlog prep", "What to take along"
        )
    finally:
        opened.close()


def written(of: ET.Element) -> list[ET.Element]:
    """Return the texts of the drawing; the first is the title in the bar."""
    return of.findall(f"{SVG}text")[1:]


def cell(place: str | None) -> float:
    assert place is not None
    return (float(place) - MARGIN) / CELL


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_picture_names_no_other_machine_and_runs_nothing(
    demo_journals: dict[str, Path], language: str
) -> None:
    text = prep_of(demo_journals[language], language)
    root = parsed(text)

    assert re.findall(r"https?://[^\s\"']*|url\(|@import|@font-face", text) == [NAMESPACE]
    assert {each.tag.removeprefix(SVG) for each in root.iter()} <= {
        "svg", "title", "desc", "style", "rect", "path", "circle", "text",
    }  # fmt: skip
    assert [name for each in root.iter() for name in each.attrib if name[:2] == "on"] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_picture_is_read_out_by_its_title_and_description_in_its_language(
    demo_journals: dict[str, Path], language: str
) -> None:
    root = parsed(prep_of(demo_journals[language], language))

    named = {each.get("id"): each.text for each in root.iter() if each.get("id")}
    assert root.get("role") == "img"
    assert [named[each] for each in (root.get("aria-labelledby") or "").split()] == [
        "mentorlog prep",
        "What to take along",
    ]
    assert root.get("lang") == language
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == language


def test_the_same_drawing_is_the_same_picture(demo_journals: dict[str, Path]) -> None:
    first, second = (prep_of(demo_journals["ja"], "ja") for _time in range(2))

    assert first == second


def test_every_colour_can_be_read_on_light_and_on_dark() -> None:
    light, dark = svg("", 20, "", "").split("@media (prefers-color-scheme:dark)")

    for at, sheet in enumerate((light, dark)):
        for name, values in PALETTE.items():
            assert re.search(rf"\.{name}\{{[^}}]*{values[at]}", sheet)
            if name not in {"paper", "frame"}:
                assert contrast(values[at], PALETTE["paper"][at]) >= 4.5


def test_letters_are_held_to_their_cells_and_the_gaps_stay_free() -> None:
    first, second = written(picture("one two   three"))

    assert (first.text, second.text) == ("one two", "three")
    assert cell(first.get("x")) == pytest.approx(0, abs=0.01)
    assert float(first.get("textLength") or 0) == pytest.approx(7 * CELL, abs=0.1)
    assert cell(second.get("x")) == pytest.approx(10, abs=0.01)


def test_a_wide_character_stands_in_the_middle_of_its_two_cells() -> None:
    places = [(each.text, round(cell(each.get("x")), 1)) for each in written(picture("a目標b"))]

    assert places == [("a", 0), ("目", 2), ("標", 4), ("b", 5)]


def test_what_belongs_to_a_character_is_not_torn_from_it() -> None:
    family = "👨\u200d👩\u200d👧"

    texts = [each.text for each in written(picture(f"か\u3099 {family} e\u0301x"))]

    assert texts == ["か\u3099", family, "e\u0301", "x"]


def test_bars_are_drawn_and_touch_each_other() -> None:
    drawn = picture(Text("███▌░", style="green")).findall(f"{SVG}rect")[2:]

    widths = [round(float(each.get("width") or 0) / CELL, 1) for each in drawn]
    assert widths == [3, 0.5, 1]
    assert [each.get("class") for each in drawn] == ["green", "green", "green light"]


def test_the_looks_of_a_terminal_become_classes() -> None:
    drawing = Text.assemble(
        ("dim", "dim"),
        " ",
        ("loud", "bold bright_red"),
        " ",
        ("back", "reverse"),
        " ",
        ("on", "on #0000ee"),
    )

    looks = {each.text: each.get("class") for each in written(picture(drawing))}

    assert looks == {"dim": "quiet", "loud": "red bold", "back": "paper", "on": "paper"}


def test_japanese_is_not_slanted() -> None:
    looks = {
        each.text: each.get("class")
        for said in ("leaning", "「会う」")
        for each in written(picture(Text(said, style="italic")))
    }

    assert looks.pop("leaning") == "ink italic"
    assert not any("italic" in (look or "") for look in looks.values())


def test_text_of_others_is_text_in_a_picture_and_nothing_else() -> None:
    root = picture(HOSTILE, 120, title=HOSTILE)

    assert root.find(f".//{SVG}script") is None
    assert root.find(f".//{SVG}image") is None
    assert "".join(each.text or "" for each in written(root)) == HOSTILE
    assert root.findtext(f"{SVG}title") == HOSTILE


def test_what_xml_cannot_have_is_made_visible() -> None:
    root = picture(Text("a\ufffeb\uffff"), title="\x1b]0;owned\x07")

    assert root.findtext(f"{SVG}title") == "\\x1b]0;owned\\x07"
    assert "\\ufffe" in {each.text for each in written(root)}


def test_a_long_title_is_cut_to_the_bar_and_said_in_full() -> None:
    root = picture("", 30, title="面談" * 40)

    shown = root.findall(f"{SVG}text")[0].text or ""
    assert cells.width(shown) <= 30
    assert root.findtext(f"{SVG}title") == "面談" * 40


def test_empty_lines_around_a_drawing_are_no_part_of_its_picture() -> None:
    heights = {picture(each).get("height") for each in ("one", "\n\none\n\n")}

    assert len(heights) == 1


@needs_chromium
def test_a_picture_in_a_browser_asks_for_nothing_and_runs_nothing(tmp_path: Path) -> None:
    file = tmp_path / "picture.svg"
    file.write_text(svg(HOSTILE, 120, HOSTILE, HOSTILE), encoding="utf-8")

    seen = look_at(file, tmp_path)

    assert seen.asked_for == []
    assert "leak.invalid" not in seen.log
    assert seen.console == []
    assert seen.title.startswith("&lt;/text&gt;&lt;/svg&gt;&lt;script&gt;")
