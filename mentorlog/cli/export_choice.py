"""What an export is made of: read from the journal as it stands at one moment, and limited as was asked.

Who may have what of it is `domain/audience.py`'s.
"""

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, cast

from mentorlog.cli.context import Context
from mentorlog.errors import NotPossible, UsageError
from mentorlog.i18n import _
from mentorlog.storage.dump import Dump, dump, snapshot
from mentorlog.storage.timeline import Slice, timeline
from mentorlog.workflows.pairs import the_pair

if TYPE_CHECKING:
    from mentorlog.domain.pair import Pair
    from mentorlog.domain.record import Record
    from mentorlog.domain.review import Review
    from mentorlog.export.material import Material, Surroundings


class Asked(NamedTuple):
    """What was asked for: a pair as it was typed, for whom, of which days, or of which review."""

    pair: str | None
    audience: str
    since: date | None
    until: date | None
    review: str | None


def asked(
    here: Context,
    pair: str | None,
    audience: str,
    days: tuple[str | None, str | None],
    review: str | None,
) -> Asked:
    """Return what was asked for; refuse days that hold none, and days of a review, which has its own."""
    since, until = here.days(*days)
    if review is not None and (since or until):
        raise UsageError("review-has-its-days")
    return Asked(pair, audience, since, until, review)


def all_of_mine(here: Context, wanted: Asked) -> Dump:
    """Return the records of the pair that was named, else of the whole journal; read within a snapshot."""
    pair = None if wanted.pair is None else the_pair(here.journal, wanted.pair).id
    return dump(here.journal, Slice(pair=pair, since=wanted.since, until=wanted.until))


def what_may_go(here: Context, wanted: Asked) -> "Material":
    """Return what may go of a pair, or of a review of it."""
    with snapshot(here.journal):
        if wanted.review is not None:
            return _of_a_review(here, wanted.review, wanted)
        return _of_a_pair(here, the_pair(here.journal, wanted.pair), wanted)


def _of_a_pair(here: Context, pair: "Pair", wanted: Asked) -> "Material":
    from mentorlog.export.material import gather, with_what_they_need

    chosen = known = _known(here, pair)
    if wanted.since is not None or wanted.until is not None:
        days = Slice(pair=pair.id, since=wanted.since, until=wanted.until)
        within = timeline(here.journal, days)
        chosen = with_what_they_need((entry.record for entry in within), known)
    track = partial(here.tracked, _("Gathering what goes out"))
    around, period = _around(here, pair, known, wanted.audience), (wanted.since, wanted.until)
    return gather(pair, chosen, around, wanted.audience, here.today, period, track)


def _of_a_review(here: Context, ref: str, wanted: Asked) -> "Material":
    """Return the summary of a review; the pair need not be named, but another one is refused."""
    from mentorlog.export.summary import summarise

    review = cast("Review", here.journal.get(ref, "review"))
    pair = cast("Pair", here.journal.get(review.pair, "pair"))
    named = pair if wanted.pair is None else the_pair(here.journal, wanted.pair)
    if named.id != pair.id:
        raise NotPossible("of-another-pair", review.id, pair=named.id)
    known = _known(here, pair)
    around = _around(here, pair, known, wanted.audience)
    return summarise(pair, review, known, around, wanted.audience, here.today)


def _known(here: Context, pair: "Pair") -> "list[Record]":
    """Return the records of a pair, itself among them."""
    track = partial(here.tracked, _("Reading the journal"))
    return [entry.record for entry in timeline(here.journal, Slice(pair=pair.id), track)]


def _around(here: Context, pair: "Pair", known: "list[Record]", audience: str) -> "Surroundings":
    from mentorlog.export.material import Surroundings
    from mentorlog.storage.pairs import all_pairs

    around = Surroundings(all_pairs(here.journal), {each.id: each.uid for each in known}, known)
    if audience == "me":
        return around
    from dataclasses import replace

    from mentorlog.storage.exports import former_names, told

    return replace(
        around, former_names=former_names(here.journal), told=told(here.journal, pair.id)
    )
