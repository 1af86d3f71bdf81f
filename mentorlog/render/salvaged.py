"""What was saved of a damaged journal, as lines and as JSON. No Rich here."""

from collections.abc import Iterator
from typing import Any

from mentorlog.domain.plain import document
from mentorlog.i18n import N_, _, ngettext
from mentorlog.render.counts import records_text
from mentorlog.render.doctor import listed
from mentorlog.render.lines import SEPARATOR
from mentorlog.storage.doctor.salvage import Salvaged
from mentorlog.text import visible

_SAVED = {
    "lost": N_("Lost: {records}"),
    "stand_ins": N_("In the place of what is lost, so that others can refer to it: {records}"),
    "incomplete": N_("Parts are lost, where � stands or a field is empty: {records}"),
    "doubtful": N_(
        "The search index or the history says otherwise. Read whether it is what you wrote: {records}"
    ),
    "unlinked": N_("What they referred to is lost: {records}"),
    "renumbered": N_("They had the number of another and have a new one: {records}"),
}


def salvaged(found: Salvaged, path: str) -> str:
    """Return what was saved, what was not, and how to go on."""
    return "\n".join(_lines(found, path))


def salvaged_json(found: Salvaged, command: str) -> dict[str, Any]:
    """Return the same as a document."""
    members = found._asdict()
    return document("salvage", path=str(members.pop("place")), **members, do=command)


def _lines(found: Salvaged, path: str) -> Iterator[str]:
    saved = _("Saved: {path}").format(path=visible(path))
    yield SEPARATOR.join((saved, records_text(found.saved)))
    if found.exports:
        notes = ngettext("{count} note of an export", "{count} notes of exports", found.exports)
        yield notes.format(count=found.exports)
    for name, sentence in _SAVED.items():
        refs = getattr(found, name)
        if refs:
            yield _(sentence).format(records=listed(refs))
    if not any(getattr(found, name) for name in _SAVED):
        yield _("Nothing is known to be lost.")
    yield _("The history begins anew: what was done before cannot be undone.")
