"""What is asked about feedback, given or received: what was said, and what will change."""

from mentorlog.forms.prompt import Prompt
from mentorlog.i18n import _


def questions(direction: str) -> list[Prompt]:
    """Return the questions about feedback in that direction.

    What was given waits for a change only where one is meant; what was received does either way.
    """
    if direction == "given":
        said = _("What did you tell them?")
        hint = _("Enter: nothing needs to, which is a fine answer")
    else:
        said = _("What did they tell you?")
        hint = _("Enter: not decided; that nothing needs to is a fine answer too")
    return [
        Prompt("text", said, is_needed=True),
        Prompt("will_change", _("What will change because of it?"), hint),
    ]
