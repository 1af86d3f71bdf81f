"""The agreement in a Markdown document: the version in force whole, of those before what was different."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from mentorlog.domain.agreement import WORDS
from mentorlog.export.material import Item
from mentorlog.export.wording import UNKNOWN, dated, label, line, other_role, said
from mentorlog.i18n import N_, _
from mentorlog.labels import code_label

# "My background" is mine to me only; the other reads whose it is.
_OF_A_ROLE = {
    "background": N_("Background of the {role}"),
    "expectations": N_("What the {role} expects"),
}


def agreement_section(versions: Sequence[Item], my_role: str | None) -> Iterator[str]:
    """Yield the last of the `versions` and what the others said; see `wording.side` for `my_role`."""
    if not versions:
        return
    yield "## " + _("Agreement")
    yield dated(_("Agreed {day}"), versions[-1].day("agreed_on")) or ""
    for name in WORDS:
        if text := said(versions[-1], name):
            yield line(_called(name, my_role), text)
    for before, after in reversed(list(pairwise(versions))):
        yield "### " + (dated(_("Agreed before, {day}"), before.day("agreed_on")) or "")
        differing = [name for name in WORDS if said(before, name) != said(after, name)]
        for name in differing:
            yield line(_called(name, my_role), said(before, name) or UNKNOWN)
        if not differing:
            yield _("The same, word for word.")


def _called(name: str, my_role: str | None) -> str:
    """Return what a term is called."""
    whose, _underscore, what = name.partition("_")
    if my_role is None or what not in _OF_A_ROLE:
        return label(name)
    role = my_role if whose == "my" else other_role(my_role)
    return _(_OF_A_ROLE[what]).format(role=code_label("my_role", role))
