"""What every write says after it, and how the text of a short record is come by."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING, NamedTuple, TypeVar, cast

from mentorlog.cli.context import Context
from mentorlog.domain.pair import Pair, answers_exactly, named
from mentorlog.domain.record import Record, new_uid
from mentorlog.errors import AmbiguousPair, Interrupted, UsageError
from mentorlog.i18n import _, day
from mentorlog.labels import field_label
from mentorlog.storage import queries
from mentorlog.storage.ledger import Write
from mentorlog.storage.pairs import all_pairs, pair_id
from mentorlog.workflows.pairs import the_pair

if TYPE_CHECKING:
    from mentorlog.cli.begun import Filled

AnyRecord = TypeVar("AnyRecord", bound=Record)


def say_kept(
    here: Context,
    records: Sequence[Record],
    *,
    as_json: bool,
    before: Record | None = None,
    beside: Sequence[str] = (),
) -> None:
    """Say what was understood: the record as JSON, or a line for each and how to take it back.

    With the record as it was `before`, what is new about it is said too; `beside` are lines that
    belong to it.
    """
    if as_json:
        from mentorlog.render.as_json import record_json

        kept = [record_json(record) for record in records]
        here.show_json(kept[0] if len(kept) == 1 else kept)
        return
    from mentorlog.render import receipt

    here.show(receipt.kept([(record, partner_of(here, record)) for record in records], here.style))
    if before is not None:
        here.show(receipt.changes(before, records[0]))
    for line in beside:
        here.show(f"    {line}")
    here.tell(receipt.undo_hint())


def say_letter(here: Context, letter: str) -> None:
    """Show a message to send to the partner, ready to be edited."""
    from mentorlog.render.letters import shown

    here.show("")
    here.tell(_("A message to send, if you like:"))
    here.show(shown(letter, here.cells))


def kept_once(here: Context, command: str, record: AnyRecord) -> AnyRecord:
    """Keep a new record, as one command; where its uid is kept already, return what is."""
    with here.journal.transaction(command) as writing:
        already = queries.with_uid(here.journal, type(record), record.uid)
        return writing.add(record) if already is None else already


def day_said(name: str, on: date, typed: str | None) -> list[str]:
    """Return the line that says which day was understood, where one was typed."""
    return [] if typed is None else [f"{field_label(name)}: {day(on)}"]


def say_reversed(
    here: Context, sentence: str, command: Write, done: Write, hint: str, *, as_json: bool
) -> None:
    """Say what undo or redo did, and how to go the other way."""
    if as_json:
        from mentorlog.render.as_json import write_json

        here.show_json(write_json(done))
        return
    from mentorlog.render.receipt import reversed_write

    here.show(sentence.format(what=reversed_write(command, done, here.style)))
    here.tell(hint)


def partner_of(here: Context, record: Record) -> str:
    """Return the name of the partner a record is about, blank where it is about none."""
    if isinstance(record, Pair):
        return record.partner
    pair = pair_id(here.journal, record)
    return "" if pair is None else cast("Pair", here.journal.get(pair, "pair")).partner


class Said(NamedTuple):
    """A text and the pair it is about; a record of it is made with this uid, and so once only."""

    pair: Pair
    text: str
    uid: str


def pair_and_text(
    here: Context,
    command: str,
    words: list[str],
    pair_option: str | None,
    prompt: str,
    *,
    edit: bool,
) -> Said:
    """Return the pair and the text of `ask [PAIR] TEXT` and its like, which `command` names.

    One word alone is the text; before it stands the pair. "-" reads standard input; with no text,
    somebody at a terminal is asked for it, or given an editor with `edit`.
    """
    pair, typed = pair_and_words(here, words, pair_option, edit=edit)
    if edit:
        written = _from_editor(here, f"{command} {pair.id}", pair.uid, typed, prompt)
        return Said(pair, _said(written), written.uid)
    if words and not typed and not here.is_person_here:
        raise UsageError("text-missing")  # `ask Alice`, and no question after it
    return Said(pair, text_from(here, typed, prompt), new_uid())


def pair_and_words(
    here: Context, words: list[str], pair_option: str | None, *, edit: bool
) -> tuple[Pair, str]:
    """Return the pair and what was typed for the text, blank where that is still to be asked for.

    One word alone is the text, unless it names a pair.
    """
    name, text = pair_option, list(words)
    is_pair = edit or len(text) > 1 or (text and names_a_pair(here, text[0]))
    if pair_option is None and text and is_pair:
        name = text.pop(0)
    if len(text) > 1:
        raise UsageError("too-many-words")
    if text == [""]:
        raise UsageError("text-missing")
    return the_pair(here.journal, name), "".join(text)


def names_a_pair(here: Context, typed: str) -> bool:
    """True when `typed` is what a pair is called: a text of that wording is none.

    With several active pairs a beginning of one name is enough: a text alone could be of any of them.
    """
    known = all_pairs(here.journal)
    if any(answers_exactly(pair, typed) for pair in known):
        return True
    if sum(pair.is_active for pair in known) < 2:
        return False
    with suppress(AmbiguousPair):
        return named(known, typed) is not None
    return False


def text_from(here: Context, typed: str, prompt: str) -> str:
    """Return a text from where it comes: the command line, standard input, a question."""
    if typed == "-":
        typed = here.hold(here.standard_input().rstrip("\n"))
    elif not typed and here.is_person_here:
        typed = here.hold(here.ask.line(prompt))
        if not typed:
            raise Interrupted
    if not typed.strip():
        raise UsageError("text-missing")
    return typed


def text_about(
    here: Context, command: str, record: Record, typed: str, prompt: str, *, edit: bool
) -> str:
    """Return a text about a record, likewise or from an editor; `command` is what takes it."""
    if not edit:
        return text_from(here, typed, prompt)
    return _said(_from_editor(here, f"{command} {record.id}", record.uid, typed, prompt))


def typed_or_read(here: Context, typed: str | None) -> str | None:
    """Return what was typed; for "-", what comes by standard input."""
    return here.hold(here.standard_input().rstrip("\n")) if typed == "-" else typed


def _from_editor(here: Context, command: str, about: str, typed: str, prompt: str) -> "Filled":
    from mentorlog.cli.begun import from_editor
    from mentorlog.forms.prompt import Prompt

    return from_editor(here, command, about, lambda _day: [Prompt("text", prompt)], {"text": typed})


def _said(written: "Filled") -> str:
    text = written.answers.get("text")
    if not isinstance(text, str) or not text.strip():
        raise UsageError("text-missing")
    return text
