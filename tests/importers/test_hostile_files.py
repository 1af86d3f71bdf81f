"""Hostile files get one clear line, quickly, and leave the journal as it was: through the real command."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Program

# Runs a command with no more memory than 200 MB for its data and 10 s, and says what it took.
_BOUNDED = """
import resource, subprocess, sys
done = subprocess.run(sys.argv[1:])
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, file=sys.stdout)
sys.exit(done.returncode)
"""
_MEGABYTES = 200

_OPENING = '{"format":"mentorlog/1","document":"export","audience":"me","since":null,"until":null,"records":[\n'
_PAIR: dict[str, Any] = {
    "kind": "pair", "id": "p8", "uid": "f" * 32, "partner": "Zed", "alias": None, "my_role": "mentor",
    "programme": None, "started_on": "2026-11-01", "cadence": None, "minutes": None, "channel": None,
    "term_ends_on": None, "state": "active", "ended_because": None, "language": None, "pauses": [],
    "visibility": "private", "created_at": "2026-11-22T09:30:00.000000Z",
    "updated_at": "2026-11-22T09:30:00.000000Z",
}  # fmt: skip
_ENTRY = '{"metadata":{"version":"1.0"},"entries":[{"creationDate":"2026-11-22T00:00:00Z",'


def ours(*records: dict[str, Any], **changes: Any) -> str:
    given = records or (_PAIR | changes,)
    return _OPENING + ",\n".join(json.dumps(each) for each in given) + "\n]}\n"


def zipped(content: bytes | str, *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    kept = BytesIO()
    with zipfile.ZipFile(kept, "w", method) as archive:
        archive.writestr("Journal.json", content)
    return kept.getvalue()


def encrypted() -> bytes:
    content = bytearray(zipped(_ENTRY + '"text":"x"}]}'))
    content[content.index(b"PK\x01\x02") + 8] |= 1
    return bytes(content)


FILES: dict[str, str | bytes] = {
    "lists 100,000 deep": "[" * 100_000,
    "lists 100,000 deep, in an export": _OPENING + "[" * 100_000,
    "objects 100,000 deep": '{"a":' * 100_000,
    "objects 100,000 deep, closed": '{"a":' * 100_000 + "1" + "}" * 100_000,
    "deep, but not too deep to be read": ours(pauses=json.loads("[" * 200 + "]" * 200)),
    "a number of 5,000 digits": ours(minutes=0).replace('"minutes": 0', '"minutes": ' + "9" * 5000),
    "a number of 5,000 digits, of Day One": _ENTRY + '"steps":' + "9" * 5000 + "}]}",
    "a number beyond all": _ENTRY + '"steps":1e999}]}',
    "NaN": ours(minutes=0).replace('"minutes": 0', '"minutes": NaN'),
    "Infinity": _ENTRY + '"steps":-Infinity}]}',
    "half a pair": ours(alias="x").replace('"x"', '"\\ud800"'),
    "half a pair, of Day One": _ENTRY + '"text":"a\\udfff"}]}',
    "half a pair, as bytes": ours(alias="x").encode().replace(b'"x"', b'"\xed\xa0\x80"'),
    "NUL": _ENTRY + '"text":"a\\u0000b"}]}',
    "a key twice": ours().replace('"id"', '"kind": "pair", "id"'),
    "a key twice, outermost": ours().replace('"since"', '"since":null,"since"'),
    "a key twice, of Day One": _ENTRY + '"text":"a","text":"b"}]}',
    "the wrong type": ours(partner={"sql": 1}),
    "SQL in a key": ours(**{"x'); DROP TABLE pair; --": 1}),
    "SQL for a reference": ours({"kind": "meeting'; DROP TABLE pair; --"}),
    "a uid twice": ours(_PAIR, _PAIR | {"id": "p9"}),
    "100,000 keys": "{" + ",".join(f'"k{each}":1' for each in range(100_000)) + "}",
    "a record of 300,000 keys": _OPENING
    + "{"
    + ",".join(f'"k{i}":1' for i in range(300_000))
    + "}]}",
    "a list without an end": _OPENING + "[" + "[]," * 5_000_000,
    "a text without an end": _OPENING + '{"kind":"' + "x" * 60_000_000,
    "a line without an end": "[2026-11-22 09:30] " + "x" * 60_000_000,
    "an entry without an end": "[2026-11-22 09:30] a\n" + "x\n" * 10_000_000,
    "another version": ours().replace("mentorlog/1", "mentorlog/2"),
    "for the partner": ours().replace('"me"', '"partner"'),
    "a list": "[1, 2, 3]",
    "an object": '{"a": 1}',
    "what comes after": ours() + "x",
    "nothing": "",
    "white space": " \n\t\n",
    "bytes": bytes(range(256)) * 20,
    "a program": b"\x7fELF" + b"\x00" * 500,
    "a journal of SQLite": b"SQLite format 3\x00" + b"\x00" * 500,
    "UTF-16": ours().encode("utf-16"),
    "UTF-16 without a mark": ours().encode("utf-16-le"),
    "Latin-1": ours(partner="Zed").replace("Zed", "Zéd").encode("latin-1"),
    "a zip, 1,000 to one": zipped(b" " * 200_000_000),
    "a zip of entries, dense": zipped('{"entries":[' + '{"creationDate":"2026-11-22"},' * 300_000),
    "an encrypted zip": encrypted(),
    "a zip without its list": zipped(_ENTRY)[:-30],
    "a zip cut to its first bytes": b"PK\x03\x04",
    "a zip with a list of nonsense": zipped(_ENTRY)[:-22] + b"PK\x05\x06" + b"\xff" * 18,
    "a zip with JSON that is cut off": zipped(_ENTRY),
}


@pytest.fixture(scope="module")
def journal(tmp_path_factory: pytest.TempPathFactory) -> Program:
    """The program with a journal that nothing may change."""
    program = Program(tmp_path_factory.mktemp("hostile"))
    program.ok("meet", "Aya Sato", "--as", "mentor", "--notes", "Untouched")
    return program


def bounded(program: Program, file: Path) -> tuple[int, str, int]:
    """Import a file; return the exit code, what was said on standard error, and the megabytes it took."""
    done = subprocess.run(
        [sys.executable, "-c", _BOUNDED, sys.executable, "-m", "mentorlog", "import", str(file)],
        capture_output=True,
        env=program.environment,
        stdin=subprocess.DEVNULL,
        timeout=30,
        check=False,
    )
    taken = int(done.stdout.split()[-1]) // (1024 if sys.platform == "linux" else 1024**2)
    return done.returncode, done.stderr.decode(), taken


def refuse(program: Program, file: Path) -> None:
    """Hold that a file is refused as bad data, in one line, in little memory, and leaves no trace."""
    before = program.journal.read_bytes()

    code, said, megabytes = bounded(program, file)

    assert code == 65, said
    assert said.startswith("mentorlog: Nothing was added. ")
    assert said.count("\n") == 1
    assert "Traceback" not in said
    assert megabytes < _MEGABYTES
    assert program.journal.read_bytes() == before
    assert sorted(each.name for each in program.journal.parent.iterdir()) == ["journal.db"]


@pytest.mark.parametrize("name", FILES)
def test_a_hostile_file_is_refused_in_one_line(journal: Program, tmp_path: Path, name: str) -> None:
    content = FILES[name]
    file = tmp_path / "file"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())

    refuse(journal, file)


@pytest.mark.parametrize("size", [1 << 30, (1 << 30) + 1, 1 << 40])
@pytest.mark.parametrize("opening", ["", _OPENING, "PK\x03\x04", "[2026-11-22 09:30] "])
def test_a_file_of_a_gigabyte_and_more_is_refused_without_reading_it_all(
    journal: Program, tmp_path: Path, size: int, opening: str
) -> None:
    file = tmp_path / "file"
    with file.open("wb") as sparse:
        sparse.write(opening.encode())
        sparse.truncate(size)

    refuse(journal, file)


def test_an_export_that_is_cut_off_is_refused_wherever_it_ends(
    journal: Program, tmp_path: Path
) -> None:
    whole = ours().rstrip().encode()
    file = tmp_path / "file"
    for end in [*range(0, len(_OPENING), 7), *range(len(_OPENING), len(whole), 23), len(whole) - 1]:
        file.write_bytes(whole[:end])

        refuse(journal, file)


def test_sql_in_a_value_is_text(mentorlog: Program, tmp_path: Path) -> None:
    text = "Robert'); DROP TABLE pair; --"
    file = tmp_path / "file"
    file.write_text(ours(partner=text), encoding="utf-8")

    mentorlog.ok("import", str(file))

    assert mentorlog.ok("pair", "list", "--json").json[0]["partner"] == text


def test_a_bad_file_makes_no_journal(mentorlog: Program, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text(ours(_PAIR, _PAIR), encoding="utf-8")

    assert mentorlog("import", str(file)).code == 65
    assert not mentorlog.journal.exists()
