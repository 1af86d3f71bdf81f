"""Exports of Day One, made by hand as that program writes them: plain files and zips."""

from __future__ import annotations

import json
import time
import zipfile
from collections.abc import Mapping
from datetime import date
from io import BytesIO
from typing import Any

import pytest

from mentorlog.errors import BadFile, InvalidValue
from mentorlog.importers.dayone import read
from mentorlog.importers.entry import Entry
from mentorlog.importers.formats import guessed
from mentorlog.importers.source import Source
from tests.importers.reading import refused, source

# As the program of that name writes them: spaces before colons, slashes and signs escaped.
EXPORT = r"""{
  "metadata" : {
    "version" : "1.0"
  },
  "entries" : [
    {
      "duration" : 0,
      "creationDevice" : "Aya’s iPhone",
      "starred" : true,
      "editingTime" : 12.309999942779541,
      "uuid" : "81F0F3CA693F484792F76359E9E2ACE8",
      "modifiedDate" : "2026-11-22T01:00:00Z",
      "creationDate" : "2026-11-21T15:30:00Z",
      "timeZone" : "Asia\/Tokyo",
      "isAllDay" : false,
      "isPinned" : false,
      "tags" : [
        "work",
        "long walks"
      ],
      "location" : {
        "localityName" : "Tokyo",
        "country" : "Japan",
        "longitude" : 139.69171142578125,
        "region" : { "radius" : 75 }
      },
      "weather" : { "conditionsDescription" : "Clear", "temperatureCelsius" : 0 },
      "text" : "# A walk\\.\n\n1\\. It was fine\\! \\- really \\*not\\* bold\\_ a\\\\b \\#x\n```\na\\.b\n```\nend\\.",
      "richText" : "{\"contents\":[{\"text\":\"A walk.\"}]}"
    },
    {
      "uuid" : "A2",
      "creationDate" : "2026-07-01T03:30:00Z",
      "timeZone" : "America\/New_York",
      "isAllDay" : true,
      "text" : "All day"
    },
    {
      "uuid" : "A3",
      "creationDate" : "2026-07-01T03:30:00Z",
      "timeZone" : "America\/New_York",
      "photos" : [ { "identifier" : "X", "type" : "jpeg" } ],
      "richText" : "{\"contents\":[{\"embeddedObjects\":[{\"type\":\"photo\"}]}]}"
    },
    {
      "uuid" : "A4",
      "creationDate" : "2026-07-01T03:30:00Z",
      "timeZone" : "Mars\/Olympus",
      "richText" : "{\"contents\":[{\"text\":\"Only \"},{\"text\":\"rich\"}]}"
    }
  ]
}"""


def entry(**changes: Any) -> Entry:
    """Return the one entry of an export in which some of it is different."""
    (found,) = read(source(made(**changes)))
    return found


def made(**changes: Any) -> str:
    given = {"uuid": "A", "creationDate": "2026-11-22T00:30:00Z", "text": "x"} | changes
    return json.dumps({"metadata": {"version": "1.0"}, "entries": [given]})


def zipped(members: Mapping[str, str | bytes]) -> bytes:
    """Return a zip with these files in it."""
    kept = BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return kept.getvalue()


def zip_source(content: bytes) -> Source:
    return Source(BytesIO(content), len(content), content[: 1 << 16], lambda _count: None)


def refused_zip(content: bytes) -> BadFile:
    return refused(read(zip_source(content)))


# A plain file ----------------------------------------------------------------------------------


def test_an_export_comes_in_complete_in_the_zone_of_each_entry() -> None:
    walk, all_day, photo, rich = read(source(EXPORT))

    assert (walk.on, walk.at) == (date(2026, 11, 22), "00:30")
    assert walk.text == (
        "A walk.\n\n1. It was fine! - really *not* bold_ a\\b #x\n```\na\\.b\n```\nend."
    )
    assert walk.tags == ("work", "long walks")
    assert (all_day.on, all_day.at, all_day.text) == (date(2026, 6, 30), None, "All day")
    assert (photo.on, photo.at, photo.text) == (date(2026, 6, 30), "23:30", "")
    assert (rich.on, rich.at, rich.text) == (date(2026, 7, 1), "03:30", "Only rich")
    assert [each.is_elsewhere for each in (walk, all_day, photo, rich)] == [
        False,
        False,
        False,
        True,
    ]
    assert guessed(source(EXPORT), None, is_table=False) == "dayone"


@pytest.mark.parametrize(
    ("text", "title", "said"),
    [
        ("# A walk\n\nIt was fine", "A walk", "A walk\n\nIt was fine"),
        ("###### A walk\nIt was fine", "A walk", "A walk\nIt was fine"),
        ("\n\n# A walk", "A walk", "A walk"),
        ("A walk\n\nIt was fine", "A walk", None),
        ("A walk\n \t\nIt was fine", "A walk", None),
        ("“A walk” 目\n\nIt was fine", "“A walk” 目", None),
        ("He was late again", "", None),
        ("He was late again.\nAnd said nothing", "", None),
        ("\\# 5 is my number. He was late", "", "# 5 is my number. He was late"),
        ("#tag and text", "", None),
        ("- a list\n\nmore", "", None),
        ("1. a list\n\nmore", "", None),
        ("![](dayone-moment://ABC)\n\nmore", "", None),
        ("> said\n\nmore", "", None),
    ],
)
def test_a_heading_or_a_line_set_apart_is_a_title_and_nothing_else_is(
    text: str, title: str, said: str | None
) -> None:
    found = entry(text=text)

    assert (found.title, found.text) == (title, text if said is None else said)


def test_an_entry_of_rich_text_alone_can_have_a_title_too() -> None:
    rich = json.dumps({"contents": [{"text": "A walk\n"}, {"text": "\nIt was fine"}]})

    assert entry(text=None, richText=rich).title == "A walk"


def test_an_entry_is_known_by_its_id_or_by_its_words() -> None:
    assert entry(text="a").identity == entry(text="b").identity
    assert entry(uuid=None, text="# a\n\nb").identity == entry(uuid=None, text="a b").identity
    assert entry(uuid=None, text="a").identity != entry(uuid=None, text="b").identity


def test_in_an_export_on_one_line_no_entry_has_a_line_and_in_any_other_each() -> None:
    assert entry().place.line == 0
    assert [each.place.line for each in read(source(EXPORT))] == [6, 31, 38, 45]


def test_what_no_record_has_a_field_for_is_kept_in_short() -> None:
    walk, _all_day, photo, rich = read(source(EXPORT))

    assert dict(walk.more) == {
        "starred": "true",
        "duration": "0",
        "creationDevice": "Aya’s iPhone",
        "editingTime": "12.309999942779541",
        "modifiedDate": "2026-11-22T01:00:00Z",
        "location": '{"localityName": "Tokyo", "country": "Japan", "longitude": 139.69171142578125,'
        ' "region": {"radius": 75}}',
        "weather": "conditionsDescription Clear, temperatureCelsius 0",
    }
    assert dict(photo.more) == {"photos": '[{"identifier": "X", "type": "jpeg"}]'}
    assert dict(rich.more) == {"timeZone": "Mars/Olympus"}


def test_an_entry_is_known_by_its_id_and_without_one_by_its_words() -> None:
    assert entry(text="x").identity == entry(text="changed since").identity
    assert entry(uuid=None, text="x").identity != entry(uuid=None, text="y").identity
    assert entry(uuid=None).identity == entry(uuid=None, starred=True).identity


@pytest.mark.parametrize(
    ("instant", "zone", "on", "at"),
    [
        ("2026-03-29T00:59:00Z", "Europe/Berlin", date(2026, 3, 29), "01:59"),
        ("2026-03-29T01:00:00Z", "Europe/Berlin", date(2026, 3, 29), "03:00"),
        ("2026-10-25T00:30:00Z", "Europe/Berlin", date(2026, 10, 25), "02:30"),
        ("2026-10-25T01:30:00Z", "Europe/Berlin", date(2026, 10, 25), "02:30"),
        ("2026-01-01T11:30:00Z", "Pacific/Kiritimati", date(2026, 1, 2), "01:30"),
        ("2026-01-01T00:00:00.123Z", "Asia/Kathmandu", date(2026, 1, 1), "05:45"),
        ("2026-01-01T00:00:00+02:00", "UTC", date(2025, 12, 31), "22:00"),
        ("2026-01-01T00:00:00", None, date(2026, 1, 1), "00:00"),
    ],
)
def test_an_instant_is_a_day_and_a_time_where_it_was_written(
    instant: str, zone: str | None, on: date, at: str
) -> None:
    found = entry(creationDate=instant, timeZone=zone)

    assert (found.on, found.at, found.is_elsewhere) == (on, at, False)


@pytest.mark.parametrize(
    "zone", ["Nowhere/City", "../../etc/passwd", "/etc/passwd", "America", "a\x00b", "GMT+25", "é", "x" * 5000]
)  # fmt: skip
def test_an_entry_in_a_zone_that_is_not_known_stays_in_utc_and_keeps_its_name(zone: str) -> None:
    found = entry(timeZone=zone)

    assert (found.on, found.at, found.is_elsewhere) == (date(2026, 11, 22), "00:30", True)
    assert found.more == (("timeZone", zone),)


@pytest.mark.parametrize(
    "changes",
    [
        {"creationDate": None}, {"creationDate": "soon"}, {"creationDate": 5},
        {"creationDate": "0001-01-01T00:00:00Z", "timeZone": "America/New_York"}, {"timeZone": 5},
        {"text": ["x"]}, {"tags": "x"}, {"tags": [None]}, {"starred": 1}, {"isAllDay": "no"}, {"uuid": 1},
    ],
    ids=str,
)  # fmt: skip
def test_an_entry_that_is_wrong_is_refused_by_its_key(changes: dict[str, Any]) -> None:
    refusal = refused(read(source(made(**changes))))

    assert isinstance(refusal.refusal, InvalidValue)
    assert refusal.refusal.field in changes
    assert refusal.place.entry == 1


@pytest.mark.parametrize("rich", ["{", "[]", '{"contents": 5}', '{"contents": [1]}', "[" * 100_000])
def test_rich_text_that_cannot_be_read_is_no_text(rich: str) -> None:
    assert entry(text=None, richText=rich).text == ""


@pytest.mark.parametrize("given", ["{}", '{"metadata": {}}', '{"metadata": {}, "entries": 5}'])
def test_an_export_without_a_list_of_entries_is_refused(given: str) -> None:
    assert refused(read(source(given))).reason == "no-list"


def test_what_is_no_entry_is_refused() -> None:
    refusal = refused(read(source('{"entries": [{"creationDate": "2026-11-22"}, 5]}')))

    assert (refusal.reason, refusal.place.entry) == ("no-entry", 2)


# A zip -----------------------------------------------------------------------------------------


def test_a_zip_gives_the_entries_of_every_journal_in_it() -> None:
    content = zipped(
        {"Work.json": made(text="w"), "Journal.json": EXPORT, "photos/x.jpeg": b"\xff" * 99,
         "photos/x.json": "{", "__MACOSX/Journal.json": "{"}
    )  # fmt: skip

    entries = list(read(zip_source(content)))

    assert [(each.place.within, each.place.entry) for each in entries] == [
        ("Journal.json", 1), ("Journal.json", 2), ("Journal.json", 3), ("Journal.json", 4),
        ("Work.json", 1),
    ]  # fmt: skip
    assert guessed(zip_source(content), None, is_table=False) == "dayone"


def test_a_zip_of_a_folder_is_read_too() -> None:
    (found,) = read(zip_source(zipped({"Export/Journal.JSON": made()})))

    assert found.text == "x"


def test_what_is_wrong_in_a_zip_is_named_with_its_file() -> None:
    refusal = refused_zip(zipped({"Journal.json": made(), "Work.json": made(tags=5)}))

    assert (refusal.place.within, refusal.place.entry) == ("Work.json", 1)


@pytest.mark.parametrize("cut", [4, 30, 100, -1, -10, -22, -60])
def test_a_zip_that_is_cut_off_is_refused(cut: int) -> None:
    assert refused_zip(zipped({"Journal.json": EXPORT})[:cut]).reason == "zip-broken"


def test_a_zip_with_a_byte_of_its_contents_changed_is_refused() -> None:
    content = bytearray(zipped({"Journal.json": EXPORT}))
    for place in range(45, 400, 7):
        changed = (
            bytes(content[:place]) + bytes([content[place] ^ 0xFF]) + bytes(content[place + 1 :])
        )

        refused_zip(changed)  # by its sum, where nothing else is seen


def flagged(content: bytes, offset: int, value: bytes) -> bytes:
    """Return a zip with a field of its only member changed in the list at its end."""
    at = content.index(b"PK\x01\x02") + offset
    return content[:at] + value + content[at + len(value) :]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (zipped({"a.txt": "x"}), "zip-without-json"),
        (zipped({}), "zip-without-json"),
        (flagged(zipped({"J.json": EXPORT}), 8, b"\x01\x00"), "zip-encrypted"),
        (flagged(zipped({"J.json": EXPORT}), 10, b"\x0e\x00"), "zip-broken"),
        (zipped({"J.json": b" " * 30_000_000}), "zip-too-dense"),
        (flagged(zipped({"J.json": EXPORT}), 24, b"\xff\xff\xff\x7f"), "too-large"),
        (zipped({"J.json": EXPORT})[:-10] + b"\xff\xff\xff\x7f" + b"\x00" * 6, "zip-broken"),
    ],
    ids=["no JSON", "nothing", "encrypted", "packed otherwise", "dense", "huge", "a long list"],
)
def test_a_zip_that_is_not_what_it_should_be_is_refused(content: bytes, reason: str) -> None:
    assert refused_zip(content).reason == reason


def test_a_zip_has_to_be_a_file() -> None:
    content = zipped({"Journal.json": EXPORT})

    assert refused(read(source(content)._replace(size=None))).reason == "zip-by-pipe"


def test_how_far_a_zip_has_been_read_is_told_by_its_size() -> None:
    content = zipped({"Journal.json": EXPORT, "Work.json": made(text="w")})
    told: list[int] = []
    followed = Source(BytesIO(content), len(content), content, told.append)

    list(read(followed))

    assert told == sorted(told)
    assert (0 < told[0] < len(content), told[-1]) == (True, len(content))


# Both ------------------------------------------------------------------------------------------


def test_a_text_keeps_the_white_space_it_begins_with_and_no_empty_lines_around() -> None:
    rich = json.dumps({"contents": [{"text": "\n\n  X rich X\t\n"}]})

    assert entry(text="\n\n  X plain X\t\n\n").text == "  X plain X\t"
    assert entry(text=None, richText=rich).text == "  X rich X\t"
    assert entry(text="\nX marks the X\n").text == "X marks the X"
    assert entry(text=None, richText=json.dumps({"contents": [{"text": "\nX\n"}]})).text == "X"


def test_an_instant_without_a_zone_is_one_in_utc_wherever_it_is_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    time.tzset()
    try:
        found = entry(creationDate="2026-11-22T20:00:00")
    finally:
        monkeypatch.undo()
        time.tzset()

    assert (found.on, found.at) == (date(2026, 11, 22), "20:00")


@pytest.mark.parametrize(
    "changes",
    [
        {"creationDate": "soon"},
        {"creationDate": "0001-01-01T00:00:00Z", "timeZone": "America/New_York"},
    ],
)
def test_an_instant_that_is_none_is_refused_without_repeating_it(changes: dict[str, str]) -> None:
    refusal = refused(read(source(made(**changes)))).refusal

    assert isinstance(refusal, InvalidValue)
    assert (refusal.field, refusal.typed, refusal.reason) == ("creationDate", "", "not-an-instant")


def test_rich_text_without_contents_has_none() -> None:
    assert entry(text=None, richText="{}").text == ""
    assert entry(text="x", richText=None).text == "x"


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ({"city": "東京"}, "city 東京"), ([{"城": "目"}], '[{"城": "目"}]'), ("XXXX", "XXXX"),
        (0, "0"), (False, None), ("", None), ([], None), ({}, None), (None, None),
        ({"a": "", "b": 1}, "b 1"),
    ],
    ids=str,
)  # fmt: skip
def test_what_else_there_is_is_kept_in_its_own_letters_and_what_says_nothing_is_not(
    value: object, said: str | None
) -> None:
    assert entry(elsewhere=value).more == (() if said is None else (("elsewhere", said),))


def test_json_that_is_wrong_in_a_zip_is_named_with_its_file_and_of_a_plain_file_with_none() -> None:
    wrong = '{"entries": [{"text": tru}]}'

    of_zip = refused_zip(zipped({"Journal.json": made(), "Work.json": wrong}))
    of_file = refused(read(source(wrong)))

    assert [(each.reason, each.place.within) for each in (of_zip, of_file)] == [
        ("not-json", "Work.json"), ("not-json", "")
    ]  # fmt: skip


def test_an_entry_of_a_plain_file_is_in_no_other() -> None:
    assert entry().place.within == ""
