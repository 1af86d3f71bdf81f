"""How ratings of skills compare with those before. No Rich here."""

from collections.abc import Sequence

from mentorlog.domain.assessment import Change
from mentorlog.i18n import _, listing
from mentorlog.labels import code_label


def risen_and_fallen(changes: Sequence[Change]) -> list[str]:
    """Return a line for the skills rated higher than before and one for those rated lower."""
    risen = [_change(each) for each in changes if each.is_rise]
    fallen = [_change(each) for each in changes if not each.is_rise]
    lines = [_("higher than last time: {skills}").format(skills=listing(risen))] if risen else []
    if fallen:
        lines.append(_("lower than last time: {skills}").format(skills=listing(fallen)))
    return lines


def _change(change: Change) -> str:
    return f"{code_label('ratings', change.skill)} {change.before} → {change.now}"
