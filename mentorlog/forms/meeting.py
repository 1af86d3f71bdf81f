"""What is asked about a meeting, in order, and the account that the answers make.

Options, standard input, the guided form and the editor all give the same answers, as they were typed;
they are read here, once, before anything is written.
"""

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any

from mentorlog.domain.brief import Brief
from mentorlog.domain.meeting import Meeting
from mentorlog.domain.pair import CHANNELS
from mentorlog.domain.record import new_uid, shapes
from mentorlog.domain.when import parse_day, split_due
from mentorlog.errors import MentorlogError
from mentorlog.forms.prompt import Answers, Prompt
from mentorlog.forms.values import is_yes, parse_value
from mentorlog.i18n import _, listing
from mentorlog.labels import choice_label
from mentorlog.text import first_line, keepable
from mentorlog.workflows.meetings import Account, Promise

# The answers that only say when and how; the others are what there is to keep.
CIRCUMSTANCES = ("on", "at", "via", "share", "kickoff")

# A first meeting has its own topics, how long and in which way is agreed on, and no advice or insight
# has to come of it yet.
_NOT_OF_A_KICKOFF = ("topic", "insight", "advice", "minutes", "via")


def questions(
    brief: Brief | None, today: date, my_role: str, beginning: Sequence[Prompt] = ()
) -> list[Prompt]:
    """Return what to ask about a meeting: first what was open, then what was said.

    A new pair has no brief yet; `my_role` words the question about advice. A kick-off asks about its
    `beginning` before the rest, and less of the rest.
    """
    open_items = [] if brief is None else _about_open_items(brief)
    rest = [*open_items, *_about_the_talk(my_role, today), *_about_the_rest(brief, today)]
    if beginning:
        rest = [each for each in rest if each.key not in _NOT_OF_A_KICKOFF]
    return [_day(today), *beginning, *rest]


# The question that a refused field was answered to, where the two have different names.
_ASKED_AS = {
    "held_on": "on",
    "next_on": "next",
    "channel": "via",
    "start_time": "at",
    "cadence": "agreed.cadence",
    "term_ends_on": "agreed.term",
}


def place_of(asked: list[Prompt], refusal: MentorlogError) -> int:
    """Return the place of the question whose answer was refused, or the first."""
    field = getattr(refusal, "field", "")
    about = getattr(refusal, "record", "")
    for place, each in enumerate(asked):
        if each.key == _ASKED_AS.get(field, field) or (about and each.key.endswith(f":{about}")):
            return place
    return 0


def account_of(answers: Answers, today: date, uid: str | None = None) -> Account:
    """Return the account that the answers make; InvalidValue names the first that cannot be read.

    `today` is the day that dates count from; the next meeting and due days count from the meeting.
    """
    for key, said in answers.items():
        for text in [said] if isinstance(said, str) else said:
            keepable(key, text)  # before a draft is made of it
    held_on = _held_on(answers, today)
    value = partial(_field, answers, held_on)
    return Account(
        uid=uid or new_uid(),
        held_on=held_on,
        start_time=value("at", "start_time"),
        minutes=value("minutes", "minutes"),
        channel=value("via", "channel"),
        topics=tuple(_list(answers, "topic")),
        summary=_text(answers, "summary"),
        notes=_text(answers, "notes"),
        pulse=value("pulse", "pulse"),
        next_on=value("next", "next_on"),
        is_shared=is_yes("visibility", _text(answers, "share") or "no"),
        insights=tuple(_list(answers, "insight")),
        promises=tuple(_promises(answers, held_on)),
        questions=tuple(_list(answers, "question")),
        done=tuple(ref for ref, said in _by_id(answers, "done") if is_yes("state", said)),
        told=tuple(_by_id(answers, "told")),
        answers=tuple(_by_id(answers, "answer")),
        is_kickoff="kickoff" in answers,
        **_begun(answers, held_on),
    )


def _begun(answers: Answers, held_on: date) -> dict[str, Any]:
    """Return what a kick-off adds to an account, read only where there is something of it."""
    if not any(key == "goal" or "." in key for key in answers):
        return {}
    from mentorlog.forms import kickoff

    return {
        "agreement": kickoff.terms(answers, held_on),
        "goals": tuple(_promise(typed, held_on) for typed in _list(answers, "goal")),
        "ratings": kickoff.ratings(answers, held_on),
    }


def _day(today: date) -> Prompt:
    return Prompt(
        "on",
        _("When was it?"),
        _("yesterday, last fri, 22 Nov …"),
        default=_("today"),
        check=partial(parse_day, today=today, field="held_on"),
    )


def _about_open_items(brief: Brief) -> list[Prompt]:
    mine = brief.pair.my_role == "mentee"
    came_of_it = _("What came of the advice?") if mine else _("What came of your advice?")
    told = [
        Prompt(
            f"told:{each.id}",
            came_of_it,
            _("Enter: not told yet"),
            about=f"{each.id}  {first_line(each.text)}",
        )
        for each in brief.advice
    ]
    done = [
        Prompt(
            f"done:{each.id}",
            _("Is it done?") if each.owner == "me" else _("Have they done it?"),
            _("y for yes; Enter: it stays open"),
            about=f"{each.id}  {first_line(each.text)}",
            check=partial(is_yes, "state"),
        )
        for each in brief.actions
    ]
    answered = [
        Prompt(
            f"answer:{each.id}",
            _("What was the answer?"),
            _("Enter: not raised yet"),
            about=f"{each.id}  {first_line(each.text)}",
        )
        for each in brief.questions
    ]
    return [*told, *done, *answered]


def _about_the_talk(my_role: str, today: date) -> list[Prompt]:
    due = partial(_promise, since=today)
    advice = _("What did you advise?") if my_role == "mentor" else _("What were you advised?")
    with_date = _("due:fri sets a date; Enter when that is all")
    return [
        Prompt(
            "topic",
            _("What did you talk about?"),
            _("a topic at a time; Enter when that is all"),
            is_list=True,
        ),
        Prompt("summary", _("What was said, in short?"), _("may be shared later; Enter skips")),
        Prompt("notes", _("Notes for yourself?"), _("never shared; Enter skips")),
        Prompt("insight", _("What did you notice?"), _("Enter when that is all"), is_list=True),
        Prompt("action", _("What will you do?"), with_date, is_list=True, check=due),
        Prompt("their_action", _("What will they do?"), with_date, is_list=True, check=due),
        Prompt(
            "advice",
            advice,
            _("you will be asked what came of it; Enter when that is all"),
            is_list=True,
            check=due,
        ),
        Prompt(
            "question",
            _("What do you want to raise next time?"),
            _("Enter when that is all"),
            is_list=True,
        ),
    ]


def _about_the_rest(brief: Brief | None, today: date) -> list[Prompt]:
    last = brief.last_meeting if brief is not None else None
    pair = brief.pair if brief is not None else None
    minutes = (last and last.minutes) or (pair and pair.minutes) or ""
    channel = (last and last.channel) or (pair and pair.channel) or ""
    return [
        Prompt(
            "minutes",
            _("How many minutes?"),
            "" if minutes else _("Enter skips"),
            default=str(minutes),
            check=_reads("minutes", today),
        ),
        Prompt(
            "via",
            _("In which way?"),
            listing(choice_label("channel", each) for each in CHANNELS),
            default=channel,
            check=_reads("channel", today),
        ),
        Prompt(
            "pulse",
            _("How do the two of you get on, 1 to 4?"),
            _("1 badly, 4 very well; never shared; Enter skips"),
            check=_reads("pulse", today),
        ),
        Prompt(
            "next",
            _("When is the next one?"),
            _("+2w, fri, 6 Dec …; counts from the meeting; Enter: not agreed"),
            check=_reads("next_on", today),
        ),
    ]


def _reads(name: str, today: date) -> partial[object]:
    return partial(parse_value, name, shapes(Meeting)[name], today=today)


def _held_on(answers: Answers, today: date) -> date:
    typed = _text(answers, "on")
    return today if typed is None else parse_day(typed, today, "held_on")


def _field(answers: Answers, since: date, key: str, name: str) -> Any:
    return parse_value(name, shapes(Meeting)[name], _text(answers, key) or "", since)


def _promises(answers: Answers, since: date) -> list[Promise]:
    owners = {"action": "me", "their_action": "partner", "advice": None}
    return [
        _promise(typed, since, owner)
        for key, owner in owners.items()
        for typed in _list(answers, key)
    ]


def _promise(typed: str, since: date, owner: str | None = None) -> Promise:
    text, due_on = split_due(typed, since)
    return Promise(text, due_on, owner)


def _by_id(answers: Answers, verb: str) -> list[tuple[str, str]]:
    found = []
    for key, said in answers.items():
        if key.startswith(f"{verb}:") and isinstance(said, str) and said.strip():
            found.append((key.removeprefix(f"{verb}:"), said))
    return found


def _text(answers: Answers, key: str) -> str | None:
    said = answers.get(key)
    return said if isinstance(said, str) and said.strip() else None


def _list(answers: Answers, key: str) -> list[str]:
    said = answers.get(key, [])
    return [each for each in ([said] if isinstance(said, str) else said) if each.strip()]
