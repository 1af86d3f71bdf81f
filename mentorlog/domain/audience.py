"""Who may see which field of a record: the one rule, as a table. Nothing else decides it.

The rows follow "What others may see" of the design, field by field. A field without a row goes
nowhere: `seen` fails on it, and a test names it. What the programme gets as numbers instead of
records is counted in `aggregates.py`; words inside a field that may go are `export/redact.py`'s.
"""

from typing import NamedTuple

from mentorlog.domain.record import Record, shapes

AUDIENCES = ("me", "partner", "programme")

ALWAYS = "always"
IF_SHARED = "if the record is shared"
NEVER = "never"


class Rule(NamedTuple):
    """What each audience gets of one field: ALWAYS, IF_SHARED or NEVER. Named as AUDIENCES are."""

    me: str
    partner: str
    programme: str


EVERYONE = Rule(ALWAYS, ALWAYS, ALWAYS)
BOTH_SIDES = Rule(ALWAYS, ALWAYS, NEVER)
ONCE_SHARED = Rule(ALWAYS, IF_SHARED, NEVER)
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
    },
    "meeting": {
        **_OF_EVERY_RECORD,
        "pair": EVERYONE,
        "held_on": EVERYONE,
        "start_time": EVERYONE,
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
}


def seen(record: Record, audience: str) -> dict[str, object]:
    """Return the fields of `record` that `audience` may see; {} where only its uid is left.

    Raises ValueError for an audience there is not, and KeyError for a field without a rule.
    """
    place = AUDIENCES.index(audience)
    granted = {ALWAYS, IF_SHARED} if record.is_shared else {ALWAYS}
    rules = RULES[record.kind]
    names = ("id", "uid", *shapes(type(record)), "created_at", "updated_at")
    fields = {name: getattr(record, name) for name in names if rules[name][place] in granted}
    return {} if fields.keys() == {"uid"} else fields
