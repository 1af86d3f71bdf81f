"""An export as Markdown: golden files for each audience and language, and what they cannot show.

After a change that is meant, write the golden files anew and read the difference:
    MENTORLOG_GOLDEN=write python -m pytest tests/export/test_markdown.py
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt

from mentorlog import i18n
from mentorlog.domain.action import Action
from mentorlog.domain.audience import AUDIENCES
from mentorlog.domain.insight import Insight
from mentorlog.domain.meeting import Meeting
from mentorlog.domain.pair import Pair
from mentorlog.domain.question import Question
from mentorlog.domain.record import Record
from mentorlog.export.formats import FORMATS, writer
from mentorlog.export.material import Material, Surroundings, gather

GOLDEN = Path(__file__).with_name("golden")
TODAY = date(2026, 11, 22)
PARSER = MarkdownIt("commonmark").enable("table")


def kept(ref: str, *, shared: bool = False) -> dict[str, Any]:
    """Return what the journal gives a record: the later its number, the later it was written."""
    letter, number = ref[0], int(ref[1:])
    at = datetime(2026, 9, 1, 12, tzinfo=UTC) + timedelta(minutes=number)
    uid = f"{'pmqai'.index(letter)}{number:07}" + "0" * 24
    visibility = "shared" if shared else "private"
    return {"id": ref, "uid": uid, "visibility": visibility, "created_at": at, "updated_at": at}


MAYA = Pair(
    **kept("p1"), partner="Maya Lindqvist", alias="maya", my_role="mentee", cadence="2w",
    programme="Women in Platform | 2026", started_on=date(2026, 9, 1), minutes=50, channel="online",
    term_ends_on=date(2027, 3, 1), language="en",
)  # fmt: skip
ODA = Pair(**kept("p2"), partner="小田 拓海", my_role="mentor", started_on=date(2026, 9, 1))
RECORDS: list[Record] = [
    Meeting(
        **kept("m1"), pair="p1", held_on=date(2026, 9, 7), start_time="18:30", minutes=50,
        channel="online", topics=("introductions", "what I want"), is_kickoff=True,
        summary="Introductions only.", notes="Nervous.\nTalked too fast.", pulse=3,
    ),
    Meeting(
        **kept("m2", shared=True), pair="p1", held_on=date(2026, 9, 21), minutes=45, channel="phone",
        topics=("*the* five leads",), pulse=4, next_on=date(2026, 10, 5),
        summary="# Not a heading\n- nor a list\n\nMaya knows 小田さん (takumi@example.com, 090-1234-5678).",
        notes="He called it my hobby.",
    ),
    Meeting(**kept("m3"), pair="p1", held_on=date(2026, 10, 5), pulse=2),
    Action(
        **kept("a1", shared=True), pair="p1", text="book 15 minutes with each lead", owner="me",
        due_on=date(2026, 9, 30), state="done", done_on=date(2026, 9, 29), assigned_in="m2",
        outcome="Four of five.\n\nThe fifth is on leave.",
    ),
    Action(
        **kept("a2", shared=True), pair="p1", text="Ask first what would hurt them", owner="me",
        is_advice=True, assigned_in="m2", state="done", done_on=date(2026, 10, 5), told_in="m3",
        outcome="Nobody has time for tests.",
    ),
    Action(
        **kept("a3", shared=True), pair="p1", text="send the outline", owner="partner",
        due_on=date(2026, 10, 12), assigned_in="m3",
    ),
    Action(**kept("a4"), pair="p1", text="decide whether to go on", owner="me", state="dropped"),
    Question(
        **kept("q1", shared=True), pair="p1", text="How early do I tell the others?", state="raised",
        answer="Say what is certain,\nand when the rest will be.", asked_on=date(2026, 9, 10),
        raised_in="m2",
    ),
    Question(**kept("q2"), pair="p1", text="What if it is no?", asked_on=date(2026, 10, 6)),
    Question(
        **kept("q3"), pair="p1", text="1. Too soon?", asked_on=date(2026, 9, 2), state="dropped"
    ),
    Insight(
        **kept("i1"), pair="p1", text="The lead who argued most had read most.",
        noticed_on=date(2026, 9, 21), meeting="m2",
    ),
    Insight(
        **kept("i2", shared=True), pair="p1", text="She watches who speaks after whom.",
        noticed_on=date(2026, 10, 7), benefit="tacit-knowledge", viewpoint="partner",
    ),
]  # fmt: skip
AROUND = Surroundings((MAYA, ODA), {each.id: each.uid for each in (MAYA, ODA, *RECORDS)})


@pytest.fixture(autouse=True)
def english_after() -> Iterator[None]:
    yield
    i18n.choose("en")


def material(audience: str, *, records: list[Record] = RECORDS, pair: Pair = MAYA) -> Material:
    return gather(pair, records, AROUND, audience, TODAY)


def document(audience: str, records: list[Record] = RECORDS, pair: Pair = MAYA) -> str:
    return writer("markdown")(material(audience, records=records, pair=pair))


# --- golden files --------------------------------------------------------------------------------


@pytest.mark.parametrize("language", i18n.LANGUAGES)
@pytest.mark.parametrize("audience", AUDIENCES)
def test_the_document_is_the_golden_one(audience: str, language: str) -> None:
    i18n.choose(language)
    golden = GOLDEN / f"{language}-{audience}.md"

    written = document(audience) + "\n"

    if os.environ.get("MENTORLOG_GOLDEN") == "write":
        golden.write_text(written, encoding="utf-8", newline="\n")
    assert golden.exists(), "write it: MENTORLOG_GOLDEN=write python -m pytest " + __file__
    assert written == golden.read_text(encoding="utf-8")


def test_every_format_has_golden_files_and_none_is_left_over() -> None:
    assert list(FORMATS) == ["markdown"]
    wanted = {f"{language}-{audience}.md" for language in i18n.LANGUAGES for audience in AUDIENCES}
    assert {path.name for path in GOLDEN.iterdir()} <= wanted


# --- structure -----------------------------------------------------------------------------------


@pytest.mark.parametrize("language", i18n.LANGUAGES)
@pytest.mark.parametrize("audience", AUDIENCES)
def test_a_text_makes_no_structure_of_its_own(audience: str, language: str) -> None:
    i18n.choose(language)
    hostile = "# h\n---\n```\n<script>\n[x](y) | `c` *e*\n\n    code\n\n1. one\n===\n&copy; \\"
    word = "word"
    texts = {"topics", "summary", "notes", "text", "answer", "outcome"}

    def said(what: str) -> list[Record]:
        return [
            each.with_changes(
                **{
                    name: (what.replace("\n", " "),) if name == "topics" else what
                    for name in texts
                    if getattr(each, name, None)
                }
            )
            for each in RECORDS
        ]

    def structure(records: list[Record], name: str) -> list[tuple[str, str]]:
        pair = MAYA.with_changes(partner=name, alias=name, programme=name)
        body = document(audience, records, pair).partition("\n---\n\n")[2]
        inside = [each for token in PARSER.parse(body) for each in (token, *(token.children or []))]
        text = {"text", "text_special", "hardbreak", "inline", "paragraph_open", "paragraph_close"}
        return [(each.type, each.tag) for each in inside if each.type not in text]

    name = hostile.replace("\n", " ")
    assert structure(said(hostile), name) == structure(said(word), word)


def test_the_front_matter_is_one_value_a_line_and_holds_no_name_for_the_programme() -> None:
    pair = MAYA.with_changes(partner='"Maya": #1 --- {x}')

    mine, theirs = (document(each, pair=pair).split("\n---\n")[0] for each in ("me", "programme"))

    assert mine.splitlines() == [
        "---",
        'title: "Mentoring with \\u0022Maya\\u0022: \\u00231 --- \\u007bx\\u007d"',
        f'pair: "{MAYA.uid}"',
        "audience: me",
        "exported_on: 2026-11-22",
    ]
    assert 'title: "Mentoring"' in theirs


def test_every_link_leads_to_a_heading_that_is_there() -> None:
    for audience in AUDIENCES:
        text = document(audience)
        linked = {part.split(")")[0] for part in text.split("](#")[1:]}
        anchors = {part.split('"')[0] for part in text.split('<a id="')[1:]}

        assert linked <= anchors
        assert len(anchors) == (0 if audience == "programme" else 3)


def test_a_strange_uid_makes_no_markup() -> None:
    strange = MAYA.with_changes(uid='"><script>x</script>')
    meeting = RECORDS[0].with_changes(uid='"><script>x</script>')

    text = document("partner", [meeting], strange)

    assert "<script" not in text
    assert '<a id="m-cc"></a>' in text


# --- what stands where ---------------------------------------------------------------------------


def test_meetings_are_told_oldest_first_whatever_order_they_come_in() -> None:
    assert document("me", RECORDS[::-1]) == document("me")


def test_an_action_stands_in_its_meeting_and_while_open_at_the_end_too() -> None:
    text = document("me")

    assert text.count("send the outline") == 2
    assert text.count("book 15 minutes") == 1
    assert text.index("## Open actions") < text.rindex("send the outline")


def test_what_a_meeting_outside_the_period_made_stands_by_itself() -> None:
    without = [each for each in RECORDS if each.kind != "meeting"]

    text = document("me", without)

    assert text.index("## Other actions") < text.index("book 15 minutes")
    assert text.index("## Insights between meetings") < text.index("The lead who argued")
    assert "](#" not in text


def test_the_period_is_said() -> None:
    period = (date(2026, 9, 1), date(2026, 9, 30))

    text = writer("markdown")(gather(MAYA, RECORDS, AROUND, "partner", TODAY, period))

    assert "- **Records from**: Tue 1 Sep 2026\n- **Records up to**: Wed 30 Sep 2026" in text


def test_others_read_mentor_and_mentee_where_i_read_me_and_partner() -> None:
    assert "me · due" in document("me")
    assert "\n  mentee · due" in document("partner")
    mentor = MAYA.with_changes(my_role="mentor")
    assert "\n  mentor · due" in document("partner", pair=mentor)
    assert "\n  mentee · due Mon 12 Oct" in document("partner", pair=mentor)


def test_a_pair_without_records_is_a_document_all_the_same() -> None:
    assert document("me", []).endswith("- **Language**: English")
    assert "- 0 meetings\n- **Average pulse**: told from three meetings on" in (
        document("programme", [])
    )


# --- the material --------------------------------------------------------------------------------


def test_references_leave_as_uids() -> None:
    action = next(each for each in material("partner").items if each.id == "a2")

    assert action.fields["assigned_in"] == RECORDS[1].uid
    assert action.fields["pair"] == MAYA.uid
    assert action.fields["goal"] is None


def test_what_is_held_back_and_taken_out_is_counted() -> None:
    mine, theirs, programmes = (material(audience) for audience in AUDIENCES)

    assert (mine.held_back, sum(mine.redacted.values())) == (0, 0)
    assert (theirs.held_back, theirs.redacted) == (4, {"mail": 1, "phone": 1, "name": 1})
    assert (programmes.held_back, sum(programmes.redacted.values())) == (9, 0)


def test_the_programme_learns_nobodys_name() -> None:
    pair = MAYA.with_changes(programme="Maya & 小田さん's circle")

    assert material("programme", pair=pair).pair.fields["programme"] == "[name] & [name]'s circle"
    assert material("partner", pair=pair).pair.fields["programme"] == "Maya & [name]'s circle"
    assert material("me", pair=pair).pair.fields["programme"] == pair.programme
