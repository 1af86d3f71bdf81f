"""A form as a text for an editor, and the answers read back from it, exactly.

A line "#: key" opens the part of that question; every other line is text. A line of text that would
look like such a line gets a backslash before it on the way out and loses it on the way in.
"""

from mentorlog.forms.prompt import Answers, Prompt
from mentorlog.i18n import _

_MARK = "#: "


def to_text(questions: list[Prompt], answers: Answers) -> str:
    """Return the form with what is answered already filled in."""
    lines = [
        f"{_MARK}"
        + _("Write below each heading; leave empty what does not apply. due:fri sets a date.")
    ]
    for question in questions:
        about = f" [{question.about}]" if question.about else ""
        lines.append(f"{_MARK}{question.key}{about} {question.text}")
        said = answers.get(question.key, [] if question.is_list else question.default)
        written = said if isinstance(said, list) else said.split("\n")
        lines += [_guarded(line) for line in written]
        lines.append("")
    return "\n".join(lines)


def from_text(questions: list[Prompt], text: str) -> Answers:
    """Return the answers in a text that `to_text` made and a person has written in."""
    known = {question.key: question for question in questions}
    parts: dict[str, list[str]] = {}
    part: list[str] = []
    for line in text.split("\n"):
        key = line.removeprefix(_MARK).split(" ", 1)[0] if line.startswith(_MARK) else None
        if key in known:
            part = parts.setdefault(key, [])
        elif key is None:
            part.append(_unguarded(line))
    answers: Answers = {}
    for key, lines in parts.items():
        if known[key].is_list:
            answers[key] = [line for line in lines if line.strip()]
        else:
            answers[key] = "\n".join(lines).strip("\n")
    return answers


def _guarded(line: str) -> str:
    return "\\" + line if line.lstrip("\\").startswith("#:") else line


def _unguarded(line: str) -> str:
    return line[1:] if line.startswith("\\") and line.lstrip("\\").startswith("#:") else line
