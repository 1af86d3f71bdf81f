"""Tables in CSV: the columns that were named, the days that are certain, and every other cell kept."""

from __future__ import annotations

from datetime import date

import pytest

from mentorlog.errors import BadFile, InvalidValue, UsageError
from mentorlog.importers.csv_table import FIELDS, columns_typed, read
from mentorlog.importers.days import FORMS, check_date_format
from mentorlog.importers.entry import Entry, Reading
from tests.importers.reading import refused, source

PLAIN = ("date=Day", "notes=Text")


def rows(text: str | bytes, *words: str, date_format: str | None = None) -> list[Entry]:
    return list(read(source(text), Reading("meeting", words or PLAIN, date_format)))


def refusal(text: str | bytes, *words: str, date_format: str | None = None) -> BadFile:
    return refused(read(source(text), Reading("meeting", words or PLAIN, date_format)))


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_what_stands_between_cells_is_found_out(delimiter: str) -> None:
    (entry,) = rows(
        f"Day{delimiter}Text{delimiter}Mood\n2026-11-22{delimiter}It was{delimiter}good\n"
    )

    assert (entry.on, entry.fields, entry.more) == (
        date(2026, 11, 22), {"notes": "It was"}, (("Mood", "good"),)
    )  # fmt: skip


def test_a_name_of_a_column_may_have_in_it_what_stands_between_others() -> None:
    (entry,) = rows("Day;Text, long;x\n2026-11-22;a;b\n", "date=Day", "notes=Text, long")

    assert entry.fields == {"notes": "a"}


def test_cells_may_hold_quotes_line_ends_and_everything_else() -> None:
    table = 'Day,Text\r\n2026-11-22,"He said ""no"", then\r\n\r\n=1+1 {} 目標"\r\n\r\n,\r\n2026-11-23,b\r\n'

    one, other = rows(table)

    assert one.fields["notes"] == 'He said "no", then\r\n\r\n=1+1 {} 目標'
    assert [(each.place.entry, each.place.line) for each in (one, other)] == [(1, 2), (2, 7)]


def test_the_names_of_columns_are_found_in_any_case_and_width() -> None:
    (entry,) = rows("\ufeffＤＡＹ, text \n2026-11-22,a\n")

    assert entry.fields == {"notes": "a"}


def test_every_field_of_a_meeting_can_have_its_column() -> None:
    words = [f"{field}={field}" for field in FIELDS["meeting"]]
    header = ",".join(FIELDS["meeting"])

    (entry,) = rows(
        f'{header}\n2026-11-22 09:30,14:05:00,50,Online,"a, b",Short,Long,3,2026-12-06\n', *words
    )

    assert (entry.on, entry.at) == (date(2026, 11, 22), "09:30")
    assert entry.fields == {
        "start_time": "14:05", "minutes": 50, "channel": "online", "topics": ("a", "b"),
        "summary": "Short", "notes": "Long", "pulse": 3, "next_on": date(2026, 12, 6),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("cell", "topics"),
    [("a", ("a",)), ("a b", ("a b",)), ("a; b、c", ("a", "b", "c")), ("#a b @c", ("a b", "c")), (" ", None)],
)  # fmt: skip
def test_topics_are_parted_as_they_are_written(cell: str, topics: tuple[str, ...] | None) -> None:
    (entry,) = rows(f'Day,Tags\n2026-11-22,"{cell}"\n', "date=Day", "topics=Tags")

    assert entry.fields.get("topics") == topics


@pytest.mark.parametrize(
    ("cell", "on"),
    [
        ("2026-11-22", date(2026, 11, 22)), ("2026/11/22", date(2026, 11, 22)),
        ("22 Nov 2026", date(2026, 11, 22)), ('"Nov 22, 2026"', date(2026, 11, 22)),
        ("22/11/2026", date(2026, 11, 22)), ("11/22/2026", date(2026, 11, 22)),
        ("2026年11月22日", date(2026, 11, 22)), ("令和8年11月22日", date(2026, 11, 22)),
        ("2026-11-22T23:59:59Z", date(2026, 11, 22)), ("2026-11-22 23:59:59+09:00", date(2026, 11, 22)),
    ],
)  # fmt: skip
def test_a_day_is_read_in_any_form_that_is_certain(cell: str, on: date) -> None:
    (entry,) = rows(f"Day,Text\n{cell},x\n")

    assert entry.on == on


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("03/04/2026", "day-ambiguous-there"), ("2026-13-01", "day-impossible-there"),
        ("2026-02-29", "day-impossible-there"), ("soon", "day-unknown-there"), ("", "day-unknown-there"),
        ("today", "day-without-year"), ("yesterday", "day-without-year"), ("-3d", "day-without-year"),
        ("+2w", "day-without-year"), ("fri", "day-without-year"), ("11/22", "day-without-year"),
        ("22 Nov", "day-without-year"), ("昨日", "day-without-year"), ("11月22日", "day-without-year"),
        ("x" * 100_000, "day-unknown-there"), ("20261122", "day-unknown-there"),
    ],
    ids=lambda value: str(value)[:20],
)  # fmt: skip
def test_a_day_that_is_not_certain_is_refused_with_its_place(cell: str, reason: str) -> None:
    found = refusal(f"Day,Text\n2026-11-22,x\n{cell},x\n")

    assert isinstance(found.refusal, InvalidValue)
    assert (found.refusal.reason, found.refusal.typed) == (reason, "")
    assert (found.place.entry, found.place.line) == (2, 3)


def test_with_a_way_of_writing_what_could_be_two_days_is_one() -> None:
    (one,) = rows("Day,Text\n03/04/2026,x\n", date_format="%d/%m/%Y")
    (other,) = rows("Day,Text\n04/03/26 7:05 PM,x\n", date_format="%m/%d/%y %I:%M %p")

    assert (one.on, one.at) == (date(2026, 4, 3), None)
    assert (other.on, other.at) == (date(2026, 4, 3), "19:05")
    assert refusal("Day,Text\n2026-11-22,x\n", date_format="%d/%m/%Y").refusal is not None


@pytest.mark.parametrize(
    "date_format", ["", "%d", "%d/%m", "%Y-%m", "x", "%Q", "%d/%m/%Y %", "%H:%M", "%d/%m/%Y\x00%Q"]
)
def test_a_way_of_writing_that_leaves_out_a_part_of_the_day_is_refused(date_format: str) -> None:
    with pytest.raises(UsageError) as refused_:
        check_date_format(date_format)

    assert refused_.value.reason == "no-date-format"


@pytest.mark.parametrize(
    "date_format",
    ["%d/%m/%Y", "%m/%d/%y", "%Y%m%d", "%d %b %Y %H:%M", "%j %Y", "%Y-%m-%dT%H:%M:%S"],
)
def test_any_other_is_taken(date_format: str) -> None:
    check_date_format(date_format)


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (["Day"], "no-column"), (["date="], "no-column"), (["=Day"], "no-such-column-field"),
        (["mood=Day"], "no-such-column-field"),
        (["date=Day", "date=Text"], "column-twice"), (["text=Day"], "no-such-column-field"),
    ],
    ids=str,
)  # fmt: skip
def test_a_mapping_that_means_nothing_is_refused(words: list[str], reason: str) -> None:
    with pytest.raises(UsageError) as refused_:
        columns_typed(tuple(words), "meeting")

    assert refused_.value.reason == reason


@pytest.mark.parametrize("header", ["Date;Text;Mood", "Date,Text,Mood", "Date\tText\tMood"])
def test_a_column_that_is_not_there_is_named_beside_those_that_are(header: str) -> None:
    with pytest.raises(UsageError) as refused_:
        rows(f"{header}\n2026-11-22;x\n")

    assert refused_.value.words == {"name": "Day", "known": "Date, Text, Mood"}


@pytest.mark.parametrize(
    ("text", "reason", "line"),
    [
        ("Day,Text\n2026-11-22,a,b\n", "too-many-cells", 2),
        ('Day,Text\n2026-11-22,"a\n', "not-csv", 2),
        ('Day,Text\n2026-11-22,"a" b\n', "not-csv", 2),
        ("Day,Text,Text\n2026-11-22,a,b\n", "columns-alike", 1),
        ("Day,Text\n2026-11-22," + "x" * 60_000_000, "too-long", 2),
        ('Day,Text\n2026-11-22,"' + '","\n' * 5_000_000, "too-long", 2),
    ],
    ids=["cells", "open", "behind a quote", "alike", "a long line", "a long row"],
)
def test_what_is_no_table_is_refused_with_its_line(text: str, reason: str, line: int) -> None:
    found = refusal(text)

    assert (found.reason, found.place.line) == (reason, line)


def test_a_row_may_have_fewer_cells_and_a_column_no_name() -> None:
    one, other = rows("Day,Text,\n2026-11-22\n2026-11-23,a,b\n")

    assert (one.fields, one.more) == ({}, ())
    assert (other.fields, other.more) == ({"notes": "a"}, (("3", "b"),))


@pytest.mark.parametrize(
    ("content", "byte"),
    [("Day,Text\n2026-11-22,é\n".encode("latin-1"), 21), ("Day,Text\n2026-11-22,目標\n".encode("cp932"), 21),
     (b"Day,Text\n" + b"2026-11-22,x\n" * 10_000 + b"2026-11-22,\xc3", 130_021)],
)  # fmt: skip
def test_another_encoding_is_refused_with_the_place_of_the_first_byte(
    content: bytes, byte: int
) -> None:
    found = refusal(content)

    assert (found.reason, found.words["byte"]) == ("not-utf8", str(byte))


def test_a_long_cell_is_read_whole() -> None:
    note = "ten megabytes, " * 700_000

    (entry,) = rows(f'Day,Text\n2026-11-22,"{note}"\n')

    assert entry.fields["notes"] == note


def test_rows_may_be_as_many_as_there_are() -> None:
    row = "2026-11-22," + "x" * 10_000 + "\n"

    assert len(rows("Day,Text\n" + row * 1_500)) == 1_500


def test_a_row_is_known_again_by_all_of_its_cells_however_they_are_mapped() -> None:
    table = "Day,Text,Mood\n2026-11-22,It was,good\n"

    (one,) = rows(table)
    (mapped_otherwise,) = rows(table, "date=Day", "summary=Mood")
    (turned,) = rows("Mood;;Day;Text\n good;;2026-11-22;It was\n")
    others = [
        rows(table.replace(old, new))[0].identity
        for old, new in [("good", "bad"), ("It was", "It is"), ("-22", "-23"), ("Mood", "Food")]
    ]

    assert one.identity == mapped_otherwise.identity == turned.identity
    assert one.identity not in others


# The first row ---------------------------------------------------------------------------------


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_name_of_a_column_may_go_on_over_several_lines(delimiter: str) -> None:
    table = f'Day{delimiter}"Text\n(as ""it""\r\nwas)"{delimiter}Mood\n2026-11-22{delimiter}a{delimiter}b\n'

    (entry,) = rows(table, "date=Day", 'notes=text (as "it" was)')

    assert (entry.fields, entry.place.line) == ({"notes": "a"}, 4)


def test_a_quote_that_only_another_reading_leaves_open_costs_no_row() -> None:
    one, other = rows('Day,Text;"x\n2026-11-22,a\n2026-11-23,"b"\n', "date=Day", 'notes=Text;"x')

    assert [one.fields["notes"], other.fields["notes"]] == ["a", "b"]
    assert [one.place.line, other.place.line] == [2, 3]


def test_without_a_mapping_columns_called_as_the_fields_are_taken() -> None:
    table = 'Notes;DATE;text;Mood\n"a, b";2026-11-22;c;d\n'

    (meeting,) = read(source(table))
    (reflection,) = read(source(table), Reading("reflection"))
    (mapped,) = rows(table, "date=date", "notes=mood")

    assert (meeting.fields, meeting.more) == ({"notes": "a, b"}, (("text", "c"), ("Mood", "d")))
    assert (reflection.text, reflection.fields) == ("c", {})
    assert (mapped.fields, len(mapped.more)) == ({"notes": "d"}, 2)


@pytest.mark.parametrize(("kind", "text"), [("meeting", "notes"), ("reflection", "text")])
@pytest.mark.parametrize("is_mapped", [True, False])
def test_where_no_column_holds_the_day_those_there_are_are_named(
    kind: str, text: str, is_mapped: bool
) -> None:
    words = (f"{text}=Text",) if is_mapped else ()

    with pytest.raises(UsageError) as refused_:
        list(read(source("Day;Text\n2026-11-22;x\n"), Reading(kind, words)))

    assert (refused_.value.reason, refused_.value.words) == (
        "no-day-column", {"text": text, "known": "Day, Text"}
    )  # fmt: skip


def test_of_many_columns_only_some_are_named() -> None:
    with pytest.raises(UsageError) as refused_:
        rows(",".join(f"c{number}" for number in range(30)) + "\n")

    assert refused_.value.words["known"].endswith(", c19")


@pytest.mark.parametrize(
    "header",
    ["x" * 13_000_000, '"' + "x\n" * 6_500_000, "," * 13_000_000],
    ids=["line", "name", "cells"],
)
def test_a_first_row_without_an_end_is_refused(header: str) -> None:
    with pytest.raises((BadFile, UsageError)):
        rows(header)


def test_a_way_of_writing_that_is_refused_is_named_and_so_is_one_that_does_not_fit() -> None:
    with pytest.raises(UsageError) as refused_:
        check_date_format("%d/%m")
    found = refusal("Day,Text\n2026-11-22,x\n", date_format="%d/%m/%Y").refusal

    assert refused_.value.words == {"typed": "%d/%m"}
    assert isinstance(found, InvalidValue)
    assert (found.field, found.typed, found.reason, found.allowed) == (
        "", "", "day-otherwise", ("%d/%m/%Y",)
    )  # fmt: skip


@pytest.mark.parametrize(
    ("cell", "date_format", "at"),
    [
        ("Sun Nov 22 14:30:00 2026", "%c", "14:30"), ("22.11.2026 14:30:00", "%d.%m.%Y %X", "14:30"),
        ("22.11.2026 02 PM", "%d.%m.%Y %I %p", "14:00"), ("22.11.2026 14h", "%d.%m.%Y %Hh", "14:00"),
        ("22.11.2026", "%d.%m.%Y", None), ("326 2026", "%j %Y", None),
    ],
)  # fmt: skip
def test_a_time_of_day_is_read_where_the_way_of_writing_has_one(
    cell: str, date_format: str, at: str | None
) -> None:
    (entry,) = rows(f"Day,Text\n{cell},x\n", date_format=date_format)

    assert (entry.on, entry.at) == (date(2026, 11, 22), at)


@pytest.mark.parametrize(
    ("cell", "reason", "forms"),
    [
        ("2026-02-29", "day-impossible-there", ()), ("30 Feb 2026", "day-impossible-there", FORMS),
        ("03/04/2026", "day-ambiguous-there", FORMS), ("soon", "day-unknown-there", FORMS),
        ("fri", "day-without-year", FORMS),
    ],
)  # fmt: skip
def test_a_day_that_is_refused_says_how_it_could_be_written_and_repeats_nothing(
    cell: str, reason: str, forms: tuple[str, ...]
) -> None:
    found = refusal(f"Day,Text\n{cell},x\n").refusal

    assert isinstance(found, InvalidValue)
    assert (found.field, found.typed, found.reason, found.allowed) == ("", "", reason, forms)


def test_the_day_of_the_next_meeting_is_written_as_all_days_are() -> None:
    (entry,) = rows(
        "Day,Next\n03/04/2026,05/06/2026\n", "date=Day", "next_on=Next", date_format="%d/%m/%Y"
    )

    assert entry.fields == {"next_on": date(2026, 6, 5)}


def test_what_is_no_number_is_left_to_the_record_to_refuse() -> None:
    one, other = rows("Day,Long\n2026-11-22,fifty\n2026-11-23, 50 \n", "date=Day", "minutes=Long")

    assert (one.fields["minutes"], other.fields["minutes"]) == ("fifty", 50)


@pytest.mark.parametrize(
    ("cell", "topics"),
    [(" #a b @c", ("a b", "c")), ("@a b #c", ("a b", "c")), ("#Xmas #X", ("Xmas", "X")), ("X, @Y", ("X", "Y"))],
)  # fmt: skip
def test_marks_of_topics_part_them_wherever_the_first_one_stands(
    cell: str, topics: tuple[str, ...]
) -> None:
    (entry,) = rows(f'Day,Tags\n2026-11-22,"{cell}"\n', "date=Day", "topics=Tags")

    assert tuple(filter(None, entry.fields["topics"])) == topics


def test_a_reflection_whose_words_have_no_column_has_none() -> None:
    (entry,) = read(source("Day,Mood\n2026-11-22,good\n"), Reading("reflection", ("date=Day",)))

    assert (entry.text, entry.more) == ("", (("Mood", "good"),))


@pytest.mark.parametrize(
    ("words", "reason", "said"),
    [
        (["Day"], "no-column", {"typed": "Day"}), (["date="], "no-column", {"typed": "date="}),
        (["mood=Day"], "no-such-column-field", {"name": "mood", "known": "date, text"}),
        (["date=Day", "date=Text"], "column-twice", {"name": "date"}),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_mapping_is_said_with_the_words_that_were_typed(
    words: list[str], reason: str, said: dict[str, str]
) -> None:
    with pytest.raises(UsageError) as refused_:
        columns_typed(tuple(words), "reflection")

    assert (refused_.value.reason, refused_.value.words) == (reason, said)


def test_the_name_of_a_column_may_have_an_equals_sign_in_it() -> None:
    assert columns_typed(("date=a=b", "notes= c "), "meeting") == {"date": "a=b", "notes": " c "}


def test_a_column_that_is_not_there_is_refused_as_that() -> None:
    with pytest.raises(UsageError) as refused_:
        rows("Date,Text\n2026-11-22,x\n")

    assert refused_.value.reason == "no-such-column"


@pytest.mark.parametrize(
    "row", ["x" * 13_000_000, '"' + ("x" * 99_999 + "\n") * 130], ids=["line", "row"]
)
def test_a_row_without_an_end_is_refused_with_the_line_it_begins_on(row: str) -> None:
    found = refusal(f'Day,Text\n2026-11-22,"a\nb"\n2026-11-23,{row}')

    assert (found.reason, found.place.line) == ("too-long", 4)


def test_a_first_row_without_an_end_is_refused_with_its_line() -> None:
    found = refusal('"' + "x" * 13_000_000)

    assert (found.reason, found.place.line) == ("too-long", 1)


def test_rows_of_which_none_is_long_may_be_long_together() -> None:
    text = "x" * 4_000_000

    assert len(rows("Day,Text\n" + f"2026-11-22,{text}\n" * 4)) == 4


def test_a_table_without_a_line_that_is_a_row_has_no_columns() -> None:
    with pytest.raises(UsageError) as refused_:
        rows('"Day', "date=Day")

    assert refused_.value.words == {"name": "Day", "known": ""}


def test_columns_that_were_named_decide_how_the_first_row_is_read() -> None:
    (entry,) = rows("Day;a,b,c\n2026-11-22;x\n", "date=Day", "notes=a,b,c")

    assert entry.fields == {"notes": "x"}


def test_however_far_another_reading_of_the_first_row_went_no_row_is_lost() -> None:
    filling = "x" * 1_000
    table = 'Day,Text;"x\n' + "".join(
        f"2026-11-{day:02},{filling}\n" for _time in range(20) for day in range(1, 23)
    )

    entries = rows(table, "date=Day", 'notes=Text;"x')

    assert (len(entries), entries[-1].place.line) == (440, 441)
    assert {each.fields["notes"] for each in entries} == {filling}
