"""What is said before a pair is forgotten, and afterwards. No Rich here."""

import shlex
from pathlib import Path

from mentorlog.domain.pair import Pair
from mentorlog.domain.period import Period
from mentorlog.domain.record import local
from mentorlog.i18n import _, day, ngettext, short_day
from mentorlog.labels import field_label
from mentorlog.render.cells import wrapped
from mentorlog.render.counts import records_text, span_text
from mentorlog.render.lines import SEPARATOR
from mentorlog.storage.exports import Export
from mentorlog.storage.ledger import Write
from mentorlog.text import visible
from mentorlog.workflows.forgetting import Remains, Traces


def preview(found: Traces, cells: int | None) -> list[str]:
    """Return what would be erased, a line for each part of it; at a terminal set in below the name."""
    lines = [records_text(found.counts)] if found.counts else []
    if found.period is not None:
        lines.append(span_text(Period(*found.period)))
    if found.deleted:
        lines.append(
            ngettext(
                "{count} deleted record that undo could bring back",
                "{count} deleted records that undo could bring back",
                found.deleted,
            ).format(count=f"{found.deleted:,}")
        )
    lines += _beside(found)
    title = _("This would erase every trace of {name} ({id}):")
    name = title.format(name=visible(found.pair.partner), id=found.pair.id)
    last = _("This cannot be undone. Everything else can still be undone and redone as before.")
    return [name, *_set_in(lines, cells), last]


def _set_in(lines: list[str], cells: int | None) -> list[str]:
    """Return lines behind two spaces; what a terminal breaks stands below its beginning."""
    broken = (
        lines if cells is None else [each for line in lines for each in wrapped(line, cells - 2)]
    )
    return [f"  {line}" for line in broken]


def _beside(found: Traces) -> list[str]:
    """Return what there is of a pair beside its records."""
    lines = []
    if found.drafts:
        lines.append(_drafts_text(found.drafts))
    if found.backups:
        said = ngettext(
            "{count} automatic backup; a new one is made afterwards",
            "all {count} automatic backups; a new one is made afterwards",
            found.backups,
        )
        lines.append(said.format(count=found.backups))
    if found.exports:
        noted = ngettext(
            "the journal's note of {count} export (the file itself stays)",
            ("the journal's notes of {count} exports (the files themselves stay)"),
            len(found.exports),
        )
        lines.append(noted.format(count=len(found.exports)))
    return lines


def _drafts_text(count: int) -> str:
    return ngettext("{count} draft", "{count} drafts", count).format(count=count)


def doubtful(places: tuple[Path, ...]) -> list[str]:
    """Return the lines that name drafts of which nobody can tell whom they are about."""
    if not places:
        return []
    said = _(
        "These drafts stay: they may be about somebody else. Look at them, and remove them yourself:"
    )
    return [said, *(f"  {visible(str(place))}" for place in places)]


def receipt(found: Traces, remains: Remains) -> str:
    """Return what was erased, in one line."""
    parts = [_("Forgotten: {name}").format(name=visible(found.pair.partner))]
    total = sum(found.counts.values())
    parts.append(ngettext("{count} record", "{count} records", total).format(count=f"{total:,}"))
    if remains.drafts:
        parts.append(_drafts_text(remains.drafts))
    if remains.backups:
        backups = ngettext("{count} backup", "{count} backups", remains.backups)
        parts.append(backups.format(count=remains.backups))
    return SEPARATOR.join(parts)


def out_of_reach(found: Traces, exported_to: Path | None, cells: int | None) -> list[str]:
    """Return the exports that are known of, the one just made among them, and what else is the user's."""
    lines = []
    if found.exports:
        lines = [_("Already exported, and not erased:")]
        lines += _set_in([_export_text(each) for each in found.exports], cells)
    own = _("Any other backups, exports and copies you made are for you to remove.")
    if exported_to is not None:
        still = _("{path} still holds all of it.").format(path=visible(str(exported_to)))
        lines.append(still)
    return [*lines, own]


def _export_text(export: Export) -> str:
    records = ngettext("{count} record", "{count} records", export.records)
    parts = [
        day(local(export.at).date()),
        field_label(export.audience),
        export.format,
        records.format(count=f"{export.records:,}"),
        visible(export.place or ""),
    ]
    return SEPARATOR.join(part for part in parts if part)


def mentions(remains: Remains, pair: Pair) -> list[str]:
    """Return the lines that name the records of others which still mention somebody."""
    lines = []
    if remains.mentions:
        names = [name for name in (pair.partner, pair.alias) if name]
        look = " ".join(visible(shlex.quote(name)) for name in names[:1])
        said = _(
            "Records of others still mention the name: {ids}. To look at them: mentorlog search {name}"
        )
        lines.append(said.format(ids=_ids(remains.mentions), name=look))
    if remains.earlier:
        said = _("Earlier wordings of these did too, and stay in their history: {ids}")
        lines.append(said.format(ids=_ids(remains.earlier)))
    return lines


def next_undo(write: Write | None) -> list[str]:
    """Return the line that says what undo would take back, where there is something."""
    if write is None:
        return []
    on = short_day(local(write.at).date())
    said = _("undo would now take back: {command} ({day})")
    return [said.format(command=visible(write.command), day=on)]


def _ids(ids: tuple[str, ...]) -> str:
    return " ".join(ids[:20]) + (" …" if len(ids) > 20 else "")
