"""What the README says that is not in a story: the settings, the schema and the commands."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

from mentorlog.config import SETTINGS
from mentorlog.domain.kinds import KINDS
from mentorlog.domain.record import shapes
from tests.contract.test_proofs import proofs
from tests.proofs import PROMISES

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def settings_table() -> str:
    rows = ["| Setting | Default | Environment | |", "|---|---|---|---|"]
    rows += [
        f"| `{each.name}` | {each.default or '–'} | `{each.variable}` | {each.help} |"
        for each in SETTINGS
    ]
    return "\n".join(rows)


def schema_table() -> str:
    rows = ["| Table | Columns, beside number, uid, created_at, updated_at |", "|---|---|"]
    rows += [f"| `{each.kind}` | {', '.join(shapes(each))} |" for each in KINDS.values()]
    return "\n".join(rows)


def promises_table() -> str:
    """Return each promise with the test to read first of those that prove it."""
    places = {(each.number, each.test.name): each.place for each in proofs()}
    rows = ["| | What is promised | The test to read first |", "|---|---|---|"]
    rows += [
        f"| {number} | {promise.says} | [`{promise.test}`]({places[number, promise.test]}) |"
        for number, promise in PROMISES.items()
    ]
    return "\n".join(rows)


def part(name: str) -> str:
    found = re.search(f"<!-- {name} -->\n(.*?)\n<!-- /{name} -->", README, re.DOTALL)
    assert found, f"the README has a part <!-- {name} -->"
    return found[1].strip()


def test_the_table_of_settings_is_the_list_of_settings() -> None:
    assert part("settings") == settings_table()


def test_the_table_of_columns_is_the_fields_of_the_records() -> None:
    assert part("schema") == schema_table()


def test_the_table_of_promises_is_that_of_the_proofs() -> None:
    assert part("promises") == promises_table()


def test_ci_runs_the_very_command_that_the_readme_gives_for_testing() -> None:
    given = re.search(r"^python3 .*pytest$", README, re.MULTILINE)

    assert given
    assert given[0] in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_the_files_the_readme_leads_to_are_there() -> None:
    linked = re.findall(r"\]\(([\w./-]+)\)", README)

    assert linked
    assert [each for each in linked if not (ROOT / each).exists()] == []


def test_the_test_extra_and_the_test_group_are_alike() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

    extra = project["project"]["optional-dependencies"]["test"]
    group = project["dependency-groups"]["test"]

    assert extra == group


def test_the_program_cannot_use_the_network_as_the_readme_promises() -> None:
    """Fails when a module of the package imports something that opens a connection."""
    networked = {"socket", "ssl", "http", "urllib", "ftplib", "smtplib", "asyncio", "requests"}

    imported = {
        name.split(".")[0]
        for path in (ROOT / "mentorlog").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        for name in names_imported(node)
    }

    assert "rich" in imported, "imports are found"
    assert imported & networked == set()


def names_imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [each.name for each in node.names]
    return [node.module] if isinstance(node, ast.ImportFrom) and node.module else []
