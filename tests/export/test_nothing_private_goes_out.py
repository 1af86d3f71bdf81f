"""Only what was shared goes out: random journals, every audience, every format.

Each text of a journal carries a word of its own. Which of them may go is written down here once more,
from the design, and nothing is asked of `domain/audience.py`.
"""

from __future__ import annotations

import io
import json
import os
import re
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mentorlog import i18n
from mentorlog.cli.app import run
from mentorlog.domain.action import Action
from mentorlog.domain.audience import AUDIENCES
from mentorlog.domain.insight import BENEFITS, VIEWPOINTS, Insight
from mentorlog.domain.meeting import Meeting
from mentorlog.domain.pair import Pair
from mentorlog.domain.question import Question
from mentorlog.domain.record import Record
from mentorlog.export.formats import FORMATS, writer
from mentorlog.export.material import Material, Surroundings, gather
from mentorlog.storage.journal import Journal

TODAY = date(2026, 11, 22)
WRITTEN = datetime(1987, 1, 2, 3, 4, 5, 678, tzinfo=UTC)  # a year that no day of a record has
PRIVATE_YEAR = 2188  # of every date in a record that is held back
FIRST_NUMBER = 7301  # of every id, to be known again
OTHERS = ("Zebediah Quux", "霧島 月乃")
CONTACTS = (
    "secret.person@example.com",
    "090-1234-5678",
    "Quux",
    "霧島さん",
    "ＺＥＢＥＤＩＡＨ ＱＵＵＸ",
)

# What may go besides days and codes, by kind. Everything else that holds words is private.
TO_PARTNER = {"pair": {"partner", "programme"}}
TO_PARTNER_IF_SHARED = {
    "meeting": {"topics", "summary"},
    "question": {"text", "answer"},
    "action": {"text", "outcome"},
    "insight": {"text"},
}
TO_PROGRAMME = {"pair": {"programme"}}

# Without digits, so that a year found in an output is a leak; nor have the uids any.
noise = st.text(
    st.characters(exclude_characters="\x00", exclude_categories=["Cs", "Cn", "Co", "N"]),
    max_size=20,
)
days = st.dates(date(2026, 1, 1), date(2026, 12, 31))
visibilities = st.sampled_from(["private", "shared"])


def a_uid(number: int) -> str:
    return format(number, "032b").translate({ord("0"): "a", ord("1"): "b"})


class Words:
    """Texts with a word of their own in each, and where each word was put."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw
        self.places: dict[str, tuple[str, str, str]] = {}

    def text(self, kind: str, visibility: str, name: str, *, lines: bool = True) -> str:
        word = f"zqzq{len(self.places):03}zqzq"
        self.places[word] = (kind, visibility, name)
        before, after = self.draw(noise), self.draw(noise)
        contact = self.draw(st.sampled_from(CONTACTS))
        text = f"{before} {word} 、{contact}、 {after}"
        return text if lines else " ".join(text.split())

    def maybe(self, kind: str, visibility: str, name: str) -> str | None:
        return self.text(kind, visibility, name) if self.draw(st.booleans()) else None

    def may_go(self, word: str, audience: str) -> bool:
        kind, visibility, name = self.places[word]
        if audience == "me":
            return True
        if audience == "programme":
            return name in TO_PROGRAMME.get(kind, ())
        shared = TO_PARTNER_IF_SHARED.get(kind, set()) if visibility == "shared" else set()
        return name in TO_PARTNER.get(kind, set()) | shared


def day_of(draw: st.DrawFn, visibility: str) -> date:
    """Return a day; of what is private, one that no output for others may have."""
    on = draw(days)
    return on if visibility == "shared" else on.replace(year=PRIVATE_YEAR, day=min(on.day, 28))


@st.composite
def journals(draw: st.DrawFn) -> tuple[list[Pair], list[Record], Words]:
    words = Words(draw)
    visibility = draw(visibilities)
    kept: dict[str, Any] = {"created_at": WRITTEN, "updated_at": WRITTEN}
    pair = Pair(
        **kept, id=f"p{FIRST_NUMBER}", uid=a_uid(0), visibility=visibility,
        partner="Anna zqzqpartner", alias="zqzqalias", my_role=draw(st.sampled_from(["mentor", "mentee"])),
        programme=words.text("pair", visibility, "programme", lines=False), started_on=date(2025, 1, 1),
    )  # fmt: skip
    words.places |= {f"zqzq{name}": ("pair", visibility, name) for name in ("partner", "alias")}
    others = [
        Pair(
            **kept, id=f"p{FIRST_NUMBER + place}", uid=a_uid(place), partner=name, my_role="mentor",
            started_on=TODAY,
        )
        for place, name in enumerate(OTHERS, 1)
    ]  # fmt: skip
    records: list[Record] = []
    meetings: list[str] = []
    for kind in draw(
        st.lists(st.sampled_from(sorted(MAKERS)), max_size=8).map(sorted_meetings_first)
    ):
        number = FIRST_NUMBER + sum(1 for each in records if each.kind == kind)
        shown = draw(visibilities)
        ids = {"id": f"{kind[0]}{number}", "uid": a_uid(3 + len(records)), "pair": pair.id}
        values = {**kept, **ids, "visibility": shown}
        records.append(MAKERS[kind](draw, words, values, shown, meetings))
        if kind == "meeting":
            meetings.append(records[-1].id)
    return [pair, *others], records, words


def sorted_meetings_first(kinds: list[str]) -> list[str]:
    return sorted(kinds, key=lambda kind: kind != "meeting")


def a_meeting(
    draw: st.DrawFn, words: Words, values: dict[str, Any], shown: str, _m: list[str]
) -> Record:
    next_on = draw(days) if shown == "shared" else date(PRIVATE_YEAR, 5, 5)
    held_on = draw(days)
    return Meeting(
        **values, held_on=held_on, minutes=draw(st.none() | st.integers(1, 99)),
        topics=(words.text("meeting", shown, "topics", lines=False),),
        summary=words.maybe("meeting", shown, "summary"),
        notes=words.text("meeting", "never", "notes"), pulse=draw(st.none() | st.integers(1, 4)),
        next_on=next_on if next_on > held_on else None, is_kickoff=draw(st.booleans()),
    )  # fmt: skip


def a_question(
    draw: st.DrawFn, words: Words, values: dict[str, Any], shown: str, meetings: list[str]
) -> Record:
    return Question(
        **values, text=words.text("question", shown, "text"), asked_on=day_of(draw, shown),
        state=draw(st.sampled_from(["open", "raised", "dropped"])),
        answer=words.maybe("question", shown, "answer"),
        raised_in=draw(st.sampled_from([None, *meetings])),
    )  # fmt: skip


def an_action(
    draw: st.DrawFn, words: Words, values: dict[str, Any], shown: str, meetings: list[str]
) -> Record:
    return Action(
        **values, text=words.text("action", shown, "text"), owner=draw(st.sampled_from(VIEWPOINTS)),
        is_advice=draw(st.booleans()), due_on=day_of(draw, shown), done_on=day_of(draw, shown),
        state=draw(st.sampled_from(["open", "done", "dropped"])),
        outcome=words.maybe("action", shown, "outcome"),
        assigned_in=draw(st.sampled_from([None, *meetings])),
        told_in=draw(st.sampled_from([None, *meetings])),
    )  # fmt: skip


def an_insight(
    draw: st.DrawFn, words: Words, values: dict[str, Any], shown: str, meetings: list[str]
) -> Record:
    return Insight(
        **values, text=words.text("insight", shown, "text"), noticed_on=day_of(draw, shown),
        benefit=draw(st.sampled_from([None, *BENEFITS])),
        viewpoint=draw(st.sampled_from([None, *VIEWPOINTS])),
        meeting=draw(st.sampled_from([None, *meetings])),
    )  # fmt: skip


MAKERS = {"meeting": a_meeting, "question": a_question, "action": an_action, "insight": an_insight}


def material(pairs: list[Pair], records: list[Record], audience: str) -> Material:
    uids = {each.id: each.uid for each in (*pairs, *records)}
    return gather(pairs[0], records, Surroundings(pairs, uids), audience, TODAY)


def refuse_leaks(output: str, words: Words, audience: str) -> None:
    """Fail where an output for others has a word, a day or a name in it that is not theirs."""
    leaked = {word: words.places[word] for word in words.places if word in output}
    assert {word: leaked[word] for word in leaked if not words.may_go(word, audience)} == {}
    if audience == "me":
        return
    assert str(PRIVATE_YEAR) not in output
    assert str(WRITTEN.year) not in output
    for contact in (*OTHERS, *CONTACTS):
        assert contact not in output


def refuse_ids(output: str) -> None:
    assert re.findall(r"\b[pmqai]7[34][0-9]{2}\b", output) == []


@pytest.fixture(autouse=True)
def english_after() -> Iterator[None]:
    yield
    i18n.choose("en")


# --- what a writer gets, and what it writes ------------------------------------------------------


@pytest.mark.parametrize("audience", AUDIENCES)
@settings(deadline=None)
@given(journals())
def test_nothing_private_reaches_a_writer(
    audience: str, journal: tuple[list[Pair], list[Record], Words]
) -> None:
    pairs, records, words = journal

    given_out = material(pairs, records, audience)

    refuse_leaks(repr(given_out), words, audience)
    assert given_out.held_back == sum(1 for each in records if is_held_back(each, audience))


def is_held_back(record: Record, audience: str) -> bool:
    if audience == "me" or record.kind == "meeting":
        return False
    return audience == "programme" or record.visibility == "private"


@pytest.mark.parametrize("language", i18n.LANGUAGES)
@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("audience", AUDIENCES)
@settings(deadline=None)
@given(journals())
def test_nothing_private_is_written_and_all_that_may_go_is(
    audience: str, name: str, language: str, journal: tuple[list[Pair], list[Record], Words]
) -> None:
    i18n.choose(language)
    pairs, records, words = journal

    output = writer(name)(material(pairs, records, audience))

    refuse_leaks(output, words, audience)
    refuse_ids(output)
    assert {word for word in words.places if words.may_go(word, audience)} == {
        word for word in words.places if word in output
    }


@settings(deadline=None)
@given(journals())
def test_the_programme_gets_no_word_of_anybody_and_nothing_of_what_was_felt(
    journal: tuple[list[Pair], list[Record], Words],
) -> None:
    pairs, records, _words = journal

    given_out = material(pairs, records, "programme")

    assert set(given_out.pair.fields) == {
        "uid", "my_role", "programme", "started_on", "term_ends_on", "state"
    }  # fmt: skip
    for item in given_out.items:
        assert item.kind == "meeting"
        assert set(item.fields) == {"uid", "pair", "held_on", "start_time", "minutes", "channel"}
    assert given_out.figures is not None
    pulses = [each.pulse for each in records if isinstance(each, Meeting) and each.pulse]
    assert (given_out.figures.pulse_average is None) == (len(pulses) < 3)


# --- the command itself, on a journal in a file --------------------------------------------------


@settings(max_examples=12, deadline=None)
@given(journals())
def test_the_command_shows_writes_and_says_nothing_private(
    journal: tuple[list[Pair], list[Record], Words],
) -> None:
    pairs, records, words = journal
    with TemporaryDirectory() as folder:
        path = Path(folder, "journal.db")
        write_journal(path, pairs, records)
        for audience in AUDIENCES:
            for more in (
                [],
                ["--preview"],
                ["--json"],
                ["--json", "--preview"],
                ["-o", f"{folder}/x"],
            ):
                said = command(path, ["export", pairs[0].id, "--for", audience, "--force", *more])
                if more == ["-o", f"{folder}/x"]:
                    said += Path(folder, "x").read_text(encoding="utf-8")
                refuse_leaks(said, words, audience)
                if audience != "me" and more != ["--preview"]:
                    refuse_ids(said)


def write_journal(path: Path, pairs: list[Pair], records: list[Record]) -> None:
    journal = Journal(path, lambda: WRITTEN)
    with journal.transaction("import") as writing:
        ids: dict[str, str] = {}
        for record in (*pairs, *records):
            changes = {
                name: ids[value]
                for name in ("pair", "meeting", "assigned_in", "told_in", "raised_in")
                if (value := getattr(record, name, None))
            }
            ids[record.id] = writing.add(record.with_changes(**changes)).id
    journal.close()
    # The first id is known again only if it is the number the test looks for.
    assert ids[pairs[0].id] == pairs[0].id


def command(path: Path, typed: list[str]) -> str:
    """Run a command in this process and return all that it showed and said."""
    shown = io.StringIO()
    world = {"MENTORLOG_DB": str(path), "MENTORLOG_TODAY": TODAY.isoformat()}
    with patch.dict(os.environ, world), redirect_stdout(shown), redirect_stderr(shown):
        run(typed)
    return shown.getvalue()


def test_a_leak_would_be_noticed() -> None:
    words = Words(lambda _strategy: "")  # type: ignore[arg-type]
    words.places["zqzq000zqzq"] = ("meeting", "never", "notes")

    for leak in (
        "zqzq000zqzq",
        json.dumps({"due_on": "2188-05-05"}),
        "Zebediah Quux",
        "1987-01-02",
    ):
        with pytest.raises(AssertionError):
            refuse_leaks(leak, words, "partner")
    with pytest.raises(AssertionError):
        refuse_ids("[m7301]")
