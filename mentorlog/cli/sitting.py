"""One call of `review`: which way it takes, what is shown before the questions and said after them."""

from datetime import date
from functools import partial
from typing import NamedTuple, cast

from mentorlog import i18n
from mentorlog.cli.answering import Given
from mentorlog.cli.begun import IN_EDITOR, Filled
from mentorlog.cli.context import Context
from mentorlog.cli.filling import fill_in, write_down
from mentorlog.cli.saying import say_letter
from mentorlog.cli.thanking import drafted, message
from mentorlog.domain.assessment import last_ratings
from mentorlog.domain.goal import Goal
from mentorlog.domain.measurement import Measurement
from mentorlog.domain.milestones import is_final
from mentorlog.domain.pair import Pair
from mentorlog.domain.phases import phase_of
from mentorlog.domain.record import new_uid
from mentorlog.errors import Interrupted, InvalidValue, UsageError
from mentorlog.forms.prompt import Answers, Prompt, standing
from mentorlog.forms.review_answers import CONSENT, account_of, without_empty_revisions
from mentorlog.forms.reviewing import THANKS, Occasion, questions, questions_to_write
from mentorlog.i18n import _, day, together
from mentorlog.render.cells import wrapped
from mentorlog.storage import goals, practice, queries
from mentorlog.workflows.reporting import Digest, digest, looked_back_over
from mentorlog.workflows.reviewing import Reviewed, review


class Sitting(NamedTuple):
    """What a review is about; `on` and `since` are None where they were not said."""

    pair: Pair
    on: date | None
    since: date | None
    is_stuck: bool

    def day(self, begun_on: date) -> date:
        """Return the day the review is of, begun on that day."""
        return self.on or begun_on

    def is_final(self, begun_on: date) -> bool:
        """True for the last review of a term."""
        return not self.is_stuck and is_final(self.pair, self.day(begun_on))

    def command(self, name: str) -> str:
        """Return what to type to mean this again, with a name or an id for the pair."""
        days = [
            f"--{option} {day.isoformat()}"
            for option, day in (("on", self.on), ("since", self.since))
            if day is not None
        ]
        return " ".join(["review", name, *days, *(["--stuck"] if self.is_stuck else [])])


class Kept(NamedTuple):
    """A review as it was kept, and the message to send after it."""

    reviewed: Reviewed
    message: str | None


def take(here: Context, sitting: Sitting, given: Given, *, in_editor: bool, as_json: bool) -> None:
    """Keep the review that is given or asked for; where nobody can be asked, show the digest."""
    if given.answers.keys() - {CONSENT} and not in_editor:
        filled = Filled(new_uid(), here.today, given.answers)
        _say(here, _kept(here, sitting, given, filled), as_json=as_json)
    elif here.is_person_here:
        try:
            kept = _asked(here, sitting, given, in_editor=in_editor)
        except Interrupted as stop:
            again = f"mentorlog {sitting.command(sitting.pair.handle)}"
            again += IN_EDITOR if in_editor else ""
            raise Interrupted(stop.resume and again) from stop
        _say(here, kept, as_json=as_json)
    elif in_editor:
        raise UsageError("editor-needs-terminal")
    else:
        _show(here, sitting, as_json=as_json)


def _show(here: Context, sitting: Sitting, *, as_json: bool) -> None:
    """Show what there is to look back over, and say how to record the review."""
    known = _digest(here, sitting, names_all=as_json)
    if as_json:
        from mentorlog.render.digest_json import digest_json

        here.show_json(digest_json(known))
        return
    from mentorlog.render.digest import digest as drawn

    here.draw(drawn(known, here.today))
    if sitting.pair.state != "ended":
        command = f"mentorlog {sitting.command(sitting.pair.handle)}"
        example = f"{command} --conclusions '…' --decision continue"
        here.tell(_("To record the review: {command}").format(command=example))
        here.tell(_("Every key: mentorlog review --help"))


def _asked(here: Context, sitting: Sitting, given: Given, *, in_editor: bool) -> Kept:
    """Show what there is to look back over, then ask for the review."""
    command = sitting.command(sitting.pair.id)
    about = sitting.command(sitting.pair.uid)  # once restored, the number may be somebody else's
    if in_editor:
        _introduce(here, sitting)
        to_write = partial(_questions, here, sitting, for_editor=True)
        keep = partial(_kept_as_written, here, sitting, given, standing(to_write(here.today)))
        return write_down(here, command, about, to_write, given.answers, keep)
    # Over the days that are shown, whatever another terminal reviews meanwhile.
    days = looked_back_over(here.journal, sitting.pair, sitting.day(here.today), sitting.since)
    shown = sitting._replace(since=days.since)
    asked: set[str] = set()

    def questions_of(begun_on: date) -> list[Prompt]:
        found = _questions(here, sitting, begun_on)
        asked.update(each.key for each in found)
        return found

    keep = partial(_kept_as_asked, here, shown, given, asked)
    show = partial(_introduce, here, sitting)
    return fill_in(here, command, about, questions_of, given.answers, keep, show)


def _introduce(here: Context, sitting: Sitting) -> None:
    """Show the digest, and say who gets to see what."""
    from mentorlog.render.digest import digest as drawn

    here.tell_drawn(drawn(_digest(here, sitting, names_all=False), here.today))
    here.tell("")
    private = _("What you write is for yourself; only what you both take from it may be shared.")
    here.tell("\n".join(map(here.message_style.dim, wrapped(private, here.width))))


def _digest(here: Context, sitting: Sitting, *, names_all: bool) -> Digest:
    day, plateau = sitting.day(here.today), here.config["plateau"]
    return digest(
        here.journal, sitting.pair, day, here.today, plateau, sitting.since, names_all=names_all
    )


def _questions(
    here: Context, sitting: Sitting, begun_on: date, *, for_editor: bool = False
) -> list[Prompt]:
    """Return what is asked in a review begun on that day."""
    pair, day, journal = sitting.pair, sitting.day(begun_on), here.journal
    about = Occasion(
        pair=pair,
        on=day,
        today=here.today,
        phase=phase_of(pair, day, has_met=queries.has_met(journal, pair.id, day)),
        goals=goals.goals(journal, pair.id),
        ratings=last_ratings(practice.assessments(journal, pair.id)),
        is_final=sitting.is_final(begun_on),
        is_stuck=sitting.is_stuck,
        letter=partial(drafted, here, pair),
    )
    return (questions_to_write if for_editor else questions)(about, i18n.language)


def _kept_as_asked(
    here: Context, sitting: Sitting, given: Given, asked: set[str], filled: Filled
) -> Kept:
    """Keep what was said at the terminal; whoever said nothing has looked back and gone.

    The letter of thanks has been seen as it stands, so it is kept even where it was left so, but says
    nothing by itself. What was said before of a goal that by now was not `asked` about is let go of:
    nobody could mend it.
    """
    said = {key: text for key, text in filled.answers.items() if key in asked}
    fresh = {key for key, text in said.items() if text and key not in given.answers}
    if THANKS in fresh and said[THANKS] == drafted(here, sitting.pair, said):
        fresh.remove(THANKS)
    if not fresh:
        here.drafts.discard(filled.uid)
        raise Interrupted
    return _kept_of_form(here, sitting, given, filled._replace(answers=said))


def _kept_as_written(
    here: Context, sitting: Sitting, given: Given, stood: Answers, filled: Filled
) -> Kept:
    """Keep what was written in the editor; a letter that was left empty is drafted, to fit the end."""
    said = filled._replace(stood=stood).said.answers
    if not any(text for key, text in said.items() if key != CONSENT):
        raise Interrupted
    if not str(said.get(THANKS, "")).strip():
        said.pop(THANKS, None)
    return _kept_of_form(here, sitting, given, filled._replace(answers=said))


def _kept_of_form(here: Context, sitting: Sitting, given: Given, filled: Filled) -> Kept:
    """Keep the review that a form makes; a goal that is to be revised and says the same is kept."""
    aims = [each.goal for each in goals.goals(here.journal, sitting.pair.id)]
    answers = without_empty_revisions(filled.answers, aims, sitting.day(filled.begun_on))
    try:
        return _kept(here, sitting, given, filled._replace(answers=answers))
    except UsageError as refusal:
        if refusal.reason != "nothing-reviewed":
            raise
        here.drafts.discard(filled.uid)
        raise Interrupted from refusal


def _kept(here: Context, sitting: Sitting, given: Given, filled: Filled) -> Kept:
    """Keep the review that the answers make."""
    day, letter = sitting.day(filled.begun_on), filled.answers.get(THANKS)
    try:
        account = account_of(
            filled.answers, filled.uid, day, sitting.since, here.today, is_stuck=sitting.is_stuck
        ).settled(sitting.pair, here.today)
        reviewed = review(here.journal, sitting.pair.id, account, here.today)
    except (InvalidValue, UsageError) as refusal:
        given.refuse(refusal)
        raise
    is_final = sitting.is_final(filled.begun_on)
    said = None if letter is None else str(letter)
    return Kept(reviewed, message(here, reviewed, is_final=is_final, letter=said))


def _say(here: Context, kept: Kept, *, as_json: bool) -> None:
    """Say what was understood, how to take it back and, where there is one, the message to send."""
    review = kept.reviewed
    if as_json:
        from mentorlog.render.as_json import record_json

        records = [record_json(each) for each in review.records[1:]]
        here.show_json(record_json(review.review) | {"records": records, "message": kept.message})
        return
    from mentorlog.render.receipt import undo_hint
    from mentorlog.render.reviewed import reviewed

    measured = {
        each.goal: cast("Goal", here.journal.get(each.goal, "goal"))
        for each in review.made
        if isinstance(each, Measurement)
    }
    here.show(reviewed(review, measured, here.style))
    here.tell(undo_hint())
    _say_when_it_ends(here, review)
    if kept.message is not None:
        say_letter(here, kept.message)


def _say_when_it_ends(here: Context, kept: Reviewed) -> None:
    """Say after the last review of a term that to go on does not make it longer."""
    pair, ends_on = kept.pair, kept.pair.term_ends_on
    if (
        kept.review.decision != "continue"
        or ends_on is None
        or not is_final(pair, kept.review.to_on)
    ):
        return
    said = _("The term still ends on {day}.")
    if ends_on < here.today:
        said = _("The term ended on {day}.")
    command = f"mentorlog pair extend {pair.handle} --by 3m"
    longer = _("To go on after it: {command}").format(command=command)
    here.tell(together(said.format(day=day(ends_on)), longer))
