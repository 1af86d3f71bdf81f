"""The settings, as `config list` shows them. No Rich here."""

from collections.abc import Mapping, Sequence
from typing import Any

from mentorlog.i18n import N_, _
from mentorlog.render.style import Style
from mentorlog.text import visible

_ORIGINS = {"environment": N_("environment"), "file": N_("file"), "default": N_("default")}


def settings(rows: Sequence[dict[str, Any]], problems: Mapping[str, str], style: Style) -> str:
    """Return the settings with what each means and, by its name, what is wrong with its value."""
    lines = []
    for row in rows:
        value = visible(str(row["value"] or "")) or _("unset")
        lines.append(f"{style.bold(row['name'])} = {value}  ({_(_ORIGINS[row['origin']])})")
        lines.append("  " + style.dim(f"{row['help']} · {row['variable']}"))
        if row["name"] in problems:
            lines.append("  " + style.warm(problems[row["name"]]))
    return "\n".join(lines)
