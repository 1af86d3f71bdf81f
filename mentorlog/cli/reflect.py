"""`reflect`: a few open questions, answered for oneself alone.

Which questions those are is `forms/reflecting.py`'s, which phase a pair is in `domain/phases.py`'s.
"""

from datetime import date
from functools import partial
from typing import Annotated, NamedTuple, cast

import typer

from mentorlog import i18n
from mentorlog.cli.begun import IN_EDITOR, Filled, waiting
from mentorlog.cli.command import Command, new_app
from mentorlog.cli.context import Context
from mentorlog.cli.filling import fill_in, write_down
from mentorlog.cli.params import Edit, Json, NoInput, On, PairArgument, PairOption, pair_typed
from mentorlog.cli.saying import kept_once, say_kept
from mentorlog.domain.goal import Goal
from mentorlog.domain.pair import Pair
from mentorlog.domain.phases import phase_of
from mentorlog.domain.record import new_uid, shapes
from mentorlog.domain.reflection import FORMS, PHASES, Reflection
from mentorlog.errors import Interrupted, NotPossible, UsageError
from mentorlog.forms.prompt import Answers, Prompt
from mentorlog.forms.reflecting import (
    Occasion,
    answered,
    answers_typed,
    keys_by_form,
    own_prompts,
    questions,
    usual_form,
)
from mentorlog.forms.values import parse_value
from mentorlog.i18n import _, listing
from mentorlog.labels import choice_label
from mentorlog.render.cells import wrapped
from mentorlog.storage import queries
from mentorlog.text import visible
from mentorlog.workflows.pairs import the_pair

app = new_app()

_OWN_EXAMPLE = """
  [[prompt]]
  key = "energy"
  text = "…"
  phase = "immersion"
  form = "free"
  role = "mentee"
"""


class _Sitting(NamedTuple):
    """What one call of `reflect` is about: the pair, what is asked of whom, a goal, the day if said."""

    pair: Pair
    occasion: Occasion
    asked: list[Prompt]
    goal: Goal | None
    on: date | None
    chosen: tuple[str, ...]  # the options that were typed

    @property
    def again(self) -> str:
        """The command that means this again: what was typed, by its meaning."""
        said = [f"{name} {self.options[name]}" for name in self.chosen]
        return " ".join(["mentorlog reflect", self.pair.handle, *said])

    @property
    def options(self) -> dict[str, str | None]:
        """What to type with `reflect` to mean just this, whatever phase the pair will be in by then."""
        return {
            "--phase": self.occasion.phase,
            "--form": self.occasion.form,
            "--goal": None if self.goal is None else self.goal.id,
            "--on": None if self.on is None else self.on.isoformat(),
        }

    @property
    def about(self) -> str:
        """What a draft of this is told from others by: the pair's uid and all the options.

        The uid, since in a journal that was restored the number may be somebody else's.
        """
        return self._with_options(self.pair.uid)

    @property
    def command(self) -> str:
        """What goes on with a draft of this."""
        return self._with_options(f"reflect {self.pair.id}")

    def _with_options(self, beginning: str) -> str:
        said = [f"{name} {value}" for name, value in self.options.items() if value]
        return " ".join([beginning, *said])


def _help() -> str:
    """Return what goes under the summary: where questions come from, and the keys of all of them."""
    keys = []
    for form, phase, asked in keys_by_form(i18n.language):
        called = listing(choice_label("answers", key) for key in asked)
        keys.append(f"  {form} ({phase}): {called}" if phase else f"  {form}: {called}")
    return "\n".join(
        (
            _("The questions fit your role and the phase the pair is in. All of it stays private."),
            "",
            _("Keys for --answer, by form:"),
            *keys,
            "",
            _("Questions of your own come last. Write them into prompts.toml beside the settings:"),
            _OWN_EXAMPLE.strip("\n"),
            _("Leave phase, form or role out where a question fits them all."),
        )
    )


@app.command(cls=Command, help=_help())
def reflect(
    ctx: typer.Context,
    pair: PairArgument = None,
    pair_option: PairOption = None,
    phase: Annotated[
        str | None,
        typer.Option(
            "--phase",
            metavar=_("WORD"),
            help=_("The phase, if not the one the pair is in: {words}.").format(
                words=listing(choice_label("phase", each) for each in PHASES)
            ),
        ),
    ] = None,
    form: Annotated[
        str | None,
        typer.Option(
            "--form",
            metavar=_("WORD"),
            help=_("Which questions: {words}.").format(words=", ".join(FORMS)),
        ),
    ] = None,
    goal: Annotated[
        str | None,
        typer.Option(
            "--goal", metavar=_("RECORD"), help=_("The goal it is about, with the form grow.")
        ),
    ] = None,
    answer: Annotated[
        list[str] | None,
        typer.Option(
            "--answer",
            metavar=_("KEY=TEXT"),
            help=_("The answer to one question; then nothing is asked. May be repeated."),
        ),
    ] = None,
    on: On = None,
    edit: Edit = False,
    no_input: NoInput = False,
    json: Json = False,
) -> None:
    """Write for yourself."""
    here: Context = ctx.obj
    here.never_ask = no_input
    about = None if goal is None else cast("Goal", here.journal.get(goal, "goal"))
    whom = _the_pair(here, pair_typed(pair, pair_option), about)
    day = None if on is None else here.past_day(on, "written_on")
    occasion = _occasion(here, whom, phase, form, about, day or here.today)
    own = own_prompts(here.config.own_prompts, str(here.config.prompts_path))
    asked = questions(occasion, i18n.language, own)
    given = answers_typed(answer or [], asked, occasion)
    typed = {"--phase": phase, "--form": form, "--goal": goal, "--on": on}
    chosen = tuple(name for name, value in typed.items() if value is not None)
    sitting = _Sitting(whom, occasion, asked, about, day, chosen)
    try:
        written = _written(here, sitting, given, in_editor=edit)
    except Interrupted as stop:
        again = sitting.again + (IN_EDITOR if edit else "")
        raise Interrupted(stop.resume and again) from stop
    say_kept(here, [written], as_json=json)


def _the_pair(here: Context, typed: str | None, goal: Goal | None) -> Pair:
    """Return the pair that was named, else the one the goal is of, else the only active one."""
    if goal is not None and typed is None:
        return cast("Pair", here.journal.get(goal.pair, "pair"))
    pair = the_pair(here.journal, typed)
    if goal is not None and goal.pair != pair.id:
        raise NotPossible("of-another-pair", goal.id, pair=pair.id)
    return pair


def _occasion(
    here: Context, pair: Pair, phase: str | None, form: str | None, goal: Goal | None, on: date
) -> Occasion:
    """Return the form and phase that were chosen, or those that suggest themselves on that day."""
    fields = shapes(Reflection)
    chosen = parse_value("form", fields["form"], form or "", on)
    if goal is not None and chosen not in (None, "grow"):
        raise UsageError("goal-needs-grow", form=chosen)
    return Occasion(
        form=chosen or usual_form(i18n.language, has_goal=goal is not None),
        phase=parse_value("phase", fields["phase"], phase or "", on)
        or phase_of(pair, on, has_met=queries.has_met(here.journal, pair.id, on)),
        role=pair.my_role,
    )


def _written(here: Context, sitting: _Sitting, given: Answers, *, in_editor: bool) -> Reflection:
    """Take the way that what is there allows, and return the reflection kept."""
    if given and not in_editor:
        return _kept(here, sitting, Filled(new_uid(), here.today, given))
    if not here.is_person_here:
        if in_editor:
            raise UsageError("editor-needs-terminal")
        keys = [each.key for each in sitting.asked]
        raise UsageError("no-answer", command=sitting.again, example=keys[0], known=", ".join(keys))
    _announce(here, sitting)
    if in_editor:
        keep = partial(_kept, here, sitting)
        return write_down(
            here, sitting.command, sitting.about, lambda _day: sitting.asked, given, keep
        )
    keep = partial(_kept_if_answered, here, sitting)
    return fill_in(here, sitting.command, sitting.about, lambda _day: sitting.asked, given, keep)


def _announce(here: Context, sitting: _Sitting) -> None:
    """Say what will be asked about; name what was begun about the pair in another form or phase."""
    line = _("{name} · phase: {phase} · form: {form} · for yourself alone").format(
        name=visible(sitting.pair.partner),
        phase=choice_label("phase", sitting.occasion.phase),
        form=choice_label("form", sitting.occasion.form),
    )
    dim = here.message_style.dim
    here.tell("\n".join(dim(each) for each in wrapped(line, here.width)))
    if sitting.goal is not None:
        here.tell(f"{sitting.goal.id}  {visible(sitting.goal.statement, block=True)}")
    for _uid, draft in waiting(here):
        command, about = str(draft.get("command")), str(draft.get("about"))
        is_ours = command.startswith("reflect ") and about.startswith(f"{sitting.pair.uid} ")
        if is_ours and about != sitting.about:
            begun = _("Begun and not finished:\n  {command}")
            here.tell(begun.format(command=f"mentorlog {visible(command)}"))


def _kept_if_answered(here: Context, sitting: _Sitting, filled: Filled) -> Reflection:
    """Keep what was said; whoever said nothing has looked at the questions and gone."""
    if not answered(sitting.asked, filled.answers):
        here.drafts.discard(filled.uid)
        raise Interrupted
    return _kept(here, sitting, filled)


def _kept(here: Context, sitting: _Sitting, filled: Filled) -> Reflection:
    """Keep the answers; where nothing is said of the goal itself, its statement stands for it."""
    said = answered(sitting.asked, filled.answers)
    if said and sitting.goal is not None:
        said = {"goal": f"{sitting.goal.id}: {sitting.goal.statement}"} | said
    written = Reflection(
        uid=filled.uid,
        pair=sitting.pair.id,
        written_on=sitting.on or filled.begun_on,
        phase=sitting.occasion.phase,
        form=sitting.occasion.form,
        answers=said,
    )
    return kept_once(here, "reflect", written)
