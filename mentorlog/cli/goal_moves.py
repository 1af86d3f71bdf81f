"""What happens to a goal on its way: `goal measure`, `rate`, `achieve` and `drop`."""

from typing import Annotated, cast

import typer

from mentorlog.cli.context import Context
from mentorlog.cli.params import Json, On, Share
from mentorlog.cli.saying import say_kept, typed_or_read
from mentorlog.domain.goal import Goal
from mentorlog.domain.measurement import Measurement
from mentorlog.domain.record import shapes
from mentorlog.forms.values import parse_value
from mentorlog.i18n import _
from mentorlog.workflows import goals
from mentorlog.workflows.goals import Taken

GoalId = Annotated[str, typer.Argument(metavar=_("GOAL"), help=_("The id of a goal, such as g3."))]
Note = Annotated[
    str | None,
    typer.Option("--note", metavar=_("TEXT"), help=_("A word on it. - reads standard input.")),
]


def measure(
    ctx: typer.Context,
    record: GoalId,
    value: Annotated[
        str, typer.Argument(metavar=_("NUMBER"), help=_("What was read: 12, -3 or 2.5."))
    ],
    level: Annotated[
        str | None,
        typer.Option("--level", metavar="-2…2", help=_("Its level of attainment as well.")),
    ] = None,
    on: On = None,
    note: Note = None,
    share: Share = False,
    json: Json = False,
) -> None:
    """Add a reading of a goal."""
    _take(ctx.obj, "goal measure", record, value, level, on, note, share=share, as_json=json)


def rate(
    ctx: typer.Context,
    record: GoalId,
    level: Annotated[
        str,
        typer.Argument(
            metavar=_("LEVEL"),
            help=_("From -2, much less than expected, over 0, as expected, to 2."),
        ),
    ],
    on: On = None,
    note: Note = None,
    share: Share = False,
    json: Json = False,
) -> None:
    """Rate a goal by its five levels."""
    _take(ctx.obj, "goal rate", record, "", level, on, note, share=share, as_json=json)


def achieve(ctx: typer.Context, record: GoalId, on: On = None, json: Json = False) -> None:
    """Close a goal as achieved."""
    here: Context = ctx.obj
    day = here.day(on, "on") or here.today
    say_kept(here, [goals.achieve(here.journal, record, day, here.today)], as_json=json)


def drop(
    ctx: typer.Context,
    record: GoalId,
    because: Annotated[
        str | None, typer.Option("--because", metavar=_("TEXT"), help=_("Why it is given up."))
    ] = None,
    json: Json = False,
) -> None:
    """Close a goal that is given up."""
    here: Context = ctx.obj
    say_kept(here, [goals.drop(here.journal, record, because, here.today)], as_json=json)


def _take(
    here: Context,
    command: str,
    record: str,
    value: str,
    level: str | None,
    on: str | None,
    note: str | None,
    *,
    share: bool,
    as_json: bool,
) -> None:
    """Add a measurement of what was typed, and say where its goal stands now."""
    goal = cast("Goal", here.journal.get(record, "goal"))
    fields = shapes(Measurement)
    read = {
        name: parse_value(name, fields[name], typed or "", here.today)
        for name, typed in (("value", value), ("level", level))
    }
    goals.refuse_measuring(goal, rates=read["level"] is not None)  # before anything is read
    measurement = Measurement(
        goal=goal.id,
        taken_on=here.day(on, "taken_on") or here.today,
        note=typed_or_read(here, note),
        visibility="shared" if share else "private",
        **read,
    )
    _say(here, goals.measure(here.journal, measurement, here.today, command), as_json=as_json)


def _say(here: Context, taken: Taken, *, as_json: bool) -> None:
    if as_json:
        say_kept(here, [taken.measurement], as_json=True)
        return
    from mentorlog.render.goal_lines import is_reached, taken_lines
    from mentorlog.render.receipt import undo_hint

    here.show(taken_lines(taken.measurement, taken.goal, here.style))
    if is_reached(taken.goal):
        here.tell(
            _("The target is reached. To close the goal: mentorlog goal achieve {id}").format(
                id=taken.goal.goal.id
            )
        )
    here.tell(undo_hint())
