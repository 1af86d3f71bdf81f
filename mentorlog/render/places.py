"""Where in a file something stands, in words."""

from mentorlog.errors import Place
from mentorlog.i18n import _, listing
from mentorlog.labels import kind_label
from mentorlog.text import visible


def place_text(place: Place) -> str:
    """Return a place as far as it is known: "entry 17, line 203", "record 12 (meeting), line 14"."""
    parts = [visible(place.within)]
    if place.entry and place.kind:
        said = _("record {number} ({kind})")
        parts.append(said.format(number=place.entry, kind=kind_label(place.kind)))
    elif place.entry:
        parts.append(_("entry {number}").format(number=place.entry))
    if place.line:
        parts.append(_("line {number}").format(number=place.line))
    return listing(filter(None, parts))
