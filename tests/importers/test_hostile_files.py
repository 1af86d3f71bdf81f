"""Hostile files get one clear line, quickly, and leave the journal as it was: through the real command."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from contextlib import closing
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Program
from tests.proofs import Proved

# Runs a command under the kernel's own limit of so many seconds of processor time, whatever else the
# machine does meanwhile, and tells on a line of its own what it took.
_BOUNDED = """
import resource, subprocess, sys
seconds = int(sys.argv[1])
resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
done = subprocess.run(sys.argv[2:])
taken = resource.getrusage(resource.RUSAGE_CHILDREN)
print(taken.ru_maxrss, taken.ru_utime + taken.ru_stime)
sys.exit(done.returncode % 256)
"""
_SECONDS = 2
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


FILES: dict[str, dict[str, str | bytes]] = {
    "nested": {
        "lists 100,000 deep": "[" * 100_000,
        "lists 100,000 deep, in an export": _OPENING + "[" * 100_000,
        "objects 100,000 deep": '{"a":' * 100_000,
        "objects 100,000 deep, closed": '{"a":' * 100_000 + "1" + "}" * 100_000,
        "deep, but not too deep to be read": ours(pauses=json.loads("[" * 200 + "]" * 200)),
        "deep, of Day One": _ENTRY + '"x":' + "[" * 900 + "]" * 900 + "}]}",
    },
    "numbers": {
        "of 5,000 digits": ours(minutes=0).replace('"minutes": 0', '"minutes": ' + "9" * 5000),
        "of 5,000 digits, of Day One": _ENTRY + '"steps":' + "9" * 5000 + "}]}",
        "beyond all": _ENTRY + '"steps":1e999}]}',
        "NaN": ours(minutes=0).replace('"minutes": 0', '"minutes": NaN'),
        "Infinity": _ENTRY + '"steps":-Infinity}]}',
    },
    "text": {
        "half a pair": ours(alias="x").replace('"x"', '"\\ud800"'),
        "half a pair, of Day One": _ENTRY + '"text":"a\\udfff"}]}',
        "half a pair, as bytes": ours(alias="x").encode().replace(b'"x"', b'"\xed\xa0\x80"'),
        "NUL": _ENTRY + '"text":"a\\u0000b"}]}',
        "UTF-16": ours().encode("utf-16"),
        "UTF-16 without a mark": ours().encode("utf-16-le"),
        "Latin-1": ours(partner="Zed").replace("Zed", "Zéd").encode("latin-1"),
    },
    "keys and types": {
        "a key twice": ours().replace('"id"', '"kind": "pair", "id"'),
        "a key twice, outermost": ours().replace('"since"', '"since":null,"since"'),
        "a key twice, of Day One": _ENTRY + '"text":"a","text":"b"}]}',
        "the wrong type": ours(partner={"sql": 1}),
        "SQL in a key": ours(**{"x'); DROP TABLE pair; --": 1}),
        "SQL for a kind": ours({"kind": "meeting'; DROP TABLE pair; --"}),
        "SQL for a uid": ours(uid="' OR 1=1; DROP TABLE pair; -- aaa"),
        "a uid twice": ours(_PAIR, _PAIR | {"id": "p9"}),
        "100,000 keys": "{" + ",".join(f'"k{each}":1' for each in range(100_000)) + "}",
        "a record of 300,000 keys": _OPENING
        + "{"
        + ",".join(f'"k{i}":1' for i in range(300_000))
        + "}]}",
    },
    "without an end": {
        "a list": _OPENING + "[" + "[]," * 5_000_000,
        "a text": _OPENING + '{"kind":"' + "x" * 60_000_000,
        "a text of wide signs": _OPENING + '{"kind":"' + "👩" * 15_000_000,
        "a line": "[2026-11-22 09:30] " + "x" * 60_000_000,
        "a line of wide signs": "[2026-11-22 09:30] " + "👩" * 15_000_000,
        "an entry": "[2026-11-22 09:30] a\n" + "x\n" * 10_000_000,
    },
    "not ours": {
        "another version": ours().replace("mentorlog/1", "mentorlog/2"),
        "for the partner": ours().replace('"me"', '"partner"'),
        "a list": "[1, 2, 3]",
        "an object": '{"a": 1}',
        "what comes after": ours() + "x",
        "nothing": "",
        "white space": " \n\t\n",
        "bytes": bytes(range(256)) * 20,
        "a program": b"\x7fELF" + b"\x00" * 500,
        "a database": b"SQLite format 3\x00" + b"\x00" * 500,
    },
    "zips": {
        "1,000 to one": zipped(b" " * 200_000_000),
        "of entries, dense": zipped('{"entries":[' + '{"creationDate":"2026-11-22"},' * 300_000),
        "encrypted": encrypted(),
        "without its list": zipped(_ENTRY)[:-30],
        "cut to its first bytes": b"PK\x03\x04",
        "with a list of nonsense": zipped(_ENTRY)[:-22] + b"PK\x05\x06" + b"\xff" * 18,
        "with JSON that is cut off": zipped(_ENTRY),
    },
}


@pytest.fixture(scope="module")
def journal(tmp_path_factory: pytest.TempPathFactory) -> Program:
    """The program with a journal that nothing may change."""
    program = Program(tmp_path_factory.mktemp("hostile"))
    program.ok("meet", "Aya Sato", "--as", "mentor", "--notes", "Untouched")
    return program


@dataclass
class Tally:
    """What refusing the files of one test took at the most."""

    files: int = 0
    seconds: float = 0.0
    megabytes: int = 0

    def __str__(self) -> str:
        return (
            f"{self.files} refused with 65 in one line; the slowest took {self.seconds:.2f} s of"
            f" processor time, the largest {self.megabytes} MB"
        )


def refuse(program: Program, file: Path, tally: Tally) -> None:
    """Hold that a file is refused as bad data, in one line, within the limits, and leaves no trace."""
    before = program.journal.read_bytes()

    done = subprocess.run(
        [sys.executable, "-c", _BOUNDED, str(_SECONDS), sys.executable, "-m", "mentorlog", "import",
         str(file)],
        capture_output=True,
        env=program.environment,
        stdin=subprocess.DEVNULL,
        timeout=120,
        check=False,
    )  # fmt: skip

    said, took = done.stderr.decode(), done.stdout.split()
    assert done.returncode == 65, said
    assert said.startswith("mentorlog: Nothing was added. ")
    assert said.count("\n") == 1
    assert "Traceback" not in said
    assert program.journal.read_bytes() == before
    assert sorted(each.name for each in program.journal.parent.iterdir()) == ["journal.db"]
    megabytes = int(took[0]) // (1024 if sys.platform == "linux" else 1024**2)
    assert megabytes < _MEGABYTES
    tally.files += 1
    tally.seconds = max(tally.seconds, float(took[1]))
    tally.megabytes = max(tally.megabytes, megabytes)


@pytest.mark.proofs(9)
@pytest.mark.parametrize("group", FILES)
def test_a_hostile_file_is_refused_in_one_line(
    journal: Program, tmp_path: Path, group: str, proved: Proved
) -> None:
    """Fails when `_whole` or `_finite` takes any number, `_once` any keys, `_check` any depth and half
    pairs, `_refuse_endless` any length, or when `_refuse_unfit` believes a zip."""
    tally = Tally()
    for name, content in FILES[group].items():
        file = tmp_path / name
        file.write_bytes(content if isinstance(content, bytes) else content.encode())

        refuse(journal, file, tally)

    assert tally.files == len(FILES[group])
    proved(f"hostile files, {group}: {tally}")


@pytest.mark.proofs(9)
def test_a_file_of_a_gigabyte_and_more_is_refused_without_reading_it_all(
    journal: Program, tmp_path: Path, proved: Proved
) -> None:
    """Fails when `looked_at` asks for no size and takes a NUL for text."""
    tally = Tally()
    file = tmp_path / "file"
    for size in (1 << 30, (1 << 30) + 1, 1 << 40):
        for opening in ("", _OPENING, "PK\x03\x04", "[2026-11-22 09:30] "):
            with file.open("wb") as sparse:
                sparse.write(opening.encode())
                sparse.truncate(size)

            refuse(journal, file, tally)

    proved(f"files of 1 GB to 1 TB: {tally}")


@pytest.mark.proofs(9)
def test_an_export_that_is_cut_off_is_refused_wherever_it_ends(
    journal: Program, tmp_path: Path, proved: Proved
) -> None:
    """Fails when `_expect` takes the end of the text for the end of a value."""
    tally = Tally()
    whole = ours().rstrip().encode()
    file = tmp_path / "file"
    for end in [*range(0, len(_OPENING), 7), *range(len(_OPENING), len(whole), 23), len(whole) - 1]:
        file.write_bytes(whole[:end])

        refuse(journal, file, tally)

    proved(f"an export cut off at so many places: {tally}")


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


# Databases of others -------------------------------------------------------------------------------

USES = (
    ("import", "{file}"), ("import", "{file}", "--format", "csv"), ("restore", "{file}"),
    ("status",), ("log",), ("log", "--all", "--json"), ("search", "Untouched"), ("show", "m1"),
    ("export",), ("export", "--format", "json"), ("report",), ("history",), ("pair", "list"),
    ("meet", "Aya", "--summary", "x"), ("ask", "x"), ("edit", "m1", "--set", "summary=x"), ("undo",),
    ("redo",), ("delete", "m1"), ("forget", "p1", "--yes"), ("backup", "{file}.backup"),
)  # fmt: skip


@pytest.fixture
def with_triggers(journal: Program, tmp_path: Path) -> tuple[Program, int]:
    """A journal in which every write to any table would leave a word in a table of its own."""
    program = Program(tmp_path / "theirs")
    program.home.mkdir()
    program.holding(journal.journal)
    with closing(sqlite3.connect(program.journal)) as opened:
        found = opened.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE '%VIRTUAL%'"
            " AND name NOT LIKE 'sqlite%' AND name NOT LIKE 'search%'"
        )
        tables = [name for (name,) in found]
        opened.execute("CREATE TABLE owned (by TEXT)")
        for table in tables:
            for move in ("INSERT", "UPDATE", "DELETE"):
                opened.execute(
                    f"CREATE TRIGGER {table}_{move} AFTER {move} ON {table}"
                    " BEGIN INSERT INTO owned VALUES ('trigger'); END"
                )
        opened.commit()
    return program, len(tables) * 3


@pytest.mark.proofs(9)
def test_what_somebody_has_put_into_a_database_is_never_executed(
    with_triggers: tuple[Program, int], proved: Proved
) -> None:
    """Fails when `let_write` does not look for triggers."""
    program, triggers = with_triggers
    theirs = program.home / "theirs.db"
    shutil.copy(program.journal, theirs)
    before = program.journal.read_bytes()

    said = {use: program(*(word.format(file=theirs) for word in use), stdin="") for use in USES}

    with closing(sqlite3.connect(program.journal)) as opened:
        assert opened.execute("SELECT count(*) FROM owned").fetchone() == (0,)
    assert program.journal.read_bytes() == before == theirs.read_bytes()
    assert {use: each.err for use, each in said.items() if "Traceback" in each.err} == {}
    assert {said[use].code for use in USES[:2]} == {65}
    refused = sum(each.code != 0 for each in said.values())
    proved(
        f"a database with {triggers} triggers through {len(USES)} commands: 0 ran, 0 bytes changed,"
        f" {refused} commands refused"
    )
