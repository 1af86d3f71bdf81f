"""On which records the figures for an audience stand. Who may see a record is `audience.py`'s.

How they are counted is said in `aggregates.py`, `threes.py` and `report.py`.
"""

from collections.abc import Sequence
from datetime import UTC, datetime

from mentorlog.domain.aggregates import Figures, figures
from mentorlog.domain.audience import COUNTED_FOR_THE_PROGRAMME, seen, seen_together
from mentorlog.domain.facts import Facts, facts_of
from mentorlog.domain.figures import Report
from mentorlog.domain.pair import Pair
from mentorlog.domain.period import Period
from mentorlog.domain.record import Record
from mentorlog.domain.report import report
from mentorlog.domain.tallies import tallied
from mentorlog.domain.threes import Three, Told, as_told, averaged, threes, within

_EVER = datetime.min.replace(tzinfo=UTC)


def facts_for(pair: Pair, records: Sequence[Record], audience: str) -> Facts:
    """Return what the figures for `audience` stand on.

    Mine stand on everything. The partner's stand on what the partner sees of the records, so on no
    pulse and no skill; the programme's on all that is counted for it. Of the pair, each only looks at
    what it sees.
    """
    if audience == "programme":
        facts = facts_of(pair, [each for each in records if each.kind in COUNTED_FOR_THE_PROGRAMME])
    else:
        fields = {
            each.id: its
            for each, its in zip(records, seen_together(records, audience), strict=True)
        }
        facts = facts_of(pair, [each for each in records if fields[each.id]])
        facts = facts._replace(pulses=[each for each in facts.pulses if "pulse" in fields[each.id]])
    if "cadence" in seen(pair, audience):
        return facts
    return facts._replace(pair=pair.with_changes(cadence=None))


def report_for(
    pair: Pair,
    records: Sequence[Record],
    period: Period,
    audience: str,
    told: Sequence[Told] = (),
) -> Report:
    """Return the figures of a period that `audience` gets; the programme of pulses only an average.

    `records` are all there are of the pair, whenever they were; `told` are the threes of pulses that
    the programme was told of before.
    """
    facts = facts_for(pair, records, audience)
    found = report(tallied(facts, period))
    if audience == "programme":
        return found._replace(pulses=averaged(within(period, _threes(facts, records, told))))
    return found


def figures_for_the_programme(
    pair: Pair,
    chosen: Sequence[Record],
    records: Sequence[Record],
    period: Period,
    told: Sequence[Told] = (),
) -> Figures:
    """Return what is counted of the `chosen` records of a period; the rest is as in `report_for`."""
    known = _threes(facts_for(pair, records, "programme"), records, told)
    return figures(facts_for(pair, chosen, "programme"), averaged(within(period, known)))


def newly_told(
    pair: Pair, records: Sequence[Record], periods: Sequence[Period], told: Sequence[Told]
) -> tuple[Told, ...]:
    """Return the threes of pulses that the programme had not been told of before figures of those periods."""
    known = _threes(facts_for(pair, records, "programme"), records, told)
    telling = (as_told(three) for three in known if any(within(each, [three]) for each in periods))
    return tuple(each for each in telling if each not in told)


def _threes(facts: Facts, records: Sequence[Record], told: Sequence[Told]) -> list[Three]:
    """Return the threes that may be told of the pulses among those facts.

    They count as they were written down, not by their days: so one that is added later, of whatever
    day, comes after those that have been told.
    """
    known = {each.id: each for each in records}
    felt = sorted(facts.pulses, key=lambda felt: known[felt.id].created_at or _EVER)
    return threes({known[each.id].uid: each for each in felt}, told)
