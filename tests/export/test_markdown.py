"""An export as Markdown: golden files for each audience and language, and what they cannot show."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest
from markdown_it import MarkdownIt

from mentorlog import i18n
from mentorlog.domain.action import Action
from mentorlog.domain.agreement import Agreement
from mentorlog.domain.audience import AUDIENCES
from mentorlog.domain.feedback import Feedback
from mentorlog.domain.goal import LEVELS, Goal
from mentorlog.domain.kinds import KIND_NAMES
from mentorlog.domain.measurement import Measurement
from mentorlog.domain.pair import Pair
from mentorlog.domain.record import Record, shapes
from mentorlog.domain.reflection import Reflection
from mentorlog.domain.review import Review
from mentorlog.errors import NotPossible
from mentorlog.export.formats import FORMATS
from mentorlog.export.markdown import write
from mentorlog.export.material import Material, gather, with_what_they_need
from mentorlog.export.summary import summarise
from tests.export.golden_journal import (
    AROUND,
    GOLDEN,
    MAYA,
    RECORDS,
    TODAY,
    assert_golden,
    kept,
    material,
)

PARSER = MarkdownIt("commonmark").enable("table")


@pytest.fixture(autouse=True)
def english_after() -> Iterator[None]:
    yield
    i18n.choose("en")


def one_text(given: Material) -> str:
    return "".join(write(given)).removesuffix("\n")


def document(audience: str, records: list[Record] = RECORDS, pair: Pair = MAYA) -> str:
    return one_text(material(audience, records=records, pair=pair))


def summed_up(
    audience: str, records: list[Record] = RECORDS, pair: Pair = MAYA, ref: str = "v2"
) -> Material:
    review = next(each for each in records if each.id == ref)
    assert isinstance(review, Review)
    return summarise(pair, review, records, AROUND, audience, TODAY)


def summary(
    audience: str, records: list[Record] = RECORDS, pair: Pair = MAYA, ref: str = "v2"
) -> str:
    return one_text(summed_up(audience, records, pair, ref))


DOCUMENTS = {"": document, "-review": summary}  # what the names of their golden files end in


# --- golden files --------------------------------------------------------------------------------


@pytest.mark.parametrize("language", i18n.LANGUAGES)
@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_document_is_the_golden_one(name: str, audience: str, language: str) -> None:
    i18n.choose(language)

    assert_golden(f"{language}-{audience}{name}.md", DOCUMENTS[name](audience) + "\n")


def test_every_format_has_golden_files_and_none_is_left_over() -> None:
    assert list(FORMATS) == ["markdown", "json", "csv"]
    wanted = {
        f"{language}-{audience}{name}.md"
        for language in i18n.LANGUAGES
        for audience in AUDIENCES
        for name in (*DOCUMENTS, "-folder")
    }
    wanted |= {f"{audience}.{form}" for audience in AUDIENCES for form in ("json", "csv")}
    assert {path.name for path in GOLDEN.iterdir()} == wanted | {"partner-review.json"}


# --- structure -----------------------------------------------------------------------------------


@pytest.mark.parametrize("language", i18n.LANGUAGES)
@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_text_makes_no_structure_of_its_own(name: str, audience: str, language: str) -> None:
    i18n.choose(language)
    hostile = "# h\n---\n```\n<script>\n[x](y) | `c` *e*\n\n    code\n\n1. one\n===\n&copy; \\"
    word = "word " * 20 + "\nsecond line"  # as long as the other where length makes a difference

    def said(what: str) -> list[Record]:
        return [
            each.with_changes(**{name: saying(each, name, what) for name in texts_of(each)})
            for each in RECORDS
        ]

    def structure(records: list[Record], called: str) -> list[tuple[str, str]]:
        pair = MAYA.with_changes(partner=called, alias=called, programme=called)
        body = DOCUMENTS[name](audience, records, pair).partition("\n---\n\n")[2]
        inside = [each for token in PARSER.parse(body) for each in (token, *(token.children or []))]
        text = {"text", "text_special", "hardbreak", "inline", "paragraph_open", "paragraph_close"}
        return [(each.type, each.tag) for each in inside if each.type not in text]

    called = hostile.replace("\n", " ")
    assert structure(said(hostile), called) == structure(said(word), word.replace("\n", " "))


def texts_of(record: Record) -> list[str]:
    """Return the fields of a record that hold words of somebody's."""
    words = {"line", "text", "lines", "map", "entries"}
    return [
        name
        for name, shape in shapes(type(record)).items()
        if shape.holds in words and name != "ratings" and getattr(record, name)
    ]


def saying(record: Record, name: str, what: str) -> Any:
    """Return a field of a record with its texts replaced, however deep they are in it."""
    value, one_line = getattr(record, name), what.replace("\n", " ")
    match shapes(type(record))[name].holds:
        case "line":
            return one_line
        case "lines":
            return (one_line,)
        case "map":
            return dict.fromkeys(value, what)
        case "entries":
            return tuple(inside(each, what) for each in value)
        case _:
            return what


def inside(entry: dict[str, Any], what: str) -> dict[str, Any]:
    """Return what a record has written about itself with the words of somebody's replaced."""
    words = {"because", "statement", "why", "unit", *LEVELS}
    return {
        name: inside(value, what)
        if isinstance(value, dict)
        else (what if name in words and value else value)
        for name, value in entry.items()
    }


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
    counts = {
        "": {"me": 9, "partner": 7, "programme": 0},
        "-review": {"me": 3, "partner": 2, "programme": 0},
    }
    for name, audience in product(DOCUMENTS, AUDIENCES):
        text = DOCUMENTS[name](audience)
        linked = {part.split(")")[0] for part in text.split("](#")[1:]}
        anchors = {part.split('"')[0] for part in text.split('<a id="')[1:]}

        assert linked <= anchors
        assert len(anchors) == counts[name][audience]


def test_every_kind_that_belongs_to_a_pair_is_in_the_golden_document() -> None:
    assert {"pair", *(each.kind for each in RECORDS)} == set(KIND_NAMES) - {"strength"}


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
    assert "](#m-" not in text


def test_the_period_is_said() -> None:
    period = (date(2026, 9, 1), date(2026, 9, 30))

    text = one_text(gather(MAYA, RECORDS, AROUND, "partner", TODAY, period))

    assert "- **Records from**: Tue 1 Sep 2026\n- **Records up to**: Wed 30 Sep 2026" in text


def test_others_read_mentor_and_mentee_where_i_read_me_and_partner() -> None:
    assert "me · due" in document("me")
    assert "\n  mentee · due" in document("partner")
    mentor = MAYA.with_changes(my_role="mentor")
    assert "\n  mentor · due" in document("partner", pair=mentor)
    assert "\n  mentee · due Mon 12 Oct" in document("partner", pair=mentor)


def test_to_others_a_term_is_of_the_mentor_or_of_the_mentee_never_mine() -> None:
    mentor = MAYA.with_changes(my_role="mentor")

    mine, theirs = document("me", pair=mentor), document("partner", pair=mentor)

    assert "**My background**: Operations" in mine
    assert "**Background of the mentor**: Operations" in theirs
    assert "**Background of the mentee**: Two teams" in theirs
    assert "**What the mentee expects**: Come prepared" in theirs
    assert "from the mentor · Mon 21 Sep 2026" in theirs
    assert "before**" not in theirs, "what a goal said before stays mine"
    assert not any(word in theirs for word in ("My ", "Their ", "I expect", "they expect"))


def test_how_far_a_goal_has_come_is_computed_from_what_goes_out_with_it() -> None:
    assert "112 % of the way · rising · level +1 · 3 measurements" in document("me")
    assert "75 % of the way · rising · level -1 · 2 measurements" in document("partner")


def test_of_an_agreement_before_the_words_that_differ_are_told() -> None:
    again = Agreement(**kept("t3"), pair="p1", agreed_on=TODAY, my_background="Operations.")
    once_more = again.with_changes(**kept("t4"))

    text = document("me", [once_more, again, RECORDS[12]])

    assert text.count("Operations") == 1
    assert text.index("Agreed Sun 22 Nov") < text.index("The same, word for word.")
    assert text.index("Agreed before, Sun 22 Nov") < text.index("Agreed before, Mon 7 Sep")


def test_a_goal_is_named_only_where_it_is_in_the_document() -> None:
    without = [each for each in RECORDS if each.kind not in {"goal", "measurement"}]

    assert "for the goal [Win over" in document("partner")
    assert "for the goal [Find time" in document("me")
    assert "Find time" not in document("partner")
    assert "for the goal" not in document("me", without)


def test_a_day_that_a_goal_has_not_written_as_a_day_is_a_text_like_any_other() -> None:
    odd = {"revised_on": "*soon*", "did": "<b>", "because": None, "before": {"due_on": "[x](y)"}}
    goal = Goal(**kept("g9", shared=True), pair="p1", statement="Read", revisions=(odd,))

    text = document("me", [goal])

    assert text.endswith("- \\*soon\\* · \\<b>\n\n  **Due on before**: \\[x\\](y)")


def test_of_a_goal_what_is_not_known_is_not_written() -> None:
    goal = Goal(**kept("g9"), pair="p1", statement="Read")

    text = document("me", [goal])

    assert text.endswith('## Goals\n\n### Read <a id="g-60000009"></a>\n\nme · active')


def test_a_pair_without_records_is_a_document_all_the_same() -> None:
    assert document("me", []).endswith("- **Language**: English")
    assert "- 0 meetings\n- **Average pulse**: only told in groups of three" in (
        document("programme", [])
    )


# --- the summary of a review ---------------------------------------------------------------------


def without(*refs: str) -> list[Record]:
    return [each for each in RECORDS if each.id not in refs]


def changed(ref: str, **changes: Any) -> list[Record]:
    return [each.with_changes(**changes) if each.id == ref else each for each in RECORDS]


@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize("make", [material, summed_up])
def test_an_export_of_another_day_differs_in_that_day_only(
    make: Callable[[str], Material], audience: str
) -> None:
    made = make(audience)
    later = replace(made, exported_on=TODAY + timedelta(days=40))

    pages = [one_text(each).splitlines() for each in (made, later)]

    changed = [pair for pair in zip(*pages, strict=True) if len(set(pair)) > 1]
    assert changed[0] == ("exported_on: 2026-11-22", "exported_on: 2027-01-01")
    assert changed[1:] in (
        [],
        [("## Next steps, as of Sun 22 Nov 2026", "## Next steps, as of Fri 1 Jan 2027")],
    )


@pytest.mark.parametrize("audience", AUDIENCES)
def test_what_no_summary_tells_of_changes_nothing_in_it(audience: str) -> None:
    beside = without("r1", "r2", "t1", "t2", "v3")

    assert summary(audience, beside) == summary(audience)


def test_without_a_review_before_there_is_one_column_of_figures() -> None:
    alone = summary("me", without("v1"))

    assert "|  | Thu 1 Oct 2026 – Sun 8 Nov 2026 |\n| --- | --- |\n| Meetings | 1 |" in alone
    assert summed_up("me", ref="v1").summary.before is None  # type: ignore[union-attr]


def test_the_days_of_a_review_that_is_not_shared_are_not_told_to_the_partner() -> None:
    records = changed("v1", visibility="private")

    mine, theirs = (summed_up(each, records).summary for each in ("me", "partner"))

    assert mine is not None
    assert mine.before is not None
    assert theirs is not None
    assert theirs.before is None


def test_of_two_reviews_of_one_day_the_one_written_first_is_before_the_other() -> None:
    records = changed("v3", to_on=date(2026, 11, 8), from_on=date(2026, 11, 8))

    second = summed_up("me", records, ref="v3").summary

    assert second is not None
    assert second.before is not None
    assert second.before.from_on == date(2026, 10, 1)
    assert summed_up("me", records).summary == summed_up("me").summary


def test_a_review_that_is_not_shared_makes_no_summary_for_the_partner() -> None:
    with pytest.raises(NotPossible) as caught:
        summed_up("partner", ref="v3")

    assert (caught.value.reason, caught.value.record) == ("review-not-shared", "v3")
    assert "Thoughts" in summary("me", ref="v3")
    assert "Fri 20 Nov 2026" in summary("programme", ref="v3")


def test_to_the_partner_only_what_is_shared_is_counted_and_listed() -> None:
    private = [
        each.with_changes(visibility="private") if each.id[0] in "aqigf" else each
        for each in RECORDS
    ]

    theirs = summed_up("partner", private)

    assert theirs.summary is not None
    assert {item.kind for item in theirs.items} == {"review"}
    assert theirs.summary.changes == ()
    assert (theirs.summary.now.meetings, theirs.summary.now.insights) == (1, 0)
    assert theirs.held_back == len(summed_up("me").items) - 1
    assert one_text(theirs).count("\n## ") == 3


def test_of_what_is_open_the_summary_says_who_does_what_by_when() -> None:
    mine, theirs = summary("me"), summary("partner")

    assert "- ☐ send the outline\\\n  partner · due Mon 12 Oct 2026" in mine
    assert mine.endswith("- ? What if it is no?\\\n  asked Tue 6 Oct 2026")
    assert "- ☐ send the outline\\\n  mentor · due Mon 12 Oct 2026" in theirs
    assert "### Open questions" not in theirs


def test_on_the_day_of_the_review_what_is_next_needs_no_day() -> None:
    of_that_day = replace(summed_up("me"), exported_on=date(2026, 11, 8))

    assert "\n## Next steps\n" in one_text(of_that_day)
    assert "\n## Next steps, as of Sun 22 Nov 2026\n" in summary("me")


def test_how_often_somebody_was_late_is_for_me_alone() -> None:
    records = changed("a3", state="done", done_on=date(2026, 10, 20))

    mine, partners, programmes = (summary(each, records) for each in AUDIENCES)

    assert "1 late" in mine
    assert "late" not in partners + programmes


def test_that_a_review_is_shared_is_no_part_of_its_decision() -> None:
    text = summary("me")

    assert "- **Visibility**: shared\n" in text
    assert "## Decision\n\nExtend the term · next review Sun 21 Feb 2027\n" in text
    assert "Visibility" not in summary("partner")


def test_a_goal_that_did_not_move_is_not_said_to_have_come_from_where_it_is() -> None:
    early = [
        each.with_changes(taken_on=date(2026, 9, 28)) if isinstance(each, Measurement) else each
        for each in RECORDS
    ]

    text = summary("me", early)

    assert "**Progress**: 5.5 leads, target 5 · 112 % of the way · rising · level +1" in text


def test_a_goal_rated_again_shows_both_levels_and_what_was_written_for_the_last() -> None:
    early = changed("n2", taken_on=date(2026, 9, 28))

    assert "level -1 → +1 · 3 measurements\n\n**+1 more than expected**: They ask" in (
        summary("me", early)
    )


# --- the material --------------------------------------------------------------------------------


def test_records_are_in_the_order_of_their_days_and_of_one_moment_a_goal_before_its_readings() -> (
    None
):
    at = kept("g9")["created_at"]  # 1 September, the day a goal or an action is dated by
    moment = {"created_at": at, "updated_at": at, "pair": "p1"}
    records = [
        Feedback(**moment, id="f1", direction="given", said_on=date(2026, 9, 2), text="text"),
        Measurement(id="n1", created_at=at, goal="g1", taken_on=date(2026, 9, 1), level=0),
        Action(**moment, id="a1", text="text", owner="me"),
        Goal(**moment, id="g1", statement="text"),
        Reflection(
            **moment, id="r1", written_on=date(2026, 8, 31), phase="expectation", form="free",
            answers={"hopes": "text"},
        ),
    ]  # fmt: skip

    orders = [
        [item.id for item in gather(MAYA, each, AROUND, "me", TODAY).items]
        for each in (records, records[::-1])
    ]

    assert orders == [["r1", "a1", "g1", "n1", "f1"]] * 2


def test_into_a_period_a_measurement_takes_its_goal_along() -> None:
    known = [each for each in RECORDS if each.kind in {"goal", "measurement", "meeting"}]
    within = [each for each in known if each.id in {"n2", "m3"}]

    chosen = with_what_they_need(within, known)

    assert [each.id for each in chosen] == ["m3", "g1", "n2"]


def test_references_leave_as_uids() -> None:
    action = next(each for each in material("partner").items if each.id == "a2")

    assert action.fields["assigned_in"] == RECORDS[1].uid
    assert action.fields["pair"] == MAYA.uid
    assert action.fields["goal"] is None


def test_what_is_held_back_and_taken_out_is_counted() -> None:
    mine, theirs, programmes = (material(audience) for audience in AUDIENCES)

    assert (mine.held_back, sum(mine.redacted.values())) == (0, 0)
    assert (theirs.held_back, theirs.redacted) == (14, {"mail": 1, "phone": 1, "name": 3})
    assert (programmes.held_back, sum(programmes.redacted.values())) == (len(RECORDS) - 8, 0)


def test_of_what_is_held_back_nothing_counts_as_taken_out() -> None:
    unseen = Measurement(
        **kept("n9", shared=True), goal="g2", taken_on=TODAY, value=1, note="小田さん, a@b.example"
    )

    theirs = material("partner", records=[*RECORDS, unseen])

    assert theirs.redacted == material("partner").redacted
    assert theirs.held_back == material("partner").held_back + 1


def test_the_programme_learns_nobodys_name() -> None:
    pair = MAYA.with_changes(programme="Maya & 小田さん's circle")

    assert material("programme", pair=pair).pair.fields["programme"] == "[name] & [name]'s circle"
    assert material("partner", pair=pair).pair.fields["programme"] == "Maya & [name]'s circle"
    assert material("me", pair=pair).pair.fields["programme"] == pair.programme
