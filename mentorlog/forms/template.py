"""A form as a text for an editor, and the answers read back from it.

A line "#: key" opens the part of that question, "#::" is help, such as its hint; every other line is
text, kept as it is but for blank lines around it. In a list each line is an item, and an indented line
goes on with the one before. A line of text that would look like a heading gets a backslash before it on
the way out and loses it on the way in. A heading that is none of the form's is refused: its text might
be private.
"""

from mentorlog.errors import InvalidValue
from mentorlog.forms.prompt import Answers, Prompt
from mentorlog.i18n import _

_MARK, _HELP = "#: ", "#::"
_GOES_ON = "  "
_ENTER = "Enter"  # the key is called so in every language


def to_text(questions: list[Prompt], answers: Answers) -> str:
    """Return the form with what is answered already filled in."""
    lines = _help(_("Write below each heading; leave empty what does not apply."))
    if any(_ENTER in question.hint for question in questions):
        lines += _help(_("Where a hint speaks of Enter, leave it empty."))
    for question in questions:
        about = f" [{question.about}]" if question.about else ""
        lines.append(f"{_MARK}{question.key}{about} {question.text}")
        lines += _help(question.hint)
        said = answers.get(question.key, question.present or question.default)
        if isinstance(said, list):
            said = "\n".join(item.strip().replace("\n", f"\n{_GOES_ON}") for item in said)
        lines += [_guarded(line) for line in said.split("\n")]
        lines.append("")
    return "\n".join(lines)


def from_text(questions: list[Prompt], text: str) -> Answers:
    """Return the answers in a text that `to_text` made and a person has written in.

    Raises InvalidValue for text above the first heading and for a heading that is none of the form's.
    """
    known = {question.key: question for question in questions}
    parts: dict[str, list[str]] = {}
    part: list[str] | None = None
    for line in text.split("\n"):
        if line.startswith(_HELP):
            continue
        if line.startswith(_MARK):
            key = line.removeprefix(_MARK).split(" ", 1)[0]
            if key not in known:
                raise InvalidValue("--edit", line.removeprefix(_MARK), "no-such-heading")
            part = parts.setdefault(key, [])
        elif part is not None:
            part.append(_unguarded(line))
        elif line.strip():
            raise InvalidValue("--edit", "", "before-any-heading")
    return {
        key: _items(lines) if known[key].is_list else "\n".join(lines).strip("\n")
        for key, lines in parts.items()
    }


def _help(text: str) -> list[str]:
    return [f"{_HELP} {line}" for line in text.splitlines()]


def _items(lines: list[str]) -> list[str]:
    items: list[str] = []
    for line in lines:
        if items and line.startswith(_GOES_ON):
            items[-1] += "\n" + line.removeprefix(_GOES_ON)
        elif line.strip():
            items.append(line)
    return items


def _guarded(line: str) -> str:
    return "\\" + line if line.lstrip("\\").startswith("#:") else line


def _unguarded(line: str) -> str:
    return line[1:] if line.startswith("\\") and line.lstrip("\\").startswith("#:") else line
