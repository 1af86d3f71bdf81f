"""`goal`: what is to be reached, and how far it has come. Its verbs that write are in the modules beside."""

from typing import cast

import typer

from mentorlog.cli import goal_moves, goal_wording
from mentorlog.cli.command import Command, SignedCommand, new_app
from mentorlog.cli.context import Context
from mentorlog.cli.goal_moves import GoalId
from mentorlog.cli.listing import pair_asked_for, show_array
from mentorlog.cli.params import ClosedToo, Json, PairFilter, PairOption
from mentorlog.cli.saying import partner_of
from mentorlog.domain.goal import Goal
from mentorlog.i18n import _
from mentorlog.storage.goals import goals, measured
from mentorlog.storage.pairs import all_pairs

app = new_app()

app.command("set", cls=Command, help=_("Set a goal: what, how measured, why, by when."))(
    goal_wording.set_goal
)


@app.command("list", cls=Command, help=_("List active goals and how far they have come."))
def list_goals(
    ctx: typer.Context,
    pair: PairFilter = None,
    pair_option: PairOption = None,
    everything: ClosedToo = False,
    json: Json = False,
) -> None:
    """List goals, of one pair or of all."""
    here: Context = ctx.obj
    only = pair_asked_for(here, pair, pair_option)
    known = goals(here.journal, only, everything=True)
    found = known if everything else [each for each in known if each.goal.is_active]
    if json:
        show_array(here, [each.goal for each in found])
        return
    if not found:
        here.tell(_("No goal is active. Set one: mentorlog goal set"))
        return
    from mentorlog.domain.measurement import rated
    from mentorlog.domain.progress import attainment_score
    from mentorlog.render.goal_lines import listed, score_line
    from mentorlog.render.lines import names_of

    pairs = all_pairs(here.journal)
    are_many = only is None and len(pairs) > 1
    names = names_of(pairs) if are_many else {}
    here.show(listed(found, here.cells, here.style, names, here.today))
    ratings = rated(known)  # a goal that is reached is off the list, and counts still
    score = score_line(attainment_score(ratings), len(ratings))
    if score is not None:
        here.show("\n" + score)


@app.command(cls=Command, help=_("Show a goal, what was measured and what it said before."))
def show(ctx: typer.Context, record: GoalId, json: Json = False) -> None:
    """Show a goal in full."""
    here: Context = ctx.obj
    found = measured(here.journal, cast("Goal", here.journal.get(record, "goal")))
    if json:
        from mentorlog.render.goal_json import goal_json

        here.show_json(goal_json(found))
        return
    from mentorlog.render.details import long_texts
    from mentorlog.render.goal import goal

    here.draw(goal(found, partner_of(here, found.goal), here.today))
    for text in long_texts(found.goal):
        here.show("\n" + text)


app.command(
    "measure", cls=SignedCommand, help=_("Add a reading of a goal, and see where it stands.")
)(goal_moves.measure)
app.command(
    "rate", cls=SignedCommand, help=_("Rate how far a goal was attained, by its five levels.")
)(goal_moves.rate)
app.command("revise", cls=Command, help=_("Change a goal; what it said before is kept."))(
    goal_wording.revise
)
app.command("achieve", cls=Command, help=_("Close a goal as achieved."))(goal_moves.achieve)
app.command("drop", cls=Command, help=_("Close a goal that is given up."))(goal_moves.drop)
