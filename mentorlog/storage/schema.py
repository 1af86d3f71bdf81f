"""The tables, as migrations that only ever grow; loaded only when the schema must change.

One STRICT table per kind, its columns named as the fields of the record; one view per kind with
its ids and, where it names a pair, the partner, for people who open the file elsewhere. Dates are ISO text, instants
UTC text, lists JSON text, references the number of the other record. Checks repeat what the domain
refuses, as far as SQL can say it.

Add a migration at the end and raise SCHEMA_VERSION in `file.py`; never edit one that has been released.
"""

import sqlite3

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from mentorlog.storage import search_index

MIGRATIONS = Migrations("mentorlog")

_KEPT = """
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    uid TEXT NOT NULL UNIQUE CHECK (length(uid) = 32),
    visibility TEXT NOT NULL DEFAULT 'private' CHECK (visibility IN ('private', 'shared')),
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL"""
_KEPT_PRIVATE = _KEPT.replace("IN ('private', 'shared')", "= 'private'")

_FIRST = (
    f"""CREATE TABLE pair ({_KEPT},
    partner TEXT NOT NULL CHECK (trim(partner) <> ''),
    alias TEXT,
    my_role TEXT NOT NULL CHECK (my_role IN ('mentor', 'mentee')),
    programme TEXT,
    started_on TEXT NOT NULL,
    cadence TEXT,
    minutes INTEGER CHECK (minutes BETWEEN 1 AND 1440),
    channel TEXT CHECK (channel IN ('in-person', 'online', 'phone', 'chat')),
    term_ends_on TEXT CHECK (term_ends_on > started_on),
    state TEXT NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'paused', 'ended')),
    ended_because TEXT CHECK (ended_because IN ('done', 'mismatch', 'moved', 'other')),
    language TEXT CHECK (language IN ('en', 'ja'))
    ) STRICT""",
    f"""CREATE TABLE meeting ({_KEPT},
    pair INTEGER NOT NULL REFERENCES pair (number),
    held_on TEXT NOT NULL,
    start_time TEXT,
    minutes INTEGER CHECK (minutes BETWEEN 1 AND 1440),
    channel TEXT CHECK (channel IN ('in-person', 'online', 'phone', 'chat')),
    topics TEXT NOT NULL DEFAULT '[]' CHECK (topics LIKE '[%]'),
    summary TEXT,
    notes TEXT,
    pulse INTEGER CHECK (pulse BETWEEN 1 AND 4),
    next_on TEXT CHECK (next_on > held_on),
    is_kickoff INTEGER NOT NULL DEFAULT 0 CHECK (is_kickoff IN (0, 1))
    ) STRICT""",
    f"""CREATE TABLE question ({_KEPT},
    pair INTEGER NOT NULL REFERENCES pair (number),
    text TEXT NOT NULL CHECK (trim(text) <> ''),
    state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'raised', 'dropped')),
    answer TEXT,
    asked_on TEXT NOT NULL,
    raised_in INTEGER REFERENCES meeting (number)
    ) STRICT""",
    # `goal` has no REFERENCES yet: the table it will name comes with goals.
    f"""CREATE TABLE action ({_KEPT},
    pair INTEGER NOT NULL REFERENCES pair (number),
    text TEXT NOT NULL CHECK (trim(text) <> ''),
    owner TEXT NOT NULL CHECK (owner IN ('me', 'partner')),
    is_advice INTEGER NOT NULL DEFAULT 0 CHECK (is_advice IN (0, 1)),
    due_on TEXT,
    state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'done', 'dropped')),
    assigned_in INTEGER REFERENCES meeting (number),
    goal INTEGER,
    done_on TEXT,
    outcome TEXT,
    told_in INTEGER REFERENCES meeting (number)
    ) STRICT""",
    f"""CREATE TABLE insight ({_KEPT},
    pair INTEGER NOT NULL REFERENCES pair (number),
    text TEXT NOT NULL CHECK (trim(text) <> ''),
    noticed_on TEXT NOT NULL,
    benefit TEXT CHECK (benefit IN ('tacit-knowledge', 'new-perspectives', 'leadership',
        'deeper-understanding', 'wider-network', 'self-efficacy', 'open-sharing')),
    viewpoint TEXT CHECK (viewpoint IN ('me', 'partner')),
    goal INTEGER,
    meeting INTEGER REFERENCES meeting (number)
    ) STRICT""",
    # Each acknowledged command is one write. `undo_next` and `redo_next` name the writes that `undo`
    # and `redo` would take next, once this one is done: the two stacks, kept as a list that only grows.
    """CREATE TABLE writes (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,
    command TEXT NOT NULL,
    device TEXT NOT NULL,
    reverses INTEGER REFERENCES writes (number),
    undo_next INTEGER REFERENCES writes (number),
    redo_next INTEGER REFERENCES writes (number)
    ) STRICT""",
    # What a write did to each record. A changed record keeps the columns that differ, before and
    # after; a removed one keeps all of it before. An added one needs neither: what it held is in its
    # row, or in the `before` of the change that came next. So every word is stored once.
    """CREATE TABLE changes (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    write INTEGER NOT NULL REFERENCES writes (number),
    kind TEXT NOT NULL,
    record INTEGER NOT NULL,
    uid TEXT NOT NULL,
    did TEXT NOT NULL CHECK (did IN ('added', 'changed', 'removed')),
    before TEXT,
    after TEXT
    ) STRICT""",
    "CREATE INDEX changes_of_write ON changes (write)",
    "CREATE INDEX pair_by_day ON pair (started_on, created_at)",
    "CREATE INDEX meeting_by_day ON meeting (held_on, created_at)",
    "CREATE INDEX meeting_of_pair ON meeting (pair, held_on, created_at)",
    "CREATE INDEX question_by_day ON question (asked_on, created_at)",
    "CREATE INDEX question_of_pair ON question (pair, asked_on, created_at)",
    "CREATE INDEX question_open ON question (pair) WHERE state = 'open'",
    "CREATE INDEX question_raised ON question (raised_in) WHERE raised_in IS NOT NULL",
    "CREATE INDEX action_by_day ON action (created_at) WHERE assigned_in IS NULL",
    "CREATE INDEX action_of_pair ON action (pair, created_at) WHERE assigned_in IS NULL",
    "CREATE INDEX action_open ON action (pair) WHERE state = 'open'",
    "CREATE INDEX action_untold ON action (pair) WHERE is_advice = 1 AND outcome IS NULL",
    "CREATE INDEX action_assigned ON action (assigned_in) WHERE assigned_in IS NOT NULL",
    "CREATE INDEX action_told ON action (told_in) WHERE told_in IS NOT NULL",
    "CREATE INDEX insight_by_day ON insight (noticed_on, created_at)",
    "CREATE INDEX insight_of_pair ON insight (pair, noticed_on, created_at)",
    "CREATE INDEX insight_of_meeting ON insight (meeting) WHERE meeting IS NOT NULL",
    "CREATE VIEW pairs AS SELECT 'p' || number AS id, * FROM pair",
    *(
        f"CREATE VIEW {kind}s AS SELECT '{kind[0]}' || each.number AS id, pair.partner, each.*"
        f" FROM {kind} AS each JOIN pair ON pair.number = each.pair"
        for kind in ("meeting", "question", "action", "insight")
    ),
)

# An action and an insight can name a goal from now on. Their column `goal` was there before without
# REFERENCES, and always NULL: nothing wrote it.
_SECOND = (
    "DROP VIEW pairs",
    "DROP VIEW actions",
    "DROP VIEW insights",
    "ALTER TABLE pair ADD COLUMN pauses TEXT NOT NULL DEFAULT '[]' CHECK (pauses LIKE '[%]')",
    f"""CREATE TABLE agreement ({_KEPT},
    pair INTEGER NOT NULL REFERENCES pair (number),
    agreed_on TEXT NOT NULL,
    my_background TEXT,
    their_background TEXT,
    my_expectations TEXT,
    their_expectations TEXT,
    confidentiality TEXT,
    boundaries TEXT,
    feedback_way TEXT,
    leaving TEXT,
    remarks TEXT
    ) STRICT""",
    f"""CREATE TABLE goal ({_KEPT},
    pair INTEGER NOT NULL REFERENCES pair (number),
    statement TEXT NOT NULL CHECK (trim(statement) <> ''),
    why TEXT,
    owner TEXT NOT NULL DEFAULT 'me' CHECK (owner IN ('me', 'partner')),
    unit TEXT,
    baseline REAL CHECK (baseline BETWEEN -1e15 AND 1e15),
    target REAL CHECK (target BETWEEN -1e15 AND 1e15 AND target <> baseline),
    due_on TEXT,
    weight INTEGER CHECK (weight BETWEEN 1 AND 100),
    levels TEXT NOT NULL DEFAULT '{{}}' CHECK (levels LIKE '{{%}}'),
    state TEXT NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'achieved', 'dropped')),
    revisions TEXT NOT NULL DEFAULT '[]' CHECK (revisions LIKE '[%]')
    ) STRICT""",
    f"""CREATE TABLE measurement ({_KEPT},
    goal INTEGER NOT NULL REFERENCES goal (number),
    taken_on TEXT NOT NULL,
    value REAL CHECK (value BETWEEN -1e15 AND 1e15),
    level INTEGER CHECK (level BETWEEN -2 AND 2),
    note TEXT,
    CHECK (value IS NOT NULL OR level IS NOT NULL)
    ) STRICT""",
    f"""CREATE TABLE reflection ({_KEPT_PRIVATE},
    pair INTEGER NOT NULL REFERENCES pair (number),
    written_on TEXT NOT NULL,
    phase TEXT NOT NULL CHECK (phase IN ('expectation', 'immersion', 'looking-back')),
    form TEXT NOT NULL CHECK (form IN ('free', 'ywt', 'kpt', 'what', 'grow')),
    answers TEXT NOT NULL CHECK (answers LIKE '{{%}}')
    ) STRICT""",
    f"""CREATE TABLE feedback ({_KEPT},
    pair INTEGER NOT NULL REFERENCES pair (number),
    direction TEXT NOT NULL CHECK (direction IN ('given', 'received')),
    said_on TEXT NOT NULL,
    text TEXT NOT NULL CHECK (trim(text) <> ''),
    will_change TEXT,
    did_change TEXT
    ) STRICT""",
    f"""CREATE TABLE assessment ({_KEPT_PRIVATE},
    pair INTEGER NOT NULL REFERENCES pair (number),
    rated_on TEXT NOT NULL,
    ratings TEXT NOT NULL CHECK (ratings LIKE '{{%}}')
    ) STRICT""",
    f"""CREATE TABLE strength ({_KEPT_PRIVATE},
    area TEXT NOT NULL CHECK (trim(area) <> ''),
    evidence TEXT,
    direction TEXT NOT NULL DEFAULT 'offered' CHECK (direction IN ('offered', 'wanted'))
    ) STRICT""",
    "ALTER TABLE action DROP COLUMN goal",
    "ALTER TABLE action ADD COLUMN goal INTEGER REFERENCES goal (number)",
    "ALTER TABLE insight DROP COLUMN goal",
    "ALTER TABLE insight ADD COLUMN goal INTEGER REFERENCES goal (number)",
    "CREATE INDEX agreement_by_day ON agreement (agreed_on, created_at)",
    "CREATE INDEX agreement_of_pair ON agreement (pair, agreed_on, created_at)",
    "CREATE INDEX goal_by_day ON goal (created_at)",
    "CREATE INDEX goal_of_pair ON goal (pair, created_at)",
    "CREATE INDEX measurement_by_day ON measurement (taken_on, created_at)",
    "CREATE INDEX measurement_of_goal ON measurement (goal, taken_on, created_at)",
    "CREATE INDEX reflection_by_day ON reflection (written_on, created_at)",
    "CREATE INDEX reflection_of_pair ON reflection (pair, written_on, created_at)",
    "CREATE INDEX feedback_by_day ON feedback (said_on, created_at)",
    "CREATE INDEX feedback_of_pair ON feedback (pair, said_on, created_at)",
    "CREATE INDEX feedback_open ON feedback (pair) WHERE did_change IS NULL",
    "CREATE INDEX assessment_by_day ON assessment (rated_on, created_at)",
    "CREATE INDEX assessment_of_pair ON assessment (pair, rated_on, created_at)",
    "CREATE INDEX strength_by_day ON strength (created_at)",
    "CREATE INDEX action_for_goal ON action (goal) WHERE goal IS NOT NULL",
    "CREATE INDEX insight_for_goal ON insight (goal) WHERE goal IS NOT NULL",
    "CREATE VIEW pairs AS SELECT 'p' || number AS id, * FROM pair",
    "CREATE VIEW measurements AS SELECT 'n' || number AS id, * FROM measurement",
    "CREATE VIEW strengths AS SELECT 's' || number AS id, * FROM strength",
    *(
        f"CREATE VIEW {kind}s AS SELECT '{letter}' || each.number AS id, pair.partner, each.*"
        f" FROM {kind} AS each JOIN pair ON pair.number = each.pair"
        for letter, kind in (
            ("a", "action"),
            ("i", "insight"),
            ("t", "agreement"),
            ("g", "goal"),
            ("r", "reflection"),
            ("f", "feedback"),
            ("k", "assessment"),
        )
    ),
)

_THIRD = (
    f"""CREATE TABLE review ({_KEPT},
    pair INTEGER NOT NULL REFERENCES pair (number),
    from_on TEXT NOT NULL,
    to_on TEXT NOT NULL CHECK (to_on >= from_on),
    conclusions TEXT,
    thoughts TEXT,
    pulse INTEGER CHECK (pulse BETWEEN 1 AND 4),
    decision TEXT CHECK (decision IN ('continue', 'extend', 'shorten', 'pause', 'end')),
    next_review_on TEXT CHECK (next_review_on > to_on)
    ) STRICT""",
    "CREATE INDEX review_by_day ON review (to_on, created_at)",
    "CREATE INDEX review_of_pair ON review (pair, to_on, created_at)",
    """CREATE VIEW reviews AS SELECT 'v' || each.number AS id, pair.partner, each.*
    FROM review AS each JOIN pair ON pair.number = each.pair""",
)


_FOURTH = (
    # What went out to others, so that `forget` can name it. A pair is named by its number only: the
    # note outlives a pair that is deleted, since `undo` may bring that back. `told` are the threes of
    # pulses that it told for the first time, each a map of uids to pulses.
    """CREATE TABLE exports (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,
    pair INTEGER NOT NULL,
    audience TEXT NOT NULL CHECK (audience IN ('partner', 'programme')),
    format TEXT NOT NULL,
    records INTEGER NOT NULL,
    place TEXT,
    told TEXT NOT NULL DEFAULT '[]' CHECK (told LIKE '[%]')
    ) STRICT""",
    "CREATE INDEX exports_of_pair ON exports (pair)",
)

# Figures are counted off an index that has all they ask for (`tallies.py`). Of one day there are few
# records, so the instant they were written at, which orders them, is no longer in any index of days.
_DAYS = (
    ("pair", "started_on"),
    ("meeting", "held_on"),
    ("question", "asked_on"),
    ("insight", "noticed_on"),
    ("agreement", "agreed_on"),
    ("measurement", "taken_on"),
    ("reflection", "written_on"),
    ("feedback", "said_on"),
    ("assessment", "rated_on"),
    ("review", "to_on"),
)
_REPLACED = "action_of_pair", "action_open", "action_untold", "feedback_open", "question_open"
_FIFTH = (
    *(f"DROP INDEX {kind}_by_day" for kind, _day in _DAYS),
    *(f"DROP INDEX {kind}_of_pair" for kind, _day in _DAYS if kind not in {"pair", "measurement"}),
    "DROP INDEX measurement_of_goal",
    *(f"DROP INDEX {each}" for each in _REPLACED),
    *(f"CREATE INDEX {kind}_by_day ON {kind} ({day})" for kind, day in _DAYS),
    "CREATE INDEX meeting_of_pair ON meeting (pair, held_on, number, minutes, pulse)",
    "CREATE INDEX question_of_pair ON question (pair, asked_on, state)",
    *(
        f"CREATE INDEX {kind}_of_pair ON {kind} (pair, {day})"
        for kind, day in _DAYS
        if kind not in {"pair", "measurement", "meeting", "question"}
    ),
    "CREATE INDEX measurement_of_goal ON measurement (goal, taken_on)",
    "CREATE INDEX insight_of_benefit ON insight (pair, benefit, noticed_on) WHERE benefit IS NOT NULL",
    "CREATE INDEX action_of_pair ON action (pair, created_at, done_on) WHERE assigned_in IS NULL",
    "CREATE INDEX action_standing ON action (pair, owner, is_advice, state, due_on, done_on)",
    "CREATE INDEX question_open ON question (pair, state) WHERE state = 'open'",
    "CREATE INDEX action_open ON action (pair, state) WHERE state = 'open'",
    "CREATE INDEX goal_active ON goal (pair, state, visibility, due_on) WHERE state = 'active'",
    "CREATE INDEX meeting_days ON meeting (number, held_on)",
    """CREATE INDEX action_untold ON action (pair, state, is_advice)
    WHERE is_advice = 1 AND outcome IS NULL""",
    """CREATE INDEX action_shared ON action (pair, is_advice, due_on)
    WHERE state = 'open' AND visibility = 'shared'""",
    """CREATE INDEX feedback_open ON feedback (pair, said_on)
    WHERE did_change IS NULL AND (direction = 'received' OR will_change IS NOT NULL)""",
    """CREATE INDEX action_outcome ON action (pair, assigned_in, told_in, done_on, created_at)
    WHERE is_advice = 1 AND state = 'done' AND outcome IS NOT NULL""",
)


@MIGRATIONS(name="1-pairs-meetings-and-what-they-make")
def _first(db: Database) -> None:
    for statement in _FIRST:
        db.conn.execute(statement)


@MIGRATIONS(name="2-goals-and-the-rest-of-the-practice")
def _second(db: Database) -> None:
    for statement in _SECOND:
        db.conn.execute(statement)


@MIGRATIONS(name="3-reviews")
def _third(db: Database) -> None:
    for statement in _THIRD:
        db.conn.execute(statement)


@MIGRATIONS(name="4-exports")
def _fourth(db: Database) -> None:
    for statement in _FOURTH:
        db.conn.execute(statement)


@MIGRATIONS(name="5-figures")
def _fifth(db: Database) -> None:
    for statement in _FIFTH:
        db.conn.execute(statement)


def migrate(connection: sqlite3.Connection) -> None:
    """Bring the schema up to date. The caller has begun the one transaction it all happens in.

    The index follows from the records, so it is made anew once all of their tables are as they should be.
    """
    MIGRATIONS.apply(Database(connection, execute_plugins=False))
    search_index.rebuild(connection)
