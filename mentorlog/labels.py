"""What kinds, fields and codes are called. Codes in the journal and in JSON are never translated.

Each label is here once, in English; its Japanese is in the catalogue.
"""

from mentorlog.i18n import N_, _


def field_label(name: str) -> str:
    """Return what a field is called; an entry of a map, such as "ratings.learning", by its key."""
    field, _dot, key = name.partition(".")
    return code_label(field, key) if key else _(FIELD_LABELS[field])


def code_label(field: str, code: str) -> str:
    """Return what a code of a field is called; a code read from elsewhere stands for itself."""
    return _(CODE_LABELS.get(field, {}).get(code, code))


def choice_label(field: str, code: str) -> str:
    """Return a code to choose, with what it is called where that is another word."""
    label = code_label(field, code)
    return code if label.replace(" ", "-") == code else f"{code} ({label})"


def kind_label(kind: str) -> str:
    """Return what a kind of record is called."""
    return _(KIND_LABELS.get(kind, kind))


KIND_LABELS = {
    "pair": N_("pair"),
    "meeting": N_("meeting"),
    "question": N_("question"),
    "action": N_("action"),
    "insight": N_("insight"),
    "agreement": N_("agreement"),
    "goal": N_("goal"),
    "measurement": N_("measurement"),
    "reflection": N_("reflection"),
    "feedback": N_("feedback"),
    "review": N_("review"),
    "assessment": N_("assessment"),
    "strength": N_("strength"),
}

FIELD_LABELS = {
    "visibility": N_("visibility"),
    "created_at": N_("created"),
    "updated_at": N_("updated"),
    "uid": N_("uid"),
    "pair": N_("pair"),
    "partner": N_("partner"),
    "alias": N_("alias"),
    "my_role": N_("my role"),
    "programme": N_("programme"),
    "started_on": N_("started on"),
    "cadence": N_("cadence"),
    "minutes": N_("minutes"),
    "channel": N_("channel"),
    "term_ends_on": N_("term ends on"),
    "state": N_("state"),
    "ended_because": N_("ended because"),
    "language": N_("language"),
    "held_on": N_("held on"),
    "start_time": N_("start time"),
    "topics": N_("topics"),
    "summary": N_("summary"),
    "notes": N_("notes"),
    "pulse": N_("pulse"),
    "next_on": N_("next meeting"),
    "is_kickoff": N_("first meeting"),
    "text": N_("text"),
    "answer": N_("answer"),
    "asked_on": N_("asked on"),
    "raised_in": N_("raised in"),
    "owner": N_("owner"),
    "is_advice": N_("advice"),
    "due_on": N_("due on"),
    "assigned_in": N_("agreed in"),
    "goal": N_("goal"),
    "done_on": N_("done on"),
    "outcome": N_("outcome"),
    "told_in": N_("told in"),
    "noticed_on": N_("noticed on"),
    "benefit": N_("benefit"),
    "viewpoint": N_("viewpoint"),
    "meeting": N_("meeting"),
    "pauses": N_("pauses"),
    "agreed_on": N_("agreed on"),
    "my_background": N_("my background"),
    "their_background": N_("their background"),
    "my_expectations": N_("what I expect"),
    "their_expectations": N_("what they expect"),
    "confidentiality": N_("confidentiality"),
    "boundaries": N_("boundaries"),
    "feedback_way": N_("how we give feedback"),
    "leaving": N_("how either side may leave"),
    "remarks": N_("remarks"),
    "statement": N_("statement"),
    "why": N_("why"),
    "unit": N_("unit"),
    "baseline": N_("baseline"),
    "target": N_("target"),
    "weight": N_("weight"),
    "levels": N_("levels"),
    "revisions": N_("revisions"),
    "because": N_("reason"),
    "taken_on": N_("taken on"),
    "value": N_("value"),
    "level": N_("level"),
    "note": N_("note"),
    "written_on": N_("written on"),
    "phase": N_("phase"),
    "form": N_("form"),
    "answers": N_("answers"),
    "direction": N_("direction"),
    "said_on": N_("said on"),
    "will_change": N_("what will change"),
    "did_change": N_("what did change"),
    "from_on": N_("from"),
    "to_on": N_("to"),
    "conclusions": N_("conclusions"),
    "thoughts": N_("thoughts"),
    "decision": N_("decision"),
    "next_review_on": N_("next review"),
    "rated_on": N_("rated on"),
    "ratings": N_("ratings"),
    "area": N_("area"),
    "evidence": N_("evidence"),
}

_SIDES = {"me": N_("me"), "partner": N_("partner")}
CODE_LABELS = {
    "visibility": {"private": N_("private"), "shared": N_("shared")},
    "my_role": {"mentor": N_("mentor"), "mentee": N_("mentee")},
    "channel": {
        "in-person": N_("in person"),
        "online": N_("online"),
        "phone": N_("phone"),
        "chat": N_("chat"),
    },
    "state": {
        "active": N_("active"),
        "paused": N_("paused"),
        "ended": N_("ended"),
        "open": N_("open"),
        "raised": N_("raised"),
        "dropped": N_("dropped"),
        "done": N_("done"),
        "achieved": N_("achieved"),
    },
    "ended_because": {
        "done": N_("done"),
        "mismatch": N_("mismatch"),
        "moved": N_("moved"),
        "other": N_("other"),
    },
    "language": {"en": N_("English"), "ja": N_("Japanese")},
    "owner": _SIDES,
    "viewpoint": _SIDES,
    "benefit": {
        "tacit-knowledge": N_("tacit knowledge handed on"),
        "new-perspectives": N_("new perspectives"),
        "leadership": N_("leadership"),
        "deeper-understanding": N_("own understanding deepened"),
        "wider-network": N_("wider network"),
        "self-efficacy": N_("self-efficacy"),
        "open-sharing": N_("a culture of open sharing"),
    },
    "phase": {
        "expectation": N_("expectation"),
        "immersion": N_("immersion"),
        "looking-back": N_("looking back"),
    },
    "form": {
        "free": N_("open questions"),
        "ywt": N_("did, understood, next"),
        "kpt": N_("keep, problem, try"),
        "what": N_("what, so what, now what"),
        "grow": N_("goal, reality, options, will"),
    },
    "direction": {
        "given": N_("given"),
        "received": N_("received"),
        "offered": N_("offered"),
        "wanted": N_("wanted"),
    },
    "decision": {
        "continue": N_("go on"),
        "extend": N_("extend the term"),
        "shorten": N_("shorten the term"),
        "pause": N_("pause"),
        "end": N_("end"),
    },
    "trend": {"rising": N_("rising"), "falling": N_("falling"), "level": N_("unchanged")},
    # The keys of maps: fixed ones have a label; a key of the user's own stands for itself.
    "levels": {
        "-2": N_("much less than expected"),
        "-1": N_("less than expected"),
        "0": N_("as expected"),
        "1": N_("more than expected"),
        "2": N_("much more than expected"),
    },
    "ratings": {
        "communication": N_("communication"),
        "open-mind": N_("open mind"),
        "keeping-time": N_("keeping time for meetings"),
        "privacy": N_("understanding privacy"),
        "accepting-feedback": N_("accepting feedback"),
        "setting-goals": N_("setting goals"),
        "learning": N_("wanting to learn"),
    },
    "answers": {
        "hopes": N_("hopes"),
        "worries": N_("worries"),
        "success": N_("success"),
        "hard": N_("what was hard"),
        "joy": N_("joy"),
        "growth": N_("growth"),
        "learned": N_("what I learned"),
        "changed": N_("what changed"),
        "next": N_("next"),
        "did": N_("what I did"),
        "understood": N_("what I understood"),
        "keep": N_("keep"),
        "problem": N_("problem"),
        "try": N_("try"),
        "what": N_("what"),
        "so-what": N_("so what"),
        "now-what": N_("now what"),
        "goal": N_("goal"),
        "reality": N_("reality"),
        "options": N_("options"),
        "will": N_("will"),
        "reached": N_("what was reached"),
        "mentee-learned": N_("what the mentee learned"),
        "mentor-learned": N_("what the mentor learned"),
        "together": N_("how we work together"),
        "consult": N_("whom to ask"),
        "thanks": N_("letter of thanks"),
        "entry": N_("entry"),
    },
}
