"""The proofs themselves: each promise has one, each says what would make it fail and what it measured."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import NamedTuple

from tests.proofs import PROMISES

ROOT = Path(__file__).parents[2]


class Proof(NamedTuple):
    """A test that has the mark `proofs`, and where it stands."""

    number: int
    place: str
    test: ast.FunctionDef


def proofs() -> list[Proof]:
    found = []
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                place = path.relative_to(ROOT).as_posix()
                found += [Proof(number, place, node) for number in numbers(node)]
    return sorted(found, key=lambda each: each.number)


def numbers(test: ast.FunctionDef) -> list[int]:
    """Return the promises that the marks of a test name."""
    calls = [each for each in test.decorator_list if isinstance(each, ast.Call)]
    return [
        ast.literal_eval(call.args[0])
        for call in calls
        if ast.unparse(call.func) == "pytest.mark.proofs"
    ]


def test_every_promise_is_proved_and_nothing_else_is() -> None:
    assert {each.number for each in proofs()} == set(PROMISES)


def test_every_proof_says_what_change_to_the_program_makes_it_fail() -> None:
    silent = [
        f"{each.place}::{each.test.name}"
        for each in proofs()
        if "Fails when" not in (ast.get_docstring(each.test) or "")
    ]

    assert silent == []


def test_every_proof_tells_what_it_measured() -> None:
    silent = [
        f"{each.place}::{each.test.name}"
        for each in proofs()
        if not any(
            isinstance(node, ast.Call) and ast.unparse(node.func) == "proved"
            for node in ast.walk(each.test)
        )
    ]

    assert silent == []
