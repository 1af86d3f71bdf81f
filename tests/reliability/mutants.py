"""Would the tests notice? Changes the program in one small way after another, and runs them on each.

    python -m tests.reliability.mutants                          all of them: an hour or two
    python -m tests.reliability.mutants "mentorlog.importers.*"  those of some modules
    python -m tests.reliability.mutants --sample 500 --seed 1    as many, drawn from all
    python -m tests.reliability.mutants --report                 what the last run came to

It needs mutmut, which is no dependency of ours, in an environment that has ours: pip install
'mutmut>=3.8,<4'. It makes the mutants, and finds which tests meet them. Which of them are asked is in
`in_one_process.py`, how they are run in `forked.py`. What came of it is in MUTANTS.md, with every mutant
that is accepted and the reason; this reads that too.
"""

from __future__ import annotations

import argparse
import ast
import difflib
import json
import math
import os
import random
import re
import subprocess
import sys
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from contextlib import suppress
from fnmatch import fnmatch
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
REPORT = Path(__file__).with_name("MUTANTS.md")
WANTED = 85  # per cent
_MUTANTS = ROOT / "mutants"
_SHARED = "/dev/shm"  # noqa: S108  (only the place; the folder's own name is made at random)
_MEMORY = _SHARED if os.access(_SHARED, os.W_OK) else None  # to sync to a disk is slow
_MISSING = "This needs mutmut: pip install 'mutmut>=3.8,<4'\n"
_ANY = "mentorlog.domain.who_sees.*_1"  # that mutmut is asked about, so that it makes all of them
_KILLED = {1, 3}  # exit codes of pytest: a test failed, or pytest itself did
_OUT_OF_TIME = {-24, 24, 36, 152, 255}
_UNKNOWN = {None, 2, 35}
_TEXT = re.compile(r"""(['"])(.*?)\1""")
_QUOTED = re.compile("'[^']*'")
_SQL = re.compile(
    r"\b(SELECT|FROM|WHERE|INSERT|UPDATE|DELETE|PRAGMA|BEGIN|COMMIT|ROLLBACK|VACUUM|DESC|IN|AND|IS|AS|JOIN"
    r"|CREATE|DROP|LIMIT|VALUES|NULL|OR|ON)\b|[=<] ?\?"
)
_LINE = re.compile(r"- `(?P<module>[^` ]+)` `(?P<function>[^` ]+)` (?P<count>\d+): `(?P<line>.+)`")
_IN_ALL = re.compile(r"- `(?P<module>[^` ]+)` (?P<count>\d+)")
_ROW = re.compile(r"\| `(?P<module>[^`]+)` \| (?P<counts>\d+(?: \| \d+){4}) \|")


# What MUTANTS.md says ----------------------------------------------------------------------------


class Score(NamedTuple):
    """What came of the mutants of one module: of those that were tested."""

    mutants: int
    tested: int
    killed: int
    accepted: int
    open: int


class Accepted(NamedTuple):
    """Mutants that no test notices, with a reason: where they are, and how many of that line."""

    module: str
    function: str
    line: str
    times: int


def scores(report: str) -> dict[str, Score]:
    """Return the score of each module."""
    return {
        found["module"]: Score(*map(int, found["counts"].split(" | ")))
        for found in _ROW.finditer(report)
    }


def accepted(report: str) -> list[Accepted]:
    """Return the mutants that are accepted one by one."""
    return [
        Accepted(found["module"], found["function"], found["line"], int(found["count"]))
        for found in map(_LINE.fullmatch, report.splitlines())
        if found
    ]


def accepted_in_all(report: str) -> dict[str, int]:
    """Return how many mutants of each module differ in no more than the letters of SQL's own words."""
    return {
        found["module"]: int(found["count"])
        for found in map(_IN_ALL.fullmatch, report.splitlines())
        if found
    }


# What mutmut has left ----------------------------------------------------------------------------


class Survivor(NamedTuple):
    """A mutant that no test noticed: the lines it changes, as they were and as they are in it."""

    name: str
    module: str
    function: str
    before: tuple[str, ...]
    after: tuple[str, ...]

    @property
    def is_only_case(self) -> bool:
        """True where SQL is written in capitals or in small letters, which is one to SQLite.

        What stands in quotes within it is the same.
        """
        before, after = ("\n".join(each) for each in (self.before, self.after))
        texts = [found[2] for found in _TEXT.finditer(before) if found[2] not in after]
        return (
            before.lower() == after.lower()
            and _QUOTED.findall(before) == _QUOTED.findall(after)
            and any(map(_SQL.search, texts))
        )


def survivors() -> Iterator[Survivor]:
    """Yield the mutants that are left, module by module."""
    for module, results in _results():
        for name, code in results.items():
            if _outcome(code) == "survived":
                yield _survivor(name, module)


def _results() -> Iterator[tuple[str, dict[str, int | None]]]:
    """Yield the modules that have mutants, each with the exit codes by their names."""
    for kept in sorted((_MUTANTS / "mentorlog").rglob("*.py.meta")):
        module = kept.relative_to(_MUTANTS / "mentorlog").as_posix().removesuffix(".meta")
        results = json.loads(kept.read_text(encoding="utf-8"))["exit_code_by_key"]
        if results:
            yield module, results


def _outcome(code: int | None) -> str:
    if code in _UNKNOWN:
        return "unknown"
    if code in _OUT_OF_TIME:
        return "out of time"
    return "killed" if code in _KILLED or (code is not None and code < 0) else "survived"


def _survivor(name: str, module: str) -> Survivor:
    own = name.rpartition(".")[2]
    mangled = own.rpartition("__mutmut_")[0]
    function = mangled.removeprefix("x_").removeprefix("xǁ").replace("ǁ", ".")
    called = function.rpartition(".")[2]
    functions = _functions(_MUTANTS / "mentorlog" / module)
    was, became = (
        [line.replace(f"def {each}(", f"def {called}(") for line in functions[each]]
        for each in (f"{mangled}__mutmut_orig", own)
    )
    changes = [each for each in difflib.ndiff(was, became) if each[0] in "+-"]
    before, after = (tuple(each[2:] for each in changes if each[0] == sign) for sign in "-+")
    return Survivor(name, module, function, before, after)


@cache
def _functions(mutated: Path) -> dict[str, list[str]]:
    """Return the lines of each function in a module that mutmut has written, by its name there."""
    text = mutated.read_text(encoding="utf-8")
    lines = [
        line.replace(" # type: ignore # mutmut generated", "").strip() for line in text.splitlines()
    ]
    return {
        node.name: lines[node.lineno - 1 : node.end_lineno]
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef)
    }


# Running it --------------------------------------------------------------------------------------


def main() -> int:
    """Test the mutants that were asked for, and say what came of them."""
    typed = _typed()
    if typed.report:
        return _told()
    mutmut = Path(sys.executable).with_name("mutmut")
    if not mutmut.exists():
        sys.stderr.write(_MISSING)
        return 2
    made = subprocess.run(
        [str(mutmut), "run", _ANY],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        check=False,
    )
    if made.returncode:
        return made.returncode
    names = sorted(_to_be_tested(typed.names))
    if typed.sample:
        chance = random.Random(typed.seed)  # noqa: S311  (a sample, no secret)
        names = chance.sample(names, typed.sample)
    with TemporaryDirectory(prefix="mutants-", dir=_MEMORY) as folder:
        try:
            _test(names, Path(folder), typed.children, typed.seconds)
        finally:
            _keep(Path(folder))
    return _told()


def _to_be_tested(patterns: list[str]) -> Iterator[str]:
    """Yield the mutants that fit and of which nothing is known yet, or that are open: tests may be new."""
    report = REPORT.read_text(encoding="utf-8")
    left: dict[str, list[Survivor]] = defaultdict(list)
    for each in survivors():
        left[each.module].append(each)
    for module, results in _results():
        names = {name for name, code in results.items() if _outcome(code) == "unknown"}
        names |= {each.name for each in _not_accepted(left[module], report)}
        for name in names:
            if not patterns or any(fnmatch(name, each) for each in patterns):
                yield name


def _test(names: list[str], folder: Path, children: int, seconds: float) -> None:
    """Have processes that have collected the tests run them on each mutant; results are left in the folder."""
    config = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["mutmut"]
    command = [sys.executable, "-m", "pytest", "-q", "-p", "tests.reliability.forked"]
    command += config["pytest_add_cli_args"] + config["pytest_add_cli_args_test_selection"]
    given = {"PYTHONPATH": str(_MUTANTS), "MUTANT_UNDER_TEST": "", "MUTANT_SECONDS": str(seconds)}
    running = []
    for number in range(children):
        place = folder / str(number)
        place.mkdir()
        (place / "names").write_text("\n".join(names[number::children]), encoding="utf-8")
        own = {"MUTANTS": str(place / "names"), "MUTANT_RESULTS": str(place / "results")}
        environment = os.environ | given | own | {"TMPDIR": str(place)}
        running.append(
            subprocess.Popen(command, cwd=_MUTANTS, env=environment, stdout=subprocess.DEVNULL)
        )
    try:
        for each in running:
            while each.poll() is None:
                with suppress(subprocess.TimeoutExpired):
                    each.wait(10)
                sys.stderr.write(f"\r{len(_found(folder))} of {len(names)}")
    finally:
        for each in running:
            each.terminate()
        sys.stderr.write("\n")


def _found(folder: Path) -> dict[str, int]:
    """Return what has come of the mutants so far."""
    lines = [
        line.split()
        for results in folder.glob("*/results")
        for line in results.read_text(encoding="utf-8").splitlines()
    ]
    return {line[0]: int(line[1]) for line in lines if len(line) == 2}


def _keep(folder: Path) -> None:
    """Keep what came of the mutants where mutmut does."""
    found = _found(folder)
    for meta in (_MUTANTS / "mentorlog").rglob("*.py.meta"):
        kept = json.loads(meta.read_text(encoding="utf-8"))
        codes = kept["exit_code_by_key"]
        codes |= {name: found[name] for name in codes.keys() & found.keys()}
        meta.write_text(json.dumps(kept, indent=4), encoding="utf-8")


def _typed() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.reliability.mutants")
    parser.add_argument("names", nargs="*", help="mutants, such as 'mentorlog.importers.*'")
    parser.add_argument("--sample", type=int, help="so many of them, drawn by chance")
    parser.add_argument("--seed", type=int, default=1, help="what the chance begins from")
    parser.add_argument("--children", type=int, default=os.cpu_count(), help="at the same time")
    parser.add_argument(
        "--seconds", type=float, default=math.inf, help="of tests for each, the quickest first"
    )
    parser.add_argument("--report", action="store_true", help="run nothing")
    return parser.parse_args()


def _told() -> int:
    """Write the score of each module, and the survivors that are not accepted."""
    report = REPORT.read_text(encoding="utf-8")
    left: dict[str, list[Survivor]] = defaultdict(list)
    for each in survivors():
        left[each.module].append(each)
    whole = Counter[str]()
    for module, results in _results():
        outcomes = Counter(map(_outcome, results.values()))
        is_open = list(_not_accepted(left[module], report))
        outcomes["accepted"] = outcomes.pop("survived", 0) - len(is_open)
        outcomes["open"] = len(is_open)
        whole += outcomes
        _say(module, outcomes)
        for each in is_open:
            _show(each)
    return 0 if _say("all", whole) >= WANTED else 1


def _not_accepted(left: Iterable[Survivor], report: str) -> Iterator[Survivor]:
    """Yield the survivors beyond those that MUTANTS.md accepts."""
    allowed = Counter[tuple[str, str, str]]()
    for known in accepted(report):
        allowed[known.module, known.function, known.line] += known.times
    for each in left:
        place = (each.module, each.function, each.before[0] if each.before else "")
        if each.is_only_case:
            continue
        if allowed[place]:
            allowed[place] -= 1
            continue
        yield each


def _say(module: str, outcomes: Counter[str]) -> float:
    tested = outcomes.total() - outcomes["unknown"]
    killed = outcomes["killed"] + outcomes["out of time"]
    share = 100 * killed / tested if tested else 0.0
    counts = ", ".join(f"{count} {outcome}" for outcome, count in sorted(outcomes.items()) if count)
    sys.stdout.write(f"{module}: {share:.1f} % of {tested} ({counts})\n")
    return share


def _show(survivor: Survivor) -> None:
    sys.stdout.write(f"    {survivor.name}\n")
    for sign, lines in (("-", survivor.before), ("+", survivor.after)):
        sys.stdout.writelines(f"      {sign} {line}\n" for line in lines)


if __name__ == "__main__":
    sys.exit(main())
