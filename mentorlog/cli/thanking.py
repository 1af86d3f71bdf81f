"""The letter that follows a review: which one, and what it may remind the partner of."""

from collections.abc import Collection

from mentorlog.cli.context import Context
from mentorlog.domain.insight import Insight
from mentorlog.domain.kinds import parse_reference
from mentorlog.domain.pair import Pair
from mentorlog.export.material import Item, Surroundings, gather
from mentorlog.forms.prompt import Answers
from mentorlog.forms.review_answers import achieved_by, read_because, read_decision
from mentorlog.render import letters
from mentorlog.storage import goals
from mentorlog.storage.exports import former_names
from mentorlog.storage.pairs import all_pairs
from mentorlog.workflows.reviewing import Reviewed

MOST_HIGHLIGHTS = 5


def drafted(here: Context, pair: Pair, said: Answers) -> str:
    """Return the letter as it is drafted in a review of which so much was said, and nothing kept yet."""
    decision, because = (str(said.get(key, "")) for key in ("decision", "because"))
    return _letter(here, pair, read_decision(decision), read_because(because), achieved_by(said))


def highlights(here: Context, pair: Pair, achieved: Collection[str] = ()) -> list[str]:
    """Return what the two may both look back on: the goals reached, then the latest insights.

    They are those that an export for the partner would hold, as it would hold them. The goals in
    `achieved` are about to be.
    """
    known = [each.goal for each in goals.goals(here.journal, pair.id, everything=True)]
    reached = [each for each in known if each.state == "achieved" or each.id in achieved]
    noticed = here.journal.find(Insight, "pair = ?", (parse_reference(pair.id, "pair")[1],))
    around = Surroundings(all_pairs(here.journal), {}, former_names=former_names(here.journal))
    going = gather(pair, [*reached, *noticed], around, "partner", here.today)
    aims = [letters.goal_reached(pair, text) for text in _first_lines(going.of_kind("goal"))]
    aims, insights = aims[-MOST_HIGHLIGHTS:], _first_lines(going.of_kind("insight"))
    return [*aims, *insights[max(0, len(insights) + len(aims) - MOST_HIGHLIGHTS) :]]


def message(here: Context, reviewed: Reviewed, *, is_final: bool, letter: str | None) -> str | None:
    """Return the message to send after a review, where there is one: its own `letter` or a drafted one.

    A blank letter was taken away: then there is none.
    """
    pair, decision = reviewed.pair, reviewed.review.decision
    pause = pair.unfinished_pause(here.today)
    if decision == "pause":
        return None if pause is None else letters.about_a_pause(pair, pause)
    if decision == "shorten":
        return letters.about_a_shorter_term(pair)
    if letter is not None:
        return letter or None
    if is_final or pair.state == "ended":
        return _letter(here, pair, decision, pair.ended_because)
    return None


def _letter(
    here: Context,
    pair: Pair,
    decision: str | None,
    because: str | None,
    achieved: Collection[str] = (),
) -> str:
    """Return a letter of thanks or, where the two part for another reason than being done, a farewell."""
    if decision == "end" and because != "done":
        return letters.farewell(pair)
    ends_with = "end" if pair.state == "ended" else decision
    return letters.thanks(pair, highlights(here, pair, achieved), ends_with)


def _first_lines(items: list[Item]) -> list[str]:
    texts = (each.text("text") or each.text("statement") or "" for each in items)
    return [line for text in texts if (line := text.strip().partition("\n")[0].rstrip())]
