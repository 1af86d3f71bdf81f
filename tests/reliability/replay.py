"""A disk that loses power: what a program did to its files, and what may be left of it.

As on a real disk, names and contents are apart. What was written to a file is sure to be there once the
file is synced; that a name leads to it, or leads nowhere any more, once the folder is. Of everything else
any part may be there: each call for a name, and each 512 bytes of what was written, by itself.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from tests.conftest import Program
from tests.reliability.tracing import STRACE

SECTOR = 512  # the least that a disk writes
TRACED = (
    "openat", "creat", "open", "close", "lseek", "write", "pwrite64", "ftruncate", "mkdir", "mkdirat",
    "link", "linkat", "rename", "renameat", "renameat2", "unlink", "unlinkat", "rmdir", "fsync",
    "fdatasync",
)  # fmt: skip
NOT_REPLAYED = (
    "writev", "pwritev", "pwritev2", "truncate", "fallocate", "sendfile", "copy_file_range",
    "sync_file_range",
)  # fmt: skip

Tree = dict[str, bytes | None]  # by name, what is in a file; None for a folder
Keeps = Callable[[], bool]  # asked of each part that may be lost


class Call(NamedTuple):
    """One call that changed something below a folder, or, with the name "said", told somebody."""

    name: str
    paths: tuple[str, ...] = ()
    content: bytes = b""
    at: int = 0  # where in the file; with "ftruncate", its new length; with "said", to whom

    @property
    def is_sync(self) -> bool:
        return self.name == "sync"


class _Named(NamedTuple):
    """Names that lead to other files from now on, all of them at once: None for nowhere."""

    names: dict[str, int | None]


class _Written(NamedTuple):
    file: int
    at: int
    content: bytes


class _Cut(NamedTuple):
    file: int
    length: int


_FOLDER = b""


class Disk:
    """What is surely on the disk, and what has been done since that may be lost, in its order."""

    def __init__(self, root: Path) -> None:
        self._names: dict[str, int] = {}
        self._contents: dict[int, bytearray | None] = {}
        self._pending: list[_Named | _Written | _Cut] = []
        self._now: dict[str, int] = {}  # as the program sees it
        for name, content in tree(root).items():
            self._now[name] = self._new(content)
        self._names |= self._now

    def take(self, call: Call) -> None:
        """Let a call happen."""
        match call.name, call.paths:
            case "create", (path,):
                self._name({path: self._new(b"")})
            case "mkdir", (path,):
                self._name({path: self._new(None)})
            case "link", (path, other):
                self._name({other: self._now[path]})
            case "rename", (path, other):
                self._name({other: self._now[path], path: None})
            case "unlink", (path,):
                self._name({path: None})
            case "write", (path,):
                self._pending.append(_Written(self._now[path], call.at, call.content))
            case "ftruncate", (path,):
                self._pending.append(_Cut(self._now[path], call.at))
            case "sync", (path,):
                self._sync(path)

    def left(self, keeps: Keeps) -> Tree:
        """Return what is there after power was lost now."""
        names = dict(self._names)
        contents = {
            file: None if content is None else bytearray(content)
            for file, content in self._contents.items()
        }
        for each in self._pending:
            _do(each, names, contents, keeps)
        found = {name: contents[file] for name, file in sorted(names.items())}
        return {
            name: None if content is None else bytes(content)
            for name, content in found.items()
            if all(str(folder) in found for folder in list(Path(name).parents)[:-1])
        }

    def _new(self, content: bytes | None) -> int:
        self._contents[len(self._contents)] = None if content is None else bytearray(content)
        return len(self._contents) - 1

    def _name(self, names: dict[str, int | None]) -> None:
        self._pending.append(_Named(names))
        _lead(self._now, names)

    def _sync(self, path: str) -> None:
        """Make sure of what is in a file, or of the names in a folder."""
        file = self._now.get(path)
        rest: list[_Named | _Written | _Cut] = []
        for each in self._pending:
            if isinstance(each, _Named):
                is_sure = {str(Path(name).parent) for name in each.names} == {path}
            else:
                is_sure = each.file == file
            if is_sure:
                _do(each, self._names, self._contents, lambda: True)
            else:
                rest.append(each)
        self._pending = rest


def _do(
    done: _Named | _Written | _Cut,
    names: dict[str, int],
    contents: dict[int, bytearray | None],
    keeps: Keeps,
) -> None:
    """Do what is kept of one thing."""
    if isinstance(done, _Named):
        if keeps():
            _lead(names, done.names)
        return
    content = contents[done.file]
    assert content is not None
    if isinstance(done, _Cut):
        if keeps():
            _lengthen(content, done.length)
            del content[done.length :]
        return
    if keeps():  # how long a file is stands elsewhere than what is in it
        _lengthen(content, done.at + len(done.content))
    for begin, end in _sectors(done):
        if keeps():
            _lengthen(content, end)
            content[begin:end] = done.content[begin - done.at : end - done.at]


def _lengthen(content: bytearray, length: int) -> None:
    content.extend(bytes(max(0, length - len(content))))


def _sectors(written: _Written) -> Iterator[tuple[int, int]]:
    """Yield from where to where each sector is written to."""
    begin, end = written.at, written.at + len(written.content)
    while begin < end:
        until = min(end, (begin // SECTOR + 1) * SECTOR)
        yield begin, until
        begin = until


def _lead(names: dict[str, int], changed: dict[str, int | None]) -> None:
    for name, file in changed.items():
        if file is None:
            names.pop(name, None)
        else:
            names[name] = file


def tree(root: Path) -> Tree:
    """Return all that is below a folder."""
    return {
        str(each.relative_to(root)): None if each.is_dir() else each.read_bytes()
        for each in sorted(root.rglob("*"))
    }


def put(found: Tree, root: Path) -> None:
    """Make what was left, below a folder that is not there yet."""
    root.mkdir()
    for name, content in found.items():
        place = root / name
        if content is None:
            place.mkdir()
        else:
            place.write_bytes(content)


# What a program does -----------------------------------------------------------------------------


def recorded(
    program: Program,
    words: tuple[str, ...],
    log: Path,
    begins: tuple[str, ...] = ("-m", "mentorlog"),
) -> tuple[int, list[Call]]:
    """Run a command, and return its exit code and what it did to its home, in its order."""
    record = _Record(program.home)
    traced = f"trace={','.join((*TRACED, *NOT_REPLAYED))}"
    options = ["-f", "-y", "-xx", "-s", "100000000", "-qq", "-o", str(log), "-e", traced]
    done = subprocess.run(
        [str(STRACE), *options, sys.executable, *begins, *words],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        env=program.environment | {"PYTHONDONTWRITEBYTECODE": "1"},
        timeout=60,
        check=False,
    )
    with log.open() as lines:
        return done.returncode, list(record.calls(lines))


_CALL = re.compile(r"\d+ +(\w+)\((.*)\) += (\d+)(?:<([\\x0-9a-f]*)>)?")
_STRING = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
_PATH = re.compile(r'(?:(?:AT_FDCWD|\d+)<([\\x0-9a-f]*)>, )?"((?:\\x[0-9a-f]{2})*)"')
_FILE = re.compile(r"(\d+)<([\\x0-9a-f]*)>")


def _bytes(shown: str) -> bytes:
    return bytes.fromhex(shown.replace("\\x", ""))


def _text(shown: str) -> str:
    return _bytes(shown).decode()


class _Record:
    """The lines of strace, read: what is below `root`, by names that begin there."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._position: dict[int, int] = {}
        self._known = set(tree(root))

    def calls(self, lines: Iterable[str]) -> Iterator[Call]:
        for line in lines:
            assert "resumed>" not in line, "one thread writes"
            found = _CALL.match(line)
            if found is not None:
                name, given, result, leads_to = found.groups()
                yield from self._read(name, given, int(result), leads_to or "")

    def _read(self, name: str, given: str, result: int, leads_to: str) -> Iterator[Call]:
        if name in {"open", "openat", "creat"}:
            yield from self._opened(given, result, _text(leads_to))
            return
        if name.removesuffix("2").removesuffix("at") in {
            "mkdir",
            "link",
            "rename",
            "unlink",
            "rmdir",
        }:
            yield from self._named(name, given)
            return
        file = _FILE.match(given)
        assert file is not None, name
        number, path = int(file[1]), self._below(_text(file[2]))
        if path is None:
            if name == "write" and number in {1, 2}:
                yield Call("said", content=self._written(given), at=number)
            return
        assert name not in NOT_REPLAYED, name
        match name:
            case "write":
                yield Call("write", (path,), self._written(given), self._position[number])
                self._position[number] += result
            case "pwrite64":
                yield Call("write", (path,), self._written(given), int(given.rpartition(", ")[2]))
            case "lseek":
                self._position[number] = result
            case "ftruncate":
                yield Call("ftruncate", (path,), at=int(given.rpartition(", ")[2]))
            case "fsync" | "fdatasync":
                yield Call("sync", (path,))

    def _opened(self, given: str, number: int, opened: str) -> Iterator[Call]:
        self._position[number] = 0
        path = self._below(opened)
        if path is None:
            return
        assert "O_APPEND" not in given
        if "O_CREAT" in given and path not in self._known:
            self._known.add(path)
            yield Call("create", (path,))
        if "O_TRUNC" in given:
            yield Call("ftruncate", (path,))

    def _named(self, name: str, given: str) -> Iterator[Call]:
        places = [Path(_text(folder or ""), _text(path)) for folder, path in _PATH.findall(given)]
        paths = tuple(path for path in map(self._below, map(str, places)) if path is not None)
        if not paths:
            return
        assert len(paths) == len(places), "nothing comes from elsewhere"
        call = name.removesuffix("2").removesuffix("at").replace("rmdir", "unlink")
        if call in {"rename", "unlink"}:
            self._known.discard(paths[0])
        if call != "unlink":
            self._known.add(paths[-1])
        yield Call(call, paths)

    def _written(self, given: str) -> bytes:
        found = _STRING.search(given)
        assert found is not None
        return _bytes(found[1])

    def _below(self, path: str) -> str | None:
        with suppress(ValueError):
            return str(Path(path).relative_to(self._root))
        return None
