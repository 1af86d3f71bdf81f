"""Which format a file is in: by how it begins, where that is certain, and never by a guess."""

from __future__ import annotations

import pytest

from mentorlog.errors import BadFile, UsageError
from mentorlog.importers.formats import IMPORTERS, Importer, guessed
from tests.importers.reading import document, source


@pytest.mark.parametrize(
    ("text", "form"),
    [
        (document(), "json"),
        ('{"audience": "me", "document": "export", "format": "mentorlog/1"}', "json"),
        ('\ufeff \n{"tags": {}, "entries": []}', "jrnl"),
        ('{"entries": [{"title": "x", "body": "y"}]}', "jrnl"),
        ('{"metadata": {"version": "1.0"}, "entries": []}', "dayone"),
        ('{"entries": [{"text": "x", "creationDate": "2026-11-22T00:00:00Z"}]}', "dayone"),
        ('{"entries": [{"text": "' + "x" * 100_000 + '", "creationDate": "2026"}]}', None),
        ("[2026-11-22 09:30] A title\n", "jrnl"),
        ("\n\n[2026-11-22] A title", "jrnl"),
        ("[03/04/2026 10:00] is refused when it is read", "jrnl"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_a_file_is_known_by_how_it_begins(text: str, form: str | None) -> None:
    for is_table in (True, False):
        if form is None:
            with pytest.raises(BadFile):
                guessed(source(text), None, is_table=is_table)
        else:
            assert guessed(source(text), None, is_table=is_table) == form


def test_json_that_is_cut_off_before_it_is_known_is_said_to_be() -> None:
    for text, reason in (('{"a": [1,', "cut-off"), ('{"a": "' + "x" * 100_000 + '"}', "not-known")):
        with pytest.raises(BadFile) as refused:
            guessed(source(text), None, is_table=True)
        assert refused.value.reason == reason


@pytest.mark.parametrize("member", ["format", "document", "audience", "records"])
def test_our_own_export_is_known_by_any_of_its_members(member: str) -> None:
    assert guessed(source(f'{{"{member}": 1}}'), None, is_table=False) == "json"


def test_a_zip_is_of_day_one() -> None:
    assert guessed(source(b"PK\x03\x04 whatever"), None, is_table=False) == "dayone"


def test_a_text_is_a_table_only_where_something_else_says_so() -> None:
    assert guessed(source("Day,Text\n"), None, is_table=True) == "csv"
    with pytest.raises(UsageError) as refused:
        guessed(source("Day,Text\n"), None, is_table=False)
    assert refused.value.words == {"known": "json, jrnl, dayone, csv"}


@pytest.mark.parametrize(
    "text", ["{}", '{"a": 1}', '{"entries": []}', "[1, 2]", "[[[[", "[not a day] x", '{"a": [}']
)
def test_json_that_is_none_of_ours_is_refused_and_no_table(text: str) -> None:
    with pytest.raises(BadFile):
        guessed(source(text), None, is_table=True)


@pytest.mark.parametrize("text", ["# Mentoring\n\nx", "---\ntitle: x\n---\n", "\n### x"])
def test_markdown_is_said_to_be_no_way_back(text: str) -> None:
    with pytest.raises(BadFile) as refused:
        guessed(source(text), None, is_table=False)

    assert refused.value.reason == "markdown"
    assert guessed(source(text), None, is_table=True) == "csv"


def test_a_way_of_writing_days_makes_a_journal_of_jrnl_known() -> None:
    assert guessed(source("[22.11.26 9h] T"), "%d.%m.%y %Hh", is_table=False) == "jrnl"


@pytest.mark.parametrize("form", IMPORTERS)
def test_every_format_of_the_list_has_its_module_and_can_be_told(form: str) -> None:
    importer = IMPORTERS[form]

    assert callable(importer.loaded().read)
    assert importer.members or importer.begins is not Importer("").begins


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("[1, 2]", "not-known"),
        ('{"a": 1}', "not-known"),
        ("[[[[", "not-known"),
        ("# M\n", "markdown"),
    ],
)
def test_what_is_none_of_ours_is_refused_by_what_it_is(text: str, reason: str) -> None:
    with pytest.raises(BadFile) as refused:
        guessed(source(text), None, is_table=False)

    assert refused.value.reason == reason


def test_a_text_that_could_be_anything_needs_its_format() -> None:
    with pytest.raises(UsageError) as refused:
        guessed(source("Day,Text\n"), None, is_table=False)

    assert refused.value.reason == "format-missing"


def test_a_beginning_that_is_cut_within_a_character_says_no_less() -> None:
    text = '{"entries": [{"body": "' + "x" * 65_512 + "目"
    head = text.encode()[:65_536]
    assert head[-1:] != text.encode()[-1:]

    assert guessed(source(text.encode() + b'"}]}'), None, is_table=False) == "jrnl"
