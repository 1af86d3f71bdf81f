"""Fuzzes one parser for as long as one likes, led by what its code is seen to do.

It needs Atheris, which is no dependency of ours: it has no wheels for every Python. Where an input is
found that is read wrongly, it is kept in a file and the exit code says so; it belongs into `found` of
the target then, so that the tests try it ever after.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable
from pathlib import Path
from tempfile import mkdtemp

MISSING = (
    "This needs Atheris, which is not installed: pip install atheris\n"
    "(It has wheels for some versions of Python only.) The tests fuzz every parser without it:\n"
    "pytest tests/reliability/fuzzing\n"
)


def main() -> int:
    """Fuzz until the time is over, or until something is found."""
    try:
        # It has no types of its own, and need not be there.
        import atheris  # type: ignore[import-untyped,import-not-found,unused-ignore]
    except ImportError:
        sys.stderr.write(MISSING)
        return 2
    with atheris.instrument_imports(include=["mentorlog"]):
        from tests.reliability.fuzzing.targets import TARGETS
    typed = _typed(tuple(TARGETS))
    target = TARGETS[typed.target]
    folder = Path(mkdtemp(prefix=f"fuzzing-{typed.target}-"))
    _write_seeds(folder / "inputs", target.seeds)
    _write_words(folder / "words", target.pieces)
    sys.stderr.write(f"What is found is kept in {folder}\n")

    def try_one(data: bytes) -> None:
        target.outcome_of_bytes(data)

    atheris.Setup(
        [
            sys.argv[0], f"-max_total_time={typed.seconds}", f"-dict={folder / 'words'}", "-max_len=4096",
            "-timeout=20", "-rss_limit_mb=1024", f"-artifact_prefix={folder}{os.sep}", str(folder / "inputs"),
        ],
        try_one,
    )  # fmt: skip
    atheris.Fuzz()
    return 0


def _typed(names: tuple[str, ...]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.reliability.fuzzing")
    parser.add_argument("target", choices=names)
    parser.add_argument("--seconds", type=int, default=60, help="how long (60)")
    return parser.parse_args()


def _write_seeds(folder: Path, seeds: Iterable[str | bytes]) -> None:
    folder.mkdir()
    for place, seed in enumerate(seeds):
        (folder / str(place)).write_bytes(seed.encode() if isinstance(seed, str) else seed)


def _write_words(place: Path, pieces: tuple[str, ...]) -> None:
    """Write what the language is made of as libFuzzer reads it: a quoted word a line, in bytes."""
    words = {piece.encode("utf-8", "surrogateescape")[:60] for piece in pieces}
    lines = ('"' + "".join(f"\\x{byte:02x}" for byte in word) + '"\n' for word in sorted(words))
    place.write_text("".join(lines), encoding="ascii")


if __name__ == "__main__":
    sys.exit(main())
