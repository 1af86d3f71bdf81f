"""What a goal says: `goal set` and `goal revise`, by options, in the guided form or in an editor."""

from functools import partial
from typing import Annotated, cast

import typer

from mentorlog.cli.begun import Filled
from mentorlog.cli.context import Context
from mentorlog.cli.filling import fill_in, take_down, write_down
from mentorlog.cli.goal_moves import GoalId
from mentorlog.cli.params import Edit, Json, NoInput, PairAndText, PairOption, Share
from mentorlog.cli.saying import kept_once, pair_and_words, say_kept, typed_or_read
from mentorlog.domain.goal import Goal
from mentorlog.domain.pair import Pair
from mentorlog.errors import NotPossible, UsageError
from mentorlog.forms.goal import (
    BECAUSE,
    fields_of,
    level_answers,
    questions,
    questions_again,
)
from mentorlog.forms.prompt import Answers
from mentorlog.i18n import _
from mentorlog.workflows import goals
from mentorlog.workflows.goals import Revision

Why = Annotated[str | None, typer.Option("--why", metavar=_("TEXT"), help=_("Why it matters."))]
Unit = Annotated[
    str | None,
    typer.Option("--unit", metavar=_("WORD"), help=_("What it is measured in, such as books.")),
]
Baseline = Annotated[
    str | None,
    typer.Option("--baseline", metavar=_("NUMBER"), help=_("Where it stands at the beginning.")),
]
Target = Annotated[
    str | None,
    typer.Option(
        "--target", metavar=_("NUMBER"), help=_("Where it is to be, above the baseline or below.")
    ),
]
Due = Annotated[
    str | None,
    typer.Option("--due", metavar=_("DATE"), help=_("The day it is to be reached by.")),
]
Owner = Annotated[
    str | None,
    typer.Option("--owner", metavar="me|partner", help=_("Whose goal it is; yours, if left out.")),
]
Weight = Annotated[
    str | None,
    typer.Option(
        "--weight",
        metavar="1…100",
        help=_("How much it counts beside other goals; 1, if left out."),
    ),
]
Levels = Annotated[
    list[str] | None,
    typer.Option(
        "--level",
        metavar=_("LEVEL=TEXT"),
        help=_("A level of attainment, from -2=… to 2=…; all five of them or none."),
    ),
]


def set_goal(
    ctx: typer.Context,
    words: PairAndText = None,
    pair: PairOption = None,
    why: Why = None,
    unit: Unit = None,
    baseline: Baseline = None,
    target: Target = None,
    due: Due = None,
    owner: Owner = None,
    weight: Weight = None,
    level: Levels = None,
    share: Share = False,
    edit: Edit = False,
    no_input: NoInput = False,
    json: Json = False,
) -> None:
    """Set a goal."""
    here: Context = ctx.obj
    here.never_ask = no_input
    about, typed = pair_and_words(here, words or [], pair, edit=edit)
    given = _given(
        level, share=share, statement=typed_or_read(here, typed or None), why=why, unit=unit,
        baseline=baseline, target=target, due_on=due, owner=owner, weight=weight,
    )  # fmt: skip
    _refuse_unusable(here, about, given)
    goal = take_down(
        here,
        f"goal set {about.id}",
        about.uid,
        partial(questions, about.started_on),
        given,
        lambda filled: kept_once(here, "goal set", _goal_of(here, about, filled)),
        lacks=None if "statement" in given else UsageError("text-missing"),
        edit=edit,
    )
    say_kept(here, [goal], as_json=json)


def revise(
    ctx: typer.Context,
    record: GoalId,
    statement: Annotated[
        str | None,
        typer.Option(
            "--statement",
            metavar=_("TEXT"),
            help=_("What is to be reached. - reads standard input."),
        ),
    ] = None,
    because: Annotated[
        str | None, typer.Option("--because", metavar=_("TEXT"), help=_("Why it is changed."))
    ] = None,
    why: Why = None,
    unit: Unit = None,
    baseline: Baseline = None,
    target: Target = None,
    due: Due = None,
    owner: Owner = None,
    weight: Weight = None,
    level: Levels = None,
    share: Share = False,
    edit: Edit = False,
    no_input: NoInput = False,
    json: Json = False,
) -> None:
    """Change what a goal says."""
    here: Context = ctx.obj
    here.never_ask = no_input
    goal = cast("Goal", here.journal.get(record, "goal"))
    goal.refuse_closed()  # before anything is asked
    given = _given(
        level, share=share, statement=typed_or_read(here, statement), why=why, unit=unit,
        baseline=baseline, target=target, due_on=due, owner=owner, weight=weight, because=because,
    )  # fmt: skip
    revision = _revised(here, goal, given, edit=edit)
    if json or revision.after != revision.before:
        # What it says now is said field by field; its whole history would only hide that.
        before = revision.before.with_changes(revisions=revision.after.revisions)
        say_kept(here, [revision.after], as_json=json, before=before)
    else:
        here.tell(_("Nothing has changed."))


def _refuse_unusable(here: Context, pair: Pair, given: Answers) -> None:
    """Refuse what options gave before anything else is asked."""
    answers: Answers = {"statement": "…"}
    _goal_of(here, pair, Filled("", here.today, answers | given))


def _given(levels: list[str] | None, *, share: bool, **typed: str | None) -> Answers:
    """Return the answers that options gave."""
    given: Answers = {name: text for name, text in typed.items() if text is not None}
    return given | level_answers(levels or []) | ({"visibility": "shared"} if share else {})


def _goal_of(here: Context, pair: Pair, filled: Filled) -> Goal:
    """Return the goal that a form makes."""
    uid = {"uid": filled.uid} if filled.uid else {}
    fields = fields_of(filled.answers, filled.begun_on, {})
    return goals.new_goal(pair, here.today, **fields, **uid)


def _revised(here: Context, goal: Goal, given: Answers, *, edit: bool) -> Revision:
    """Revise a goal in the way that what is there allows."""
    if given.keys() - {BECAUSE} and not edit:
        return _keep_revision(here, goal, Filled("", here.today, given))
    if not here.is_person_here and not edit:
        raise UsageError("nothing-to-revise", id=goal.id)
    pair = cast("Pair", here.journal.get(goal.pair, "pair"))
    asked = partial(questions_again, goal, pair.started_on)
    keep = partial(_or_as_it_was, here, goal)
    fill = write_down if edit else fill_in
    return fill(here, f"goal revise {goal.id}", goal.uid, asked, given, keep)


def _or_as_it_was(here: Context, goal: Goal, filled: Filled) -> Revision:
    """Keep what a form says; one that left all as it stood is no mistake."""
    try:
        return _keep_revision(here, goal, filled)
    except NotPossible as refusal:
        if refusal.reason != "nothing-revised":
            raise
        return Revision(goal, goal)


def _keep_revision(here: Context, goal: Goal, filled: Filled) -> Revision:
    """Keep what the answers change, on top of what the goal says by now."""
    goal = cast("Goal", here.journal.get(goal.id, "goal"))  # as it is by now
    said = fields_of(filled.answers, filled.begun_on, goal.levels)
    changes = {name: value for name, value in said.items() if value != getattr(goal, name)}
    because = str(filled.answers.get(BECAUSE) or "") or None
    return goals.revise(here.journal, goal.id, changes, because, here.today)
