"""`assess`: rate the seven skills of mentoring, and see what rose and fell since the last time."""

from collections.abc import Callable
from inspect import Parameter, signature
from itertools import takewhile
from typing import Annotated

import typer

from mentorlog.cli.begun import Filled
from mentorlog.cli.command import Command, new_app
from mentorlog.cli.context import Context
from mentorlog.cli.filling import take_down
from mentorlog.cli.params import Json, NoInput, On, PairArgument, PairOption, pair_typed
from mentorlog.cli.saying import kept_once, say_kept
from mentorlog.domain.assessment import SKILLS, Assessment, last_ratings
from mentorlog.domain.pair import Pair
from mentorlog.errors import UsageError
from mentorlog.forms import assessing
from mentorlog.forms.prompt import Answers
from mentorlog.forms.values import read_fields
from mentorlog.i18n import _
from mentorlog.render.skills import risen_and_fallen
from mentorlog.storage import practice
from mentorlog.workflows.pairs import the_pair

app = new_app()


def _with_an_option_for_each_skill(command: Callable[..., None]) -> Callable[..., None]:
    """Let Typer see an option for each of SKILLS in place of `**rated`, which gets what they hold."""
    declared = list(signature(command).parameters.values())
    of_skills = [
        Parameter(
            skill.replace("-", "_"),
            Parameter.KEYWORD_ONLY,
            default=None,
            annotation=Annotated[
                str | None,
                typer.Option(f"--{skill}", metavar="1-5", help=assessing.question(skill)),
            ],
        )
        for skill in SKILLS
    ]
    named = [each for each in declared if each.kind is Parameter.POSITIONAL_OR_KEYWORD]
    others = [each for each in declared if each.kind is Parameter.KEYWORD_ONLY]
    command.__signature__ = signature(command).replace(  # type: ignore[attr-defined]
        parameters=[*named, *of_skills, *others]
    )
    return command


@app.command(
    cls=Command,
    help=_(
        "Each from 1 (still to be learned) to 5 (sure of it). About the seven: mentorlog guide"
        " skills\n\n"
        "Without a rating, somebody at a terminal is asked for them one at a time. Assessments are"
        " never shared."
    ),
)
@_with_an_option_for_each_skill
def assess(
    ctx: typer.Context,
    pair: PairArgument = None,
    pair_option: PairOption = None,
    *,
    on: On = None,
    no_input: NoInput = False,
    json: Json = False,
    **rated: str | None,
) -> None:
    """Keep an assessment: all ratings of one call make one record."""
    here: Context = ctx.obj
    here.never_ask = no_input
    about = the_pair(here.journal, pair_typed(pair, pair_option))
    given: Answers = {
        assessing.key(name.replace("_", "-")): typed for name, typed in rated.items() if typed
    }
    has_ratings = bool(given)
    before = practice.assessments(here.journal, about.id)
    if on is not None:
        given["rated_on"] = here.past_day(on, "rated_on").isoformat()
    kept = take_down(
        here,
        f"assess {about.id}",
        about.uid,
        lambda today: assessing.questions(last_ratings(before), today),
        given,
        lambda filled: _kept(here, about, filled),
        lacks=None if has_ratings else UsageError("nothing-rated"),
        edit=False,
    )
    say_kept(here, [kept], as_json=json, beside=_since_last_time(here, kept))


def _kept(here: Context, about: Pair, filled: Filled) -> Assessment:
    """Keep what the answers make, on the day the form was begun unless they say when."""
    ratings = assessing.ratings(filled.answers, filled.begun_on)
    fields = read_fields(Assessment, filled.answers, filled.begun_on)
    assessment = Assessment(
        uid=filled.uid, pair=about.id, ratings=ratings, **{"rated_on": filled.begun_on, **fields}
    )
    return kept_once(here, "assess", assessment)


def _since_last_time(here: Context, kept: Assessment) -> list[str]:
    """Return what rose and what fell since the assessments before this one, by their day."""
    of_pair = practice.assessments(here.journal, kept.pair)
    before = last_ratings(takewhile(lambda each: each.id != kept.id, of_pair))
    return risen_and_fallen(kept.since(before))
