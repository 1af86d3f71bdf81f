"""The settings, as `config list` shows them. No Rich here."""

from collections.abc import Sequence
from typing import Any

from mentorlog.i18n import N_, _
from mentorlog.render.style import Style
from mentorlog.text import visible

_ORIGINS = {"environment": N_("environment"), "file": N_("file"), "default": N_("default")}


def settings(rows: Sequence[dict[str, Any]], file: str, journal: str, style: Style) -> str:
    """Return the settings with what each means, then where the files are."""
    lines = []
    for row in rows:
        value = visible(str(row["value"] or "")) or _("unset")
        origin = _(_ORIGINS.get(row["origin"], row["origin"]))
        lines.append(f"{style.bold(row['name'])} = {value}  ({origin})")
        lines.append("  " + style.dim(f"{row['help']} · {row['variable']}"))
    lines += ["", _("Settings are in {path}").format(path=visible(file))]
    lines.append(_("The journal is in {path}").format(path=visible(journal)))
    return "\n".join(lines)
