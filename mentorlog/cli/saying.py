"""What every write says after it, and how the text of a short record is come by."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from mentorlog.cli.context import Context
from mentorlog.domain.pair import Pair, answers_exactly
from mentorlog.domain.record import Record, new_uid
from mentorlog.errors import Interrupted, UsageError
from mentorlog.storage import queries
from mentorlog.storage.ledger import Write
from mentorlog.workflows.pairs import the_pair

if TYPE_CHECKING:
    from mentorlog.forms.prompt import Answers, Prompt


def say_kept(
    here: Context, records: Sequence[Record], *, as_json: bool, before: Record | None = None
) -> None:
    """Say what was understood: the record as JSON, or a line for each and how to take it back.

    With the record as it was `before`, what is new about it is said too.
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
    here.tell(receipt.undo_hint())


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
    """Return the name of the partner a record is about."""
    pair = (
        record
        if isinstance(record, Pair)
        else here.journal.get(getattr(record, "pair", ""), "pair")
    )
    return cast("Pair", pair).partner


def pair_and_text(
    here: Context, words: list[str], pair_option: str | None, prompt: str, *, edit: bool
) -> tuple[Pair, str]:
    """Return the pair and the text of `ask [PAIR] TEXT` and its like.

    One word alone is the text; before it stands the pair. "-" reads standard input; with no text,
    somebody at a terminal is asked for it, or given an editor with `edit`.
    """
    name, text = pair_option, list(words)
    if pair_option is None and len(text) > (0 if edit else 1):
        name = text.pop(0)
    if len(text) > 1:
        raise UsageError("too-many-words")
    if text == [""] or (name is None and text and _names_a_pair(here, text[0])):
        raise UsageError("text-missing")  # `ask Alice`, and no question after it
    pair = the_pair(here.journal, name)
    return pair, text_from(here, "".join(text), prompt, edit=edit)


def _names_a_pair(here: Context, typed: str) -> bool:
    return any(answers_exactly(pair, typed) for pair in queries.pairs(here.journal))


def text_from(here: Context, typed: str, prompt: str, *, edit: bool) -> str:
    """Return a text from where it comes: the command line, standard input, a question, an editor."""
    if edit:
        return _from_editor(here, typed, prompt)
    if typed == "-":
        typed = here.standard_input().rstrip("\n")
    elif not typed and here.is_person_here:
        typed = here.ask.line(prompt)
        if not typed:
            raise Interrupted
    if not typed.strip():
        raise UsageError("text-missing")
    return typed


def _from_editor(here: Context, typed: str, prompt: str) -> str:
    from mentorlog.forms.prompt import Prompt

    text = from_editor(here, [Prompt("text", prompt)], {"text": typed}).get("text")
    if not isinstance(text, str) or not text.strip():
        raise UsageError("text-missing")
    return text


def from_editor(here: Context, prompts: "list[Prompt]", answers: "Answers") -> "Answers":
    """Return what was written in the editor; Interrupted where nothing was."""
    if not here.is_person_here:
        raise UsageError("editor-needs-terminal")
    uid = new_uid()
    written = here.ask.edit(prompts, answers, here.editor_file(uid))
    if written is None:
        here.drafts.discard(uid)
        raise Interrupted
    return written
