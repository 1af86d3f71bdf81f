"""The threes in which pulses are told to others, so that no single one can be worked out from averages.

A three that has been told is told again as it was, or not at all, and none of its pulses ever in another.
So any two averages differ by whole threes, of whatever periods they are, and whatever was written down,
edited, deleted or brought back between them.
"""

from collections.abc import Iterable, Mapping, Sequence

from mentorlog.domain.facts import Felt, by_day
from mentorlog.domain.figures import Pulses
from mentorlog.domain.period import Period
from mentorlog.domain.report import pulses
from mentorlog.domain.tallies import felt_on

PULSES_TOLD = 3  # at a time: of fewer, an average would tell what single meetings felt like

Three = Mapping[str, Felt]  # by the uids of the meetings and reviews they were felt in
Told = Mapping[str, int]  # a three as it was told: its pulses by the same uids


def threes(felt: Mapping[str, Felt], told: Sequence[Told]) -> list[Three]:
    """Return the threes that may be told of all pulses of a pair, given in the order they were written down.

    First those that were `told` before and still stand; what was never told makes new ones, in that
    order. A pulse left over waits for two more.
    """
    standing = [{uid: felt[uid] for uid in three} for three in told if _stands(three, felt)]
    ever_told = {uid for three in told for uid in three}
    waiting = [uid for uid in felt if uid not in ever_told]
    whole = len(waiting) - len(waiting) % PULSES_TOLD
    new = (waiting[at : at + PULSES_TOLD] for at in range(0, whole, PULSES_TOLD))
    return [*standing, *({uid: felt[uid] for uid in three} for three in new)]


def within(period: Period, known: Iterable[Three]) -> list[Three]:
    """Return the threes that have all of their days in a period."""
    return [three for three in known if all(period.covers(each.felt_on) for each in three.values())]


def averaged(known: Iterable[Three]) -> Pulses:
    """Return what the pulses of some threes add up to; a trend would tell more than their average."""
    felt = [each for three in known for each in three.values()]
    return pulses(felt_on(by_day(felt)))._replace(trend=None)


def as_told(three: Three) -> Told:
    """Return a three as it is noted once it is told."""
    return {uid: each.pulse for uid, each in three.items()}


def _stands(three: Told, felt: Mapping[str, Felt]) -> bool:
    return all(uid in felt and felt[uid].pulse == pulse for uid, pulse in three.items())
