"""The plan of the house, held: which module may import which, and what lives in one place only."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import mentorlog
from mentorlog.cli.app import COMMANDS

ROOT = Path(mentorlog.__file__).parent
FILES = {path.relative_to(ROOT).as_posix(): path for path in sorted(ROOT.rglob("*.py"))}

# What each part of the house may import of the house. A part is a package or a module of the top.
# A part without a line here fails the test that walks them.
ARROWS: dict[str, set[str]] = {
    "errors": set(),
    "text": {"errors"},
    "i18n": set(),
    "labels": {"i18n"},
    "domain": {"errors", "text", "domain"},
    "config": {"errors", "i18n", "domain"},
    "storage": {"errors", "text", "domain", "storage"},
    "workflows": {"errors", "text", "domain", "storage", "workflows"},
    "guide": {"errors", "text", "i18n"},
    "forms": {"errors", "text", "i18n", "labels", "domain", "workflows", "forms", "guide"},
    "export": {"errors", "text", "i18n", "labels", "domain", "export"},
    "importers": {"errors", "text", "i18n", "labels", "domain", "importers"},
    "render": {"errors", "text", "i18n", "labels", "domain", "storage", "workflows", "render", "guide"},
    "cli": {
        "mentorlog", "errors", "text", "i18n", "labels", "config", "domain", "storage", "workflows", "forms",
        "export", "importers", "render", "cli", "guide",
    },
    "__main__": {"mentorlog", "errors", "i18n", "config", "cli"},
    "mentorlog": set(),
}  # fmt: skip

# Where a package from outside may be imported: nowhere else.
HOMES = {
    "typer": ("cli/",),
    "click": (),  # vendored by Typer: only Typer is imported
    "rich": ("render/", "cli/context.py"),
    "prompt_toolkit": ("cli/ask.py",),
    "sqlite3": ("storage/",),
    "sqlite_utils": ("storage/",),
    "phonenumbers": ("export/",),
    "icalendar": ("export/icalendar_file.py",),
    "platformdirs": ("config.py",),
    "tomlkit": ("config.py",),
    "subprocess": ("cli/ask.py",),
}

# Who asks what time it is: the context of a call, the report of a fault, and the journal's default.
CLOCK_READERS = {"cli/context.py", "cli/fault.py", "storage/journal.py"}
CLOCKS = {"date.today", "datetime.today", "datetime.now", "datetime.utcnow", "time.time"}

# What the domain may not touch of the standard library, and all that it may use from outside.
NOT_FOR_DOMAIN = {"os", "io", "pathlib", "time", "sys", "logging", "json", "locale", "tempfile"}
OUTSIDE_FOR_DOMAIN = {"dateutil"}

VAGUE = {"util", "helper", "manager", "service", "data", "misc", "common"}
VAGUE |= {f"{word}s" for word in VAGUE}

# A statement as SQLite would run it; the words have to be capitals, as all SQL of the house is.
SQL = re.compile(
    r"\b(SELECT\b.+\bFROM|INSERT\s+(OR\s+\w+\s+)?INTO|UPDATE\s+\S+\s+SET|DELETE\s+FROM|PRAGMA\s+\w"
    r"|CREATE\s+(TABLE|INDEX|VIEW|TRIGGER|VIRTUAL)|DROP\s+(TABLE|INDEX|VIEW|TRIGGER)|ALTER\s+TABLE"
    r"|BEGIN\s+IMMEDIATE|ORDER\s+BY\s+\w)",
    re.DOTALL,
)


@cache
def tree(name: str) -> ast.Module:
    return ast.parse(FILES[name].read_text(encoding="utf-8"), name)


def part_of(name: str) -> str:
    """Return the part of the house that a file belongs to."""
    if name == "__init__.py":
        return "mentorlog"
    return name.split("/", maxsplit=1)[0].removesuffix(".py")


def part_imported(module: str) -> str:
    """Return the part of the house that an imported module is in."""
    part = module.split(".")[1]
    is_part = (ROOT / part).is_dir() or (ROOT / f"{part}.py").is_file()
    return part if is_part else "mentorlog"


def imports() -> Iterator[tuple[str, str, str]]:
    """Yield each import, at the top of a file or inside a function: the file, its line, the module."""
    for name in FILES:
        for node in ast.walk(tree(name)):
            place = f"mentorlog/{name}:{getattr(node, 'lineno', 0)}"
            if isinstance(node, ast.Import):
                yield from ((name, place, each.name) for each in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module == "mentorlog":
                yield from ((name, place, f"mentorlog.{each.name}") for each in node.names)
            elif isinstance(node, ast.ImportFrom):
                yield name, place, "." * node.level + (node.module or "")


def calls() -> Iterator[tuple[str, str, ast.Call]]:
    """Yield each call: the file, its line, the call."""
    for name in FILES:
        for node in ast.walk(tree(name)):
            if isinstance(node, ast.Call):
                yield name, f"mentorlog/{name}:{node.lineno}", node


def strings() -> Iterator[tuple[str, str, str]]:
    """Yield each string that is no docstring: the file, its line, the text; … for what varies in it."""
    for name in FILES:
        docstrings = {
            id(node.body[0].value)
            for node in ast.walk(tree(name))
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
            and isinstance(node.body[0], ast.Expr)
        }
        for node in ast.walk(tree(name)):
            if id(node) in docstrings:
                continue
            place = f"mentorlog/{name}:{getattr(node, 'lineno', 0)}"
            if isinstance(node, ast.JoinedStr):
                yield name, place, "".join(_text(each) for each in node.values)
            elif isinstance(node, ast.Constant):
                yield name, place, _text(node)


def _text(node: ast.expr) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else "…"


def handlers() -> Iterator[tuple[str, ast.ExceptHandler]]:
    """Yield each `except`: its line, and itself."""
    for name in FILES:
        for node in ast.walk(tree(name)):
            if isinstance(node, ast.ExceptHandler):
                yield f"mentorlog/{name}:{node.lineno}", node


def caught(handler: ast.ExceptHandler) -> set[str]:
    """Return the names of what a handler catches; a bare `except` catches BaseException."""
    if handler.type is None:
        return {"BaseException"}
    types = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return {ast.unparse(each) for each in types}


def raises_again(handler: ast.ExceptHandler) -> bool:
    """True for a handler that tidies up and lets what it caught go on."""
    last = handler.body[-1]
    return isinstance(last, ast.Raise) and last.exc is None


def with_commands() -> set[str]:
    """Return the files that make a Typer application; `new_app` itself is no command."""
    made = {"new_app", "typer.Typer"}
    return {name for name, _place, call in calls() if ast.unparse(call.func) in made} - {
        "cli/command.py"
    }


# Arrows ------------------------------------------------------------------------------------------


def test_every_part_of_the_house_has_its_line_in_the_table() -> None:
    parts = {part_of(name) for name in FILES}

    assert parts - ARROWS.keys() == set()


def test_a_module_imports_only_what_lies_below_it_in_the_house() -> None:
    wrong = [
        f"{place} imports {module}; {part_of(name)} may import {sorted(ARROWS[part_of(name)])}"
        for name, place, module in imports()
        if module.startswith("mentorlog.") and part_imported(module) not in ARROWS[part_of(name)]
    ]

    assert wrong == []


def test_only_the_commands_and_the_entry_may_import_the_commands() -> None:
    importers = {part for part, allowed in ARROWS.items() if "cli" in allowed}

    assert importers == {"cli", "__main__"}


def test_a_package_from_outside_is_imported_only_where_it_is_at_home() -> None:
    wrong = [
        f"{place} imports {module}, which is at home in {HOMES[package] or 'no module'}"
        for name, place, module in imports()
        if (package := module.split(".")[0]) in HOMES
        if not name.startswith(HOMES[package] or "nowhere")
    ]

    assert wrong == []


def test_the_house_imports_by_whole_names() -> None:
    relative = [place for _name, place, module in imports() if module.startswith(".")]

    assert relative == []


def test_the_domain_stands_on_the_standard_library_and_dateutil_and_reads_no_file() -> None:
    used = {
        module.split(".")[0] for name, _place, module in imports() if name.startswith("domain/")
    }

    assert used & NOT_FOR_DOMAIN == set()
    assert used - sys.stdlib_module_names <= OUTSIDE_FOR_DOMAIN | {"mentorlog"}


# One place for one thing -------------------------------------------------------------------------


def test_sql_is_written_in_the_storage_alone() -> None:
    homes = {name for name, _place, text in strings() if SQL.search(text)}

    assert {name for name in homes if not name.startswith("storage/")} == set()
    assert {"storage/schema.py", "storage/ledger.py", "storage/queries.py"} <= homes


def test_everything_is_caught_only_at_the_one_boundary() -> None:
    swallowing = [
        place
        for place, handler in handlers()
        if caught(handler) & {"Exception", "BaseException"} and not raises_again(handler)
    ]
    suppressing = [
        place
        for _name, place, call in calls()
        if ast.unparse(call.func) == "contextlib.suppress"
        if {ast.unparse(each) for each in call.args} & {"Exception", "BaseException"}
    ]

    assert {place.split(":")[0] for place in swallowing} == {"mentorlog/__main__.py"}
    assert suppressing == []


def test_the_clock_is_read_in_as_few_places_as_the_table_says() -> None:
    readers = {name for name, _place, call in calls() if ast.unparse(call.func) in CLOCKS}

    assert readers == CLOCK_READERS


def test_nothing_is_printed_or_asked_past_the_context() -> None:
    past = {"print", "input", "typer.echo", "typer.secho", "typer.prompt", "typer.confirm"}

    assert [place for _name, place, call in calls() if ast.unparse(call.func) in past] == []


# Names and forms ---------------------------------------------------------------------------------


def test_every_module_has_a_docstring_that_says_what_lives_there() -> None:
    without = [name for name in FILES if not (ast.get_docstring(tree(name)) or "").strip()]

    assert without == []


def test_no_module_has_a_name_that_could_hold_anything() -> None:
    vague = [name for name in FILES if VAGUE & set(re.split(r"[/_.]", name))]

    assert vague == []


def test_a_module_with_commands_keeps_its_annotations_as_types() -> None:
    slow = {name for name, _place, module in imports() if module == "__future__"} & with_commands()

    assert slow == set(), "Typer would evaluate every annotation twice: see cli/command.py"


def test_every_command_is_in_a_module_that_is_seen_as_one_with_commands() -> None:
    modules = {f"cli/{entry.module}.py" for entry in COMMANDS.values()}

    assert modules - with_commands() == set()
