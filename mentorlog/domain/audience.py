"""Who may see which field of a record: the one rule, as a table. Nothing else decides it.

The rows follow "What others may see" of the design, field by field. A field without a row goes
nowhere: `seen` fails on it, and a test names it. On which records the figures for an audience stand is
`figures_for.py`'s; words inside a field that may go are `export/redact.py`'s.
"""

from collections.abc import Sequence
from typing import NamedTuple

from mentorlog.domain.kinds import KIND_NAMES
from mentorlog.domain.record import Record, shapes

AUDIENCES = ("me", "partner", "programme")

ALWAYS = "always"
IF_SHARED = "if the record is shared"
IF_GIVEN = "if the record is shared and I gave it"
NEVER = "never"


class Rule(NamedTuple):
    """What each audience gets of one field: one of the words above. Named as AUDIENCES are."""

    me: str
    partner: str
    programme: str


EVERYONE = Rule(ALWAYS, ALWAYS, ALWAYS)
BOTH_SIDES = Rule(ALWAYS, ALWAYS, NEVER)
ONCE_SHARED = Rule(ALWAYS, IF_SHARED, NEVER)
ONCE_GIVEN = Rule(ALWAYS, IF_GIVEN, NEVER)
DATED = Rule(ALWAYS, IF_SHARED, ALWAYS)  # to the programme a day and a code say nothing of the talk
ONLY_ME = Rule(ALWAYS, NEVER, NEVER)

_OF_EVERY_RECORD = {
    "id": ONLY_ME,  # it means something on this computer only
    "uid": EVERYONE,
    "visibility": ONLY_ME,
    "created_at": ONLY_ME,
    "updated_at": ONLY_ME,
}

RULES: dict[str, dict[str, Rule]] = {
    "pair": {
        **_OF_EVERY_RECORD,
        "partner": BOTH_SIDES,
        "alias": ONLY_ME,  # what I call somebody is mine
        "my_role": EVERYONE,
        "programme": EVERYONE,
        "started_on": EVERYONE,
        "cadence": BOTH_SIDES,
        "minutes": BOTH_SIDES,
        "channel": BOTH_SIDES,
        "term_ends_on": EVERYONE,
        "state": EVERYONE,
        "ended_because": ONLY_ME,  # "mismatch" is for me to say, not for a file
        "language": BOTH_SIDES,
        "pauses": EVERYONE,
    },
    "agreement": {
        **_OF_EVERY_RECORD,
        "pair": EVERYONE,
        "agreed_on": EVERYONE,
        "my_background": BOTH_SIDES,
        "their_background": BOTH_SIDES,
        "my_expectations": BOTH_SIDES,
        "their_expectations": BOTH_SIDES,
        "confidentiality": BOTH_SIDES,
        "boundaries": BOTH_SIDES,
        "feedback_way": BOTH_SIDES,
        "leaving": BOTH_SIDES,
        "remarks": ONLY_ME,
    },
    "meeting": {
        **_OF_EVERY_RECORD,
        "pair": EVERYONE,
        "held_on": EVERYONE,
        "start_time": BOTH_SIDES,
        "minutes": EVERYONE,
        "channel": EVERYONE,
        "topics": ONCE_SHARED,
        "summary": ONCE_SHARED,
        "notes": ONLY_ME,
        "pulse": ONLY_ME,
        "next_on": ONCE_SHARED,
        "is_kickoff": ONCE_SHARED,
    },
    "question": {
        **_OF_EVERY_RECORD,
        "pair": ONCE_SHARED,
        "text": ONCE_SHARED,
        "state": ONCE_SHARED,
        "answer": ONCE_SHARED,
        "asked_on": ONCE_SHARED,
        "raised_in": ONCE_SHARED,
    },
    "action": {
        **_OF_EVERY_RECORD,
        "pair": ONCE_SHARED,
        "text": ONCE_SHARED,
        "owner": ONCE_SHARED,
        "is_advice": ONCE_SHARED,
        "due_on": ONCE_SHARED,
        "state": ONCE_SHARED,
        "assigned_in": ONCE_SHARED,
        "goal": ONCE_SHARED,
        "done_on": ONCE_SHARED,
        "outcome": ONCE_SHARED,
        "told_in": ONCE_SHARED,
    },
    "insight": {
        **_OF_EVERY_RECORD,
        "pair": ONCE_SHARED,
        "text": ONCE_SHARED,
        "noticed_on": ONCE_SHARED,
        "benefit": ONCE_SHARED,
        "viewpoint": ONCE_SHARED,
        "goal": ONCE_SHARED,
        "meeting": ONCE_SHARED,
    },
    "goal": {
        **_OF_EVERY_RECORD,
        "pair": ONCE_SHARED,
        "statement": ONCE_SHARED,
        "why": ONCE_SHARED,
        "owner": ONCE_SHARED,
        "unit": ONCE_SHARED,
        "baseline": ONCE_SHARED,
        "target": ONCE_SHARED,
        "due_on": ONCE_SHARED,
        "weight": ONCE_SHARED,
        "levels": ONCE_SHARED,
        "state": ONCE_SHARED,
        "revisions": ONLY_ME,  # earlier wordings and reasons were not what was shared
    },
    "measurement": {
        **_OF_EVERY_RECORD,
        "goal": ONCE_SHARED,
        "taken_on": ONCE_SHARED,
        "value": ONCE_SHARED,
        "level": ONCE_SHARED,
        "note": ONCE_SHARED,
    },
    "reflection": {
        **_OF_EVERY_RECORD,
        "pair": ONLY_ME,
        "written_on": ONLY_ME,
        "phase": ONLY_ME,
        "form": ONLY_ME,
        "answers": ONLY_ME,
    },
    "feedback": {
        **_OF_EVERY_RECORD,
        "pair": ONCE_GIVEN,
        "direction": ONCE_GIVEN,
        "said_on": ONCE_GIVEN,
        "text": ONCE_GIVEN,
        "will_change": ONCE_GIVEN,
        "did_change": ONCE_GIVEN,
    },
    "review": {
        **_OF_EVERY_RECORD,
        "pair": DATED,
        "from_on": DATED,
        "to_on": DATED,
        "conclusions": ONCE_SHARED,
        "thoughts": ONLY_ME,
        "pulse": ONLY_ME,
        "decision": DATED,
        "next_review_on": ONCE_SHARED,
    },
    "assessment": {
        **_OF_EVERY_RECORD,
        "pair": ONLY_ME,
        "rated_on": ONLY_ME,
        "ratings": ONLY_ME,
    },
    "strength": {
        **_OF_EVERY_RECORD,
        "area": ONLY_ME,
        "evidence": ONLY_ME,
        "direction": ONLY_ME,
    },
}

# The field that names what a record says nothing without: it goes nowhere that the other does not. A
# reading that is shared while its goal is not would tell of a goal that is nobody else's business.
GOES_WITH = {"measurement": "goal"}

# What the programme gets numbers of, shared or not. Of the rest it does not even learn that there is any.
COUNTED_FOR_THE_PROGRAMME = {
    "meeting", "question", "action", "insight", "goal", "measurement", "feedback", "review",
}  # fmt: skip


def seen_together(records: Sequence[Record], audience: str) -> list[dict[str, object]]:
    """Return what `audience` may see of each record; {} also where what it goes with is not seen.

    What a record goes with has to be among `records`. Raises what `seen` raises.
    """
    fields = [seen(each, audience) for each in records]
    going = {each.id for each, its in zip(records, fields, strict=True) if its}
    return [
        its if each.kind not in GOES_WITH or getattr(each, GOES_WITH[each.kind]) in going else {}
        for each, its in zip(records, fields, strict=True)
    ]


def seen(record: Record, audience: str) -> dict[str, object]:
    """Return the fields of `record` that `audience` may see; {} where only its uid is left.

    Raises ValueError for an audience there is not, and KeyError for a field without a rule.
    """
    place = AUDIENCES.index(audience)
    granted = {ALWAYS}
    if record.is_shared:
        granted.add(IF_SHARED)
        if getattr(record, "direction", None) == "given":
            granted.add(IF_GIVEN)
    rules = RULES[record.kind]
    names = _fields(type(record))
    fields = {name: getattr(record, name) for name in names if rules[name][place] in granted}
    return {} if fields.keys() == {"uid"} else fields


def ever_seen(kind: str, audience: str) -> list[str]:
    """Return the fields that `audience` may see of some record of a kind."""
    place = AUDIENCES.index(audience)
    return [name for name in _fields(KIND_NAMES[kind]) if RULES[kind][name][place] != NEVER]


def _fields(record_type: type[Record]) -> tuple[str, ...]:
    """Return all fields of a kind, the journal's own too, in the order they have everywhere."""
    return "id", "uid", *shapes(record_type), "created_at", "updated_at"
