"""The figures as tables for people, a hundred columns at most; what is not reached has a mark."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from tests.benchmarks.targets import Figure

_FORMS = {"ms": "{:,.1f}", "sqlite3 ms": "{:,.1f}", "MB": "{:,.1f}", "records/s": "{:,.0f}"}
_UNITS = ("ms", "× python", "× floor", "× smallest", "MB", "sqlite3 ms")

_Rows = dict[str, dict[str, Figure]]


def of_journal(records: int, figures: Iterable[Figure]) -> Iterator[str]:
    """Yield the lines of all commands on one journal."""
    rows: _Rows = {}
    for each in figures:
        if each.records == records:
            rows.setdefault(each.of, {})[each.unit] = each
    units = [unit for unit in _UNITS if any(unit in row for row in rows.values())]
    yield from _table(f"{records:,} records", units, rows)


def of_growth(figures: Iterable[Figure]) -> Iterator[str]:
    """Yield the lines of what each command takes on each journal, in milliseconds."""
    yield from _by_records(
        "ms, by records", ((each.of, each) for each in figures if each.unit == "ms")
    )


def of_volumes(figures: Iterable[Figure]) -> Iterator[str]:
    """Yield the lines of what concerns a journal as a whole."""
    named = ((f"{each.of}, {each.unit}", each) for each in figures)
    yield from _by_records("all of it, by records", named)


def of_peers(figures: Iterable[Figure]) -> Iterator[str]:
    """Yield the lines of how many times as long as ours others take."""
    times = ((each.of, each) for each in figures if each.unit == "×")
    yield from _by_records("× ours, by records", times)


def of_verdict(figures: Iterable[Figure]) -> Iterator[str]:
    """Yield how many figures are reached, and each that is not."""
    judged = [each for each in figures if each.allowed is not None]
    missed = [each for each in judged if not each.is_reached]
    yield f"{len(judged) - len(missed)} of {len(judged)} figures are reached."
    for each in missed:
        found = f"{_value(each)} {each.unit}, wanted {_asked(each)}"
        yield f"! {each.of}, {each.records:,} records: {found}"


def _by_records(title: str, figures: Iterable[tuple[str, Figure]]) -> Iterator[str]:
    """Yield a table with a row for each name and a column for each journal."""
    rows: _Rows = {}
    sizes = set[int]()
    for name, each in figures:
        rows.setdefault(name, {})[f"{each.records:,}"] = each
        sizes.add(each.records)
    yield from _table(title, [f"{records:,}" for records in sorted(sizes)], rows)


def _table(
    title: str, names: Sequence[str], rows: Mapping[str, Mapping[str, Figure]]
) -> Iterator[str]:
    """Yield a table: beside each figure what is asked of it, where anything in its column is."""
    first = max(len(name) for name in (title, *rows))
    columns = [[title, *rows]]
    for name in names:
        cells = [row.get(name) for row in rows.values()]
        columns.append(_aligned([name, *("" if each is None else _marked(each) for each in cells)]))
        columns.append(_before([""] + ["" if each is None else _asked(each) for each in cells]))
    for head, *others in zip(*columns, strict=True):
        yield (f"{head:<{first}}" + "".join(others)).rstrip()


def _aligned(cells: list[str]) -> list[str]:
    width = max(map(len, cells)) + 2
    return [f"{each:>{width}}" for each in cells]


def _before(cells: list[str]) -> list[str]:
    """Return cells that stand close after others."""
    width = max(map(len, cells))
    return [f" {each:<{width}}" if width else "" for each in cells]


def _marked(figure: Figure) -> str:
    return f"{'' if figure.is_reached else '! '}{_value(figure)}"


def _asked(figure: Figure) -> str:
    if figure.allowed is None:
        return ""
    return f"{'≥' if figure.at_least else '≤'} {figure.allowed:,g}"


def _value(figure: Figure) -> str:
    return _FORMS.get(figure.unit, "{:,.2f}").format(figure.value)
