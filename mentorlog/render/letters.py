"""Short, kind messages to the partner: a pause, a shorter term, an end, thanks. No Rich here.

They are in the pair's language, whatever the program speaks, and ready to be edited. Why, they never
say: that is the user's to tell. A mentor and a mentee write differently.
"""

from collections.abc import Sequence

from mentorlog import i18n
from mentorlog.domain.cadence import Pause
from mentorlog.domain.pair import Pair
from mentorlog.i18n import N_, Spoken
from mentorlog.render.cells import wrapped
from mentorlog.text import visible

_WIDEST = 72  # cells of a line, as mail is written
_GREETING = N_("Hello {partner},")
# A name that ends in one of these is one to call somebody by in Japanese, as it stands.
_HONORIFICS = ("さん", "様", "さま", "先生", "先輩")

_PAUSE = {
    "mentor": N_(
        "I would like us to pause our meetings from {since} and to go on again from {until}.\n"
        "Until then, note down whatever you would like to talk about; I look forward to hearing it.\n"
        "If another day suits you better, just tell me."
    ),
    "mentee": N_(
        "I would like to pause our meetings from {since} and to go on again from {until}.\n"
        "Thank you for all the time you have given me so far. I look forward to going on.\n"
        "If another day suits you better, please tell me."
    ),
}
_OPEN_PAUSE = {
    "mentor": N_(
        "I would like us to pause our meetings from {since}.\n"
        "I cannot name a day for going on yet, and will write to you as soon as I can.\n"
        "Until then, note down whatever you would like to talk about; I look forward to hearing it."
    ),
    "mentee": N_(
        "I would like to pause our meetings from {since}.\n"
        "I cannot name a day for going on yet, and will write to you as soon as I can.\n"
        "Thank you for all the time you have given me so far."
    ),
}
_SHORTER = {
    "mentor": N_(
        "I would like us to bring our meetings to a close by {day}, earlier than we had planned.\n"
        "It would be good to meet once more before then, to look back and to see what comes next"
        " for you.\n"
        "Thank you for your trust, and for all that I have learned from you."
    ),
    "mentee": N_(
        "I would like to bring our meetings to a close by {day}, earlier than we had planned.\n"
        "It would mean a lot to me to meet once more before then, to look back and to thank you.\n"
        "I have learned a great deal from you."
    ),
}
_DONE = {
    "mentor": N_(
        "Our meetings have come to an end, and I am glad to see what you have achieved.\n"
        "Thank you for your trust, and for all that I have learned from you.\n"
        "What you have told me stays between us. I wish you all the best."
    ),
    "mentee": N_(
        "Our meetings have come to an end. Thank you for what we have achieved together.\n"
        "I will not forget the time and the thought that you gave me.\n"
        "What you have told me stays between us. I wish you all the best."
    ),
}
_END = {
    "mentor": N_(
        "I would like us to end our meetings here.\n"
        "Thank you for your time and your openness, and for what I have learned from you.\n"
        "What you have told me stays between us. I wish you all the best."
    ),
    "mentee": N_(
        "I would like to end our meetings here.\n"
        "Thank you for your time, and for all that you have shared with me.\n"
        "What you have told me stays between us. I wish you all the best."
    ),
}

_THANKS = {
    "mentor": N_(
        "I have looked back on our meetings, and I would like to thank you: for your trust, and for"
        " the work you have put into this."
    ),
    "mentee": N_(
        "I have looked back on our meetings, and I would like to thank you: for your time, and for"
        " the thought that you have given me."
    ),
}
_TO_REMEMBER = N_("This is what I like to remember:")
_GOAL_REACHED = N_("That we reached “{goal}”")
_THANKS_SO_FAR = {
    "mentor": N_("I have learned from you as well."),
    "mentee": N_("It has made a difference to me."),
}
_THANKS_GOING_ON = {
    "mentor": N_("I have learned from you as well, and I look forward to going on with you."),
    "mentee": N_("It has made a difference to me, and I look forward to going on with you."),
}
_THANKS_AT_THE_END = {
    "mentor": N_(
        "I have learned from you as well. What you have told me stays between us.\n"
        "I wish you all the best, and would be glad to hear from you now and then."
    ),
    "mentee": N_(
        "It has made a difference to me, and I will not forget it. What you have told me stays"
        " between us.\n"
        "I wish you all the best, and will gladly let you know how I get on."
    ),
}

_CLOSINGS = {
    "continue": _THANKS_GOING_ON,
    "extend": _THANKS_GOING_ON,
    "end": _THANKS_AT_THE_END,
}


def about_a_pause(pair: Pair, pause: Pause) -> str:
    """Return a message that asks for a pause."""
    speech = _speech(pair)
    if pause.until_on is None:
        said = speech.text(_OPEN_PAUSE[pair.my_role])
        return _letter(pair, speech, said.format(since=speech.day(pause.from_on)))
    said = speech.text(_PAUSE[pair.my_role])
    since, until = speech.day(pause.from_on), speech.day(pause.until_on)
    return _letter(pair, speech, said.format(since=since, until=until))


def about_a_shorter_term(pair: Pair) -> str:
    """Return a message that asks to finish earlier, on the day the term ends by now."""
    speech = _speech(pair)
    day = "" if pair.term_ends_on is None else speech.day(pair.term_ends_on)
    return _letter(pair, speech, speech.text(_SHORTER[pair.my_role]).format(day=day))


def farewell(pair: Pair) -> str:
    """Return a message that says goodbye and thanks; why the pair has ended shows only in what is kind."""
    speech = _speech(pair)
    said = _DONE if pair.ended_because == "done" else _END
    return _letter(pair, speech, speech.text(said[pair.my_role]))


def goal_reached(pair: Pair, goal: str) -> str:
    """Return a goal that was reached as something to remember."""
    return _speech(pair).text(_GOAL_REACHED).format(goal=goal)


def thanks(pair: Pair, highlights: Sequence[str], decision: str | None) -> str:
    """Return a message of thanks at the end of a term, which may be the end of the pair too.

    It promises no more than the `decision` does. `highlights` are what the two may both look back on,
    each in a line; the caller answers for it that the partner may see them.
    """
    speech = _speech(pair)
    mark = "・" if speech.code == "ja" else "- "
    remembered = [speech.text(_TO_REMEMBER), *(mark + each for each in highlights)]
    closing = _CLOSINGS.get(decision or "", _THANKS_SO_FAR)
    parts = [
        speech.text(_THANKS[pair.my_role]),
        *(["\n".join(remembered)] if highlights else []),
        speech.text(closing[pair.my_role]),
    ]
    return _letter(pair, speech, "\n\n".join(parts))


def _speech(pair: Pair) -> Spoken:
    return i18n.spoken(pair.language or i18n.language)


def _letter(pair: Pair, speech: Spoken, said: str) -> str:
    is_polite = speech.code == "ja" and pair.partner.endswith(_HONORIFICS)
    greeting = "{partner}" if is_polite else speech.text(_GREETING)
    return f"{greeting.format(partner=pair.partner)}\n\n{said}"


def shown(letter: str, cells: int | None) -> str:
    """Return a message for a terminal of so many cells; where that is None, its lines stay whole."""
    text = visible(letter, block=True)
    return text if cells is None else "\n".join(wrapped(text, min(cells, _WIDEST)))
