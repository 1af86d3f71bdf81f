"""What was saved of a damaged journal, as lines and as JSON. No Rich here."""

from collections.abc import Iterator
from typing import Any

from mentorlog.domain.plain import document
from mentorlog.i18n import N_, _, ngettext
from mentorlog.render.cells import wrapped
from mentorlog.render.counts import records_text
from mentorlog.render.doctor import listed
from mentorlog.storage.doctor.salvage import Salvaged
from mentorlog.text import visible

_SAVED = {
    "lost": N_("Known to be lost: {records}"),
    "stand_ins": N_(
        "Lost, and an empty record put in their place, since others refer to them: {records}"
    ),
    "incomplete": N_("Parts are lost, where � stands or a field is empty: {records}"),
    "doubtful": N_(
        "Read whether these are what you wrote; the search index or the history differs: {records}"
    ),
    "unlinked": N_("What they referred to is lost: {records}"),
    "renumbered": N_("They had the number of another and have a new one: {records}"),
}


def salvaged(found: Salvaged, path: str, cells: int | None) -> str:
    """Return what was saved, what was not, and how to go on; wrapped at a terminal of so many cells."""
    place, *lines = _lines(found, path)  # the path is never broken: it is there to be copied
    if cells is not None:
        lines = [each for line in lines for each in wrapped(line, cells)]
    return "\n".join((place, *lines))


def salvaged_json(found: Salvaged, command: str) -> dict[str, Any]:
    """Return the same as a document."""
    members = found._asdict() | {"complete": found.is_complete}
    del members["is_log_whole"]
    return document("salvage", path=str(members.pop("place")), **members, do=command)


def _lines(found: Salvaged, path: str) -> Iterator[str]:
    yield _("Saved: {path}").format(path=visible(path))
    yield records_text(found.saved)
    if found.exports:
        notes = ngettext("{count} note of an export", "{count} notes of exports", found.exports)
        yield notes.format(count=found.exports)
    for name, sentence in _SAVED.items():
        refs = getattr(found, name)
        if name == "lost":
            refs = [ref for ref in refs if ref not in found.stand_ins]
        if refs:
            yield _(sentence).format(records=listed(refs))
    if not found.is_log_whole:
        yield _(
            "Part of the history is lost too, so more may be missing than is listed. Compare with your"
            " newest backup before you use this one."
        )
    elif not any(getattr(found, name) for name in _SAVED):
        yield _("Nothing is known to be lost.")
    yield _("The history begins anew: what was done before cannot be undone.")
