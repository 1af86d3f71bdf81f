"""What `prep` and `status` show, as JSON documents. A record in them is `as_json.py`'s."""

from datetime import date
from typing import TYPE_CHECKING, Any

from mentorlog.domain.attention import Finding
from mentorlog.domain.brief import Brief
from mentorlog.domain.plain import document, plain
from mentorlog.render.as_json import record_json

if TYPE_CHECKING:
    from mentorlog.workflows.preparation import Preparation


def preparation_json(known: "Preparation") -> dict[str, Any]:
    """Return what `prep` shows."""
    brief = known.brief
    last = brief.last_meeting
    return document(
        "prep",
        pair=record_json(brief.pair),
        last_meeting=None if last is None else record_json(last),
        next_on=plain(brief.next_on),
        is_agreed=brief.is_agreed,
        advice=[record_json(each) for each in brief.advice],
        my_actions=[record_json(each) for each in brief.my_actions],
        their_actions=[record_json(each) for each in brief.their_actions],
        questions=[record_json(each) for each in brief.questions],
        feedback=[record_json(each) for each in brief.feedback],
        goals=[record_json(each.goal) for each in known.goals],
        agreement=None if known.agreement is None else record_json(known.agreement),
        strengths=[record_json(each) for each in known.strengths],
        is_first=brief.is_first,
        channel=known.channel,
        agenda=[{"code": slot.code, "minutes": slot.minutes} for slot in known.agenda],
        material=[each.id for each in known.material],
    )


def status_json(known: list[Brief], found: list[Finding], today: date) -> dict[str, Any]:
    """Return what `status` shows."""
    return document(
        "status",
        today=today.isoformat(),
        pairs=[
            {
                "pair": record_json(each.pair),
                "last_held_on": plain(each.last_meeting.held_on) if each.last_meeting else None,
                "next_on": plain(each.next_on),
                "is_agreed": each.is_agreed,
            }
            for each in known
        ],
        findings=[finding_json(each) for each in found],
    )


def finding_json(found: Finding) -> dict[str, Any]:
    """Return what wants doing, with the command to type."""
    return {
        "code": found.code,
        "pair": found.pair.id,
        "records": [record.id for record in found.records],
        "since": plain(found.since),
        "command": found.command,
        "topic": found.topic,
    }
