"""Search against looking at every record, and what it reads to stay as quick in a large journal."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mentorlog.domain.action import Action
from mentorlog.domain.assessment import SKILLS
from mentorlog.domain.fields import Shape
from mentorlog.domain.goal import Goal
from mentorlog.domain.insight import Insight
from mentorlog.domain.kinds import KIND_NAMES
from mentorlog.domain.measurement import Measurement
from mentorlog.domain.meeting import Meeting
from mentorlog.domain.pair import Pair
from mentorlog.domain.query import parse_query
from mentorlog.domain.question import Question
from mentorlog.domain.record import Record, new_uid, shapes
from mentorlog.domain.reflection import Reflection
from mentorlog.domain.relevance import relevance
from mentorlog.domain.strength import Strength
from mentorlog.errors import NotPossible, RecordNotFound
from mentorlog.storage import search_index
from mentorlog.storage.journal import Journal
from mentorlog.storage.mentions import mentioning
from mentorlog.storage.search import BEST, Hit, search
from mentorlog.storage.timeline import Slice, timeline
from mentorlog.text import search_text

DAY = date(2026, 11, 22)
START = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
ALL = 1_000_000


def add(journal: Journal, *records: Record) -> list[Record]:
    with journal.transaction("test") as writing:
        return [writing.add(record) for record in records]


def hits(journal: Journal, typed: str, limit: int | None = None, **narrowed: object) -> list[Hit]:
    wanted = Slice(limit=limit, **narrowed)  # type: ignore[arg-type]
    return search(journal, parse_query(typed), wanted)[0]


def ids(journal: Journal, typed: str, limit: int | None = None, **narrowed: object) -> list[str]:
    return [hit.entry.record.id for hit in hits(journal, typed, limit, **narrowed)]


# Every field of every kind -----------------------------------------------------------------------


class Words:
    """Makes words that stand nowhere else, and remembers for which field of a kind each was made."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.fields: dict[str, str] = {}

    def word(self, field: str) -> str:
        made = f"{self.kind}{len(self.fields)}Word"
        self.fields[made.lower()] = field
        return made

    def value(self, name: str, shape: Shape) -> object:
        """Return a value for a field with words wherever text can stand; None where it needs none."""
        if name == "cadence":
            return "2w"
        if shape.holds in {"line", "text"}:
            return self.word(name)
        if shape.holds == "lines":
            return self.word(name), self.word(name)
        if shape.each is not None:
            return {key: self.value(name, shape.each) for key in shape.keys or ("one", "two")}
        if shape.refers_to in {"pair", "goal"}:
            return f"{shape.refers_to[0]}1"
        needed = {"day": DAY, "number": shape.low, "choice": "".join(shape.choices[-1:])}
        return 1.0 if name == "value" else needed.get(shape.holds) if shape.required else None

    def revisions(self) -> tuple[dict[str, object], ...]:
        """Return what a goal has said before, and why it said something else then."""
        because, statement, level = (self.word("revisions") for _ in range(3))
        before = {"statement": statement, "levels": {"0": level}, "owner": "partner", "target": 2.0}
        entry = {"revised_on": "2026-11-01", "did": "revised", "because": because}
        return ({**entry, "before": before},)


def with_words(kind: str) -> tuple[Record, dict[str, str]]:
    """Return a record with a word of its own in every text of it, and where each of them stands."""
    words = Words(kind)
    fields = {name: shape for name, shape in shapes(KIND_NAMES[kind]).items() if name != "pauses"}
    values = {
        name: words.revisions() if name == "revisions" else words.value(name, shape)
        for name, shape in fields.items()
        if shape.holds != "flag"
    }
    return KIND_NAMES[kind](**values), words.fields


@pytest.fixture
def begun(journal: Journal) -> Journal:
    """A journal with the pair p1 and the goal g1."""
    add(
        journal,
        Pair(partner="Aya", my_role="mentor", started_on=DAY),
        Goal(pair="p1", statement="g"),
    )
    return journal


@pytest.mark.parametrize("kind", KIND_NAMES)
def test_every_text_of_a_record_of_any_kind_is_found_and_shown(begun: Journal, kind: str) -> None:
    record, words = with_words(kind)
    (kept,) = add(begun, record)

    found = {word: hits(begun, word) for word in words}

    assert bool(words) == (kind != "assessment")
    assert {word: [hit.entry.record for hit in each] for word, each in found.items()} == {
        word: [kept] for word in words
    }
    assert {word: each[0].passage.field for word, each in found.items()} == words


@pytest.mark.parametrize("word", ["partner", "revised", "2026-11-01", "active", "private", *SKILLS])
def test_codes_days_and_keys_are_no_text_that_somebody_wrote(begun: Journal, word: str) -> None:
    add(begun, *(with_words(kind)[0] for kind in ("goal", "assessment", "insight", "review")))

    assert ids(begun, word) == []


# Against looking at every record -----------------------------------------------------------------

WORDS = ["plan", "Planning", "plán", "week", "C++", "C", "計画", "目標", "ガイド", "🎉", "a", "R&D"]
some_text = st.lists(st.sampled_from([*WORDS, "-", ",", "\n"]), min_size=1, max_size=5).map(
    " ".join
)
some_query = st.lists(
    st.sampled_from(
        ["plan", "PLANN", "week", '"a plan"', '"week"', "c++", "c", "計", "画 目", "ｶﾞｲﾄﾞ", "🎉", "r&d", "r",
         "-plan", "-week", '-"a week"', "-計", "-c++", "-R&D", "w", "*", "a"]
    ),
    min_size=1, max_size=3,
).map(" ".join)  # fmt: skip
places = st.integers(0, 2)


@st.composite
def journals(draw: st.DrawFn) -> list[Record]:
    """Return records of a journal with three pairs, in the order they are kept."""
    made: list[Record] = [
        Pair(
            partner=f"{name} {draw(some_text)}".replace("\n", " "), my_role="mentor", started_on=DAY
        )
        for name in "xyz"
    ]
    made += [Goal(pair=f"p{n}", statement=draw(some_text) + " x") for n in (1, 2)]
    for _ in range(draw(st.integers(1, 12))):
        pair, text = f"p{draw(places) + 1}", draw(some_text) + " x"
        on = DAY - timedelta(days=draw(st.integers(0, 3)))
        meetings = [each for each in made if isinstance(each, Meeting)]
        in_one = draw(st.booleans()) and bool(meetings)
        of = draw(st.integers(0, len(meetings) - 1)) if in_one else None
        in_meeting: dict[str, Any] = (
            {} if of is None else {"assigned_in": f"m{of + 1}", "pair": meetings[of].pair}
        )
        made.append(
            draw(
                st.sampled_from(
                    [
                        Meeting(
                            pair=pair, held_on=on, notes=text, topics=(text.replace("\n", " "),)
                        ),
                        Question(pair=pair, text=text, answer=draw(some_text) + " x", asked_on=on),
                        Action(**{"pair": pair, "text": text, "owner": "me", **in_meeting}),
                        Measurement(
                            goal=f"g{draw(places) % 2 + 1}", taken_on=on, value=1.0, note=text
                        ),
                        Reflection(
                            pair=pair,
                            written_on=on,
                            phase="immersion",
                            form="free",
                            answers={"k": text},
                        ),
                        Strength(area="x", evidence=text),
                    ]
                )
            )
        )
    return made


@st.composite
def slices(draw: st.DrawFn) -> Slice:
    days = st.none() | st.integers(0, 3).map(lambda back: DAY - timedelta(days=back))
    return Slice(
        pair=draw(st.none() | st.sampled_from(["p1", "p2"])),
        kinds=tuple(draw(st.sets(st.sampled_from(["meeting", "action", "strength", "pair"])))),
        since=draw(days),
        until=draw(days),
        limit=draw(st.sampled_from([1, 3, ALL])),
    )


@given(records=journals(), typed=some_query, wanted=slices())
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
def test_search_finds_what_looking_at_every_record_of_the_timeline_finds(
    quick_folder: Path, records: list[Record], typed: str, wanted: Slice
) -> None:
    query = parse_query(typed)
    with TemporaryDirectory(dir=quick_folder) as folder:
        journal = Journal(Path(folder) / "journal.db", lambda: START)
        add(journal, *records)
        before = timeline(journal, wanted._replace(limit=None))
        fit = {
            entry.record.id: relevance(
                query, [search_text(text) for text in texts_of(entry.record)]
            )
            for entry in before
        }
        expected = {ref for ref, each in fit.items() if each is not None and query.terms}

        found, has_more = search(journal, query, wanted)
        journal.close()

    by_id = {entry.record.id: entry for entry in before}
    assert [by_id[hit.entry.record.id] for hit in found] == [hit.entry for hit in found]
    assert {hit.entry.record.id for hit in found} <= expected
    assert len(found) == min(len(expected), wanted.limit or 0)
    assert has_more == (len(expected) > (wanted.limit or 0))
    order = [(fit[hit.entry.record.id], hit.entry.day) for hit in found]
    assert order == sorted(order, reverse=True), "best first, the newest of those that are alike"


def texts_of(record: Record) -> Iterator[str]:
    """Yield the texts of a record of the kinds above, in the order of its fields."""
    for value in (getattr(record, name) for name in shapes(type(record))):
        if isinstance(value, dict):
            yield from value.values()
        elif isinstance(value, tuple):
            yield from value
    own = {"partner", "statement", "text", "answer", "notes", "note", "area", "evidence"}
    yield from filter(None, (getattr(record, name) for name in shapes(type(record)) if name in own))


@pytest.fixture
def kept(begun: Journal) -> Journal:
    """A meeting a week ago with an action, both called plan, and a strength and a reading called so."""
    add(begun, Meeting(pair="p1", held_on=DAY - timedelta(days=7), notes="plan", summary="C"))
    add(begun, Action(pair="p1", text="plan", owner="me", assigned_in="m1"))
    add(begun, Strength(area="plan"), Measurement(goal="g1", taken_on=DAY, value=1.0, note="plan"))
    return begun


def test_an_action_is_found_under_the_day_of_its_meeting_as_in_the_timeline(kept: Journal) -> None:
    week_ago = DAY - timedelta(days=7)

    assert [hit.entry.day for hit in hits(kept, "plan", kinds=("action",))] == [week_ago]
    assert sorted(ids(kept, "plan", until=week_ago)) == ["a1", "m1"]
    assert sorted(ids(kept, "plan", since=DAY)) == ["n1", "s1"]
    assert sorted(ids(kept, "plan", since=week_ago, until=week_ago)) == ["a1", "m1"]
    assert ids(kept, "plan", since=DAY, until=DAY, pair="p1") == ["n1"]


def test_a_strength_is_of_no_pair_and_a_reading_of_the_pair_of_its_goal(kept: Journal) -> None:
    assert sorted(ids(kept, "plan", pair="p1")) == ["a1", "m1", "n1"]
    assert {hit.entry.record.id: hit.entry.pair for hit in hits(kept, "plan")} == {
        "a1": "p1", "m1": "p1", "n1": "p1", "s1": None,
    }  # fmt: skip


@pytest.mark.parametrize("unwanted", ["-C++", '-"plan c"', "-R&D", '-"c plan"'])
def test_only_what_really_stands_in_a_record_leaves_it_out(kept: Journal, unwanted: str) -> None:
    assert ids(kept, f"plan {unwanted}", kinds=("meeting",)) == ["m1"]


def found_of(journal: Journal, typed: str, limit: int | None) -> tuple[int, bool]:
    """Return how many hits there are, and whether there are more."""
    found, has_more = search(journal, parse_query(typed), Slice(limit=limit))
    return len(found), has_more


def test_that_there_is_more_is_said_only_where_there_is(begun: Journal) -> None:
    add(begun, *(Question(pair="p1", text=f"a plan {n}", asked_on=DAY) for n in range(25)))
    add(begun, Question(pair="p1", text="planning", asked_on=DAY))
    add(begun, *(Question(pair="p1", text="two of these", asked_on=DAY) for _ in range(2)))

    assert found_of(begun, "plan", None) == (20, True)
    assert [found_of(begun, "two", limit) for limit in (1, 2, 3)] == [
        (1, True), (2, False), (2, False)
    ]  # fmt: skip
    assert [found_of(begun, "plan", limit) for limit in (24, 25, 26, 27)] == [
        (24, True), (25, True), (26, False), (26, False)
    ]  # fmt: skip


def test_of_records_that_fit_alike_on_one_day_the_one_written_last_comes_first(
    begun: Journal,
) -> None:
    question = Question(pair="p1", text="plan", asked_on=DAY)
    insight = Insight(pair="p1", text="plan", noticed_on=DAY)
    for _ in range(2):
        add(begun, question.with_changes(uid=new_uid()))
        add(begun, insight.with_changes(uid=new_uid()))

    assert ids(begun, "plan") == ["i2", "q2", "i1", "q1"]


def test_the_best_is_chosen_among_the_newest_that_could_be_shown_and_one_more(
    begun: Journal,
) -> None:
    long = "a plan " + "and more of it " * 20
    add(begun, *(Question(pair="p1", text="plan", asked_on=DAY) for _ in range(2)))
    add(begun, *(Question(pair="p1", text=long, asked_on=DAY) for _ in range(BEST)))

    assert ids(begun, "plan", 1) == ["q2"]
    assert ids(begun, "plan", 2) == ["q2", f"q{BEST + 2}"]


def test_of_a_common_word_as_much_is_read_however_many_records_have_it(begun: Journal) -> None:
    add(begun, *(Question(pair="p1", text="a plan", asked_on=DAY) for _ in range(50)))
    before = steps(begun, "plan", 3)
    add(begun, *(Question(pair="p1", text="a plan", asked_on=DAY) for _ in range(150)))

    after = steps(begun, "plan", 3)

    assert after < before * 1.5


@pytest.mark.parametrize("length", [1, 2, 58, 59, 60, 61, 70])
def test_a_long_word_is_found_by_how_it_begins(begun: Journal, length: int) -> None:
    add(begun, Question(pair="p1", text="計" * length + "plan", asked_on=DAY))

    assert ids(begun, "計" * length + "pla") == ["q1"]


# A large journal ---------------------------------------------------------------------------------


@pytest.fixture
def many(journal: Journal) -> Journal:
    """A journal with a word in a thousand meetings, a longer one in the oldest only."""
    pair = add(journal, Pair(partner="Aya", my_role="mentor", started_on=DAY))[0].id
    texts = ["planless", *["a plan and more of it"] * 998, "planned 計画"]
    add(journal, *(Meeting(pair=pair, held_on=DAY, notes=text) for text in texts))
    return journal


def steps(journal: Journal, typed: str, limit: int) -> int:
    """Return how many steps SQLite takes for a search: for each row it reads, more than ten."""
    taken = 0

    def count() -> None:
        nonlocal taken
        taken += 1

    journal.connection.set_progress_handler(count, 1)
    hits(journal, typed, limit)
    journal.connection.set_progress_handler(None, 0)
    return taken


@pytest.mark.parametrize("typed", ["plan", "pla", "more of", '"a plan"', "p -zebra", "計画", "計"])
def test_a_common_word_takes_fewer_steps_than_there_are_records_with_it(
    many: Journal, typed: str
) -> None:
    more = (Meeting(pair="p1", held_on=DAY, notes="a plan, more of it 計画") for _ in range(3000))
    add(many, *more)

    taken = steps(many, typed, 3)

    assert taken < 3000


def test_of_a_common_word_the_newest_records_are_the_ones_to_choose_from(many: Journal) -> None:
    assert ids(many, "more", 1) == ["m999"]
    assert ids(many, "計画", 5) == ["m1000"]
    assert ids(many, "planless", 5) == ["m1"]


def test_with_a_larger_limit_everything_is_found(many: Journal) -> None:
    assert len(ids(many, "plan", ALL)) == 1000
    assert sorted(ids(many, "plan", ALL))[:2] == ["m1", "m10"]


def test_what_begins_so_is_found_where_the_words_are_too_many_to_be_named(journal: Journal) -> None:
    pair = add(journal, Pair(partner="Aya", my_role="mentor", started_on=DAY))[0].id
    texts = [f"w{n:03}" for n in range(300)]
    add(journal, *(Question(pair=pair, text=text, asked_on=DAY) for text in texts))

    assert len(ids(journal, "w", ALL)) == 300
    assert len(ids(journal, "w", 5)) == 5
    assert ids(journal, "w299") == ["q300"]


def test_whole_words_come_before_beginnings_however_new_those_are(journal: Journal) -> None:
    pair = add(journal, Pair(partner="Aya", my_role="mentor", started_on=DAY))[0].id
    texts = ["a plan for all of us and more", *["planning planned plans"] * 3]
    add(journal, *(Question(pair=pair, text=text, asked_on=DAY) for text in texts))

    assert ids(journal, "plan") == ["q1", "q4", "q3", "q2"]


# No query is an error ----------------------------------------------------------------------------


@given(typed=st.text(st.characters()) | st.text(st.sampled_from("\"*-()+:^{}ab 計🎉\ud800\x00'&|")))
@settings(suppress_health_check=list(HealthCheck), deadline=None)
def test_any_text_can_be_searched_for(many_words: Journal, typed: str) -> None:
    search(many_words, parse_query(typed), Slice(limit=3))


@pytest.mark.parametrize(
    "typed",
    [
        "NEAR(a b, 3)", "words:a", "{words} : a", "a AND", "NOT a", "^a", "a*", '"a', "a OR OR", "a" * 10_000,
        "計" * 10_000, "計 " * 5_000, "a b " * 2_500, '"' + "a " * 5_000 + '"', "-a " * 3_000 + "b", "(" * 10_000,
        " ".join("abcdefghijklmnopqrstuvwxyz"), "🎉" * 5_000, "'; DROP TABLE search; --",
    ],
    ids=lambda typed: typed[:16],
)  # fmt: skip
def test_operators_and_very_long_queries_are_words_like_others(
    many_words: Journal, typed: str
) -> None:
    search(many_words, parse_query(typed), Slice(limit=3))


@pytest.fixture(scope="module")
def many_words(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Journal]:
    """A journal with some words beginning with every letter."""
    opened = Journal(tmp_path_factory.mktemp("words") / "journal.db")
    add(opened, Pair(partner="Aya", my_role="mentor", started_on=DAY))
    letters = "abcdefghijklmnopqrstuvwxyz"
    texts = [f"{one}{other} 計画 🎉 and near" for one in letters for other in letters]
    add(opened, *(Question(pair="p1", text=text, asked_on=DAY) for text in texts))
    yield opened
    opened.close()


# What is damaged ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sql", "typed"),
    [
        ("UPDATE meeting SET topics = '[plan]'", "plan"),
        ("UPDATE meeting SET held_on = 'soon'", "plan"),
    ],
)
def test_a_record_that_another_program_has_damaged_is_named(
    journal: Journal, sql: str, typed: str
) -> None:
    add(journal, Pair(partner="Aya", my_role="mentor", started_on=DAY))
    add(journal, Meeting(pair="p1", held_on=DAY, topics=("a plan",)))
    journal.close()
    with closing(sqlite3.connect(journal.path)) as raw:
        raw.execute(sql)
        raw.commit()

    with pytest.raises(NotPossible) as caught:
        hits(journal, typed)

    refusal = caught.value
    assert (refusal.reason, refusal.record, refusal.words) == (
        "record-damaged", "m1", {"name": "meeting"}
    )  # fmt: skip


@pytest.mark.parametrize("typed", ["plan", "reading plan"])
def test_what_another_program_left_without_the_goal_it_belongs_by_is_passed_over(
    begun: Journal, typed: str
) -> None:
    add(begun, Goal(pair="p1", statement="plan a reading"))
    add(begun, Measurement(goal="g1", taken_on=DAY, value=1.0, note="reading plan"))
    begun.close()
    with closing(sqlite3.connect(begun.path)) as raw:
        raw.execute("DELETE FROM goal WHERE number = 1")
        raw.commit()

    assert ids(begun, typed) == ["g2"]


@pytest.mark.parametrize("ref", ["m1", "nonsense"])
def test_only_what_is_a_pair_narrows_a_search(kept: Journal, ref: str) -> None:
    with pytest.raises(RecordNotFound) as caught:
        ids(kept, "plan", pair=ref)

    assert (caught.value.kind, caught.value.ref) == ("pair", ref)


def test_a_word_of_the_index_whose_record_is_gone_is_passed_over(journal: Journal) -> None:
    add(journal, Pair(partner="Aya", my_role="mentor", started_on=DAY))
    add(journal, *(Question(pair="p1", text="a plan", asked_on=DAY) for _ in range(2)))
    journal.close()
    with closing(sqlite3.connect(journal.path)) as raw:
        raw.execute("DELETE FROM question WHERE number = 2")
        raw.commit()

    assert ids(journal, "plan") == ["q1"]


def test_searching_changes_nothing_and_leaves_the_journal_fit_for_reading_only(
    journal: Journal,
) -> None:
    add(journal, Pair(partner="Aya", my_role="mentor", started_on=DAY))
    journal.close()
    before = journal.path.read_bytes()

    found = ids(journal, "ay")
    (reading,) = journal.connection.execute("PRAGMA query_only").fetchone()

    assert (found, reading) == (["p1"], 1)
    assert journal.path.read_bytes() == before
    assert search_index.agrees(journal.connection)


# Whoever writes meanwhile ------------------------------------------------------------------------


@pytest.mark.parametrize("doing", ["search", "mentioning"])
def test_what_is_found_is_read_as_of_one_moment(journal: Journal, aiko: Pair, doing: str) -> None:
    """Fails when a record can be deleted after the index has named it: there would be none to show."""
    add(journal, *(Question(pair=aiko.id, text=f"found {n}", asked_on=DAY) for n in range(3)))
    refused = list[str]()

    def delete(_statement: str) -> None:
        try:
            other.execute("DELETE FROM question")
        except sqlite3.OperationalError as failure:
            refused.append(str(failure))

    def delete_once_it_reads(statement: str) -> None:
        if "MATCH" in statement:
            journal.connection.set_trace_callback(delete)

    with closing(sqlite3.connect(journal.path, timeout=0, isolation_level=None)) as other:
        journal.connection.set_trace_callback(delete_once_it_reads)
        if doing == "search":
            found = ids(journal, "found")
        else:
            found = mentioning(journal, ["found"], lambda text: "found" in text)[0]
        journal.connection.set_trace_callback(None)

    assert sorted(found) == ["q1", "q2", "q3"]
    assert set(refused) == {"database is locked"}
