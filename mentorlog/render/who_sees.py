"""Who may see a record, in words: me, the partner, the programme. No Rich here."""

from collections.abc import Iterable, Sequence

from mentorlog.domain.who_sees import Sight
from mentorlog.i18n import _, listing
from mentorlog.labels import field_label
from mentorlog.render.cells import wrapped
from mentorlog.render.lines import SEPARATOR


def seen_by(sights: Sequence[Sight]) -> str:
    """Return who sees a record, me first; who sees nothing of it, ever, is not named."""
    others = [_SAID[sight.audience](sight) for sight in sights]
    if not any(others):
        return _("only me")
    return SEPARATOR.join([_("me"), *filter(None, others)])


def below(sights: Sequence[Sight], cells: int | None) -> str:
    """Return the same as lines below a record's own, no wider than `cells` if given."""
    said = _("{label}: {text}").format(label=_("seen by"), text=seen_by(sights))
    lines = [said] if cells is None else wrapped(said, cells - 6)
    return "    " + "\n      ".join(lines)


def _partner(sight: Sight) -> str | None:
    never = _names(sight.never)
    if sight.now and sight.once_shared:
        said = _("the partner: {fields}; more once it is shared").format(fields=_names(sight.now))
        return _("{who}, but never {fields}").format(who=said, fields=never) if never else said
    if sight.once_shared:
        said = _once(sight.to_share)
    elif sight.now:
        said = _("the partner")
    else:
        return None
    return _("{who}, except {fields}").format(who=said, fields=never) if never else said


def _once(to_share: Sequence[str]) -> str:
    """Return what has to be shared first: the record, or what it goes with, too."""
    *before, last = to_share
    if before:
        return _("the partner once it and {id} are shared").format(id=last)
    return _("the partner once {id} is shared").format(id=last)


def _programme(sight: Sight) -> str | None:
    if sight.now and sight.is_counted:
        return _("the programme: {fields}, and in numbers").format(fields=_names(sight.now))
    if sight.now:
        return _("the programme: {fields}").format(fields=_names(sight.now))
    return _("the programme, as counts only") if sight.is_counted else None


def _names(fields: Iterable[str]) -> str:
    return listing(field_label(name) for name in fields)


_SAID = {"partner": _partner, "programme": _programme}
