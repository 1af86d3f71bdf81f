"""The sentence for every refusal, in one place: what happened, and what to type next.

Errors are data; their words are made here, in the user's language. Text from the journal is never
repeated, but for the names of pairs that may be meant; what the user has just typed is, made visible.
"""

import shlex
from collections.abc import Callable, Iterable

from mentorlog import i18n
from mentorlog.cli.refusals import MOVES, USAGE, VALUES
from mentorlog.cli.refusals_of_files import BACKUPS, FILES, INPUT, JOURNAL, UNREAD
from mentorlog.errors import (
    CANNOT_MAKE,
    AmbiguousPair,
    BackupUnusable,
    BadFile,
    BadInput,
    ConfigUnusable,
    InputFailed,
    Interrupted,
    InvalidValue,
    JournalBusy,
    JournalUnusable,
    MentorlogError,
    NotErased,
    NotPossible,
    OutputFailed,
    RecordNotFound,
    UsageError,
)
from mentorlog.i18n import N_, _, listing, together
from mentorlog.labels import (
    CODE_LABELS,
    FIELD_LABELS,
    choice_label,
    code_label,
    field_label,
    kind_label,
)
from mentorlog.text import visible

_LONGEST = 60


def sentence_for(refusal: MentorlogError) -> str:
    """Return the sentence for a refusal."""
    for error_type, say in _SENTENCES.items():
        if isinstance(refusal, error_type):
            return say(refusal)
    return type(refusal).__name__


def typed(text: str) -> str:
    """Return what the user typed, fit to be repeated: visible, in quotes, not too long."""
    shown = visible(text)
    return _("“{text}”").format(text=shown[:_LONGEST] + "…" if len(shown) > _LONGEST else shown)


def _invalid_value(refusal: InvalidValue, said: str | None = None) -> str:
    """Return the sentence for a value that will not do; `said` stands for one that is not repeated."""
    bounds = refusal.allowed if len(refusal.allowed) == 2 else ("", "")
    sentence = VALUES.get(refusal.reason, N_("{typed} will not do for {field}."))
    return _(sentence).format(
        typed=said or typed(refusal.typed),
        field=_label(refusal.field),
        allowed=listing(_allowed(refusal)),
        low=bounds[0],
        high=bounds[1],
    )


def _label(field: str) -> str:
    """Return what a field is called; "g1.value" by the field and the goal, and an option as it is."""
    name, _dot, part = field.partition(".")
    if name in FIELD_LABELS:
        return field_label(field)
    if part in FIELD_LABELS:
        return _("{field} of {record}").format(field=field_label(part), record=visible(name))
    return field


def _allowed(refusal: InvalidValue) -> Iterable[str]:
    if refusal.reason != "not-a-choice" or refusal.field not in CODE_LABELS:
        return refusal.allowed
    return (choice_label(refusal.field, code) for code in refusal.allowed)


def _usage(refusal: UsageError) -> str:
    reason = refusal.reason
    if refusal.words.get("near"):
        reason += "-near"
    words = dict(refusal.words)
    if "typed" in words:
        words["typed"] = typed(words["typed"])
    if "role" in words:
        words["role"] = code_label("my_role", words["role"])
    if "kind" in words:
        words["kind"] = kind_label(words["kind"])
    return _(USAGE[reason]).format(**{name: visible(word) for name, word in words.items()})


def _bad_input(refusal: BadInput) -> str:
    words = {name: visible(word) for name, word in refusal.words.items()}
    if "typed" in words:
        words["typed"] = typed(refusal.words["typed"])
    unfit = refusal.refusal
    if isinstance(unfit, InvalidValue):  # what it is stays unsaid
        unfit = InvalidValue(unfit.field, "…", unfit.reason, unfit.allowed)
    if unfit is not None:
        words["what"] = sentence_for(unfit)
    return _(INPUT[refusal.reason]).format(**words)


def _bad_file(refusal: BadFile) -> str:
    from mentorlog.render.places import place_text

    words = {name: visible(word) for name, word in refusal.words.items()}
    words["file"] = "-" if refusal.file == "-" else shlex.quote(visible(refusal.file))
    if "encoding" in words:
        words["encoding"] = words["encoding"] or ("CP932" if i18n.language == "ja" else "CP1252")
    unfit = refusal.refusal
    if isinstance(unfit, InvalidValue):  # what it is stays unsaid
        said = _invalid_value(unfit, _("What is there"))
    else:
        said = sentence_for(unfit) if unfit else _(FILES[refusal.reason]).format(**words)
    name = _("standard input") if refusal.file == "-" else visible(refusal.file)
    where = _("{place}: {what}").format(
        place=listing(filter(None, (name, place_text(refusal.place)))), what=said
    )
    return together(_("Nothing was added."), where)


def _unread(refusal: InputFailed) -> str:
    path = _("standard input") if refusal.path == "-" else visible(refusal.path)
    return _(UNREAD[refusal.reason]).format(path=path, detail=refusal.detail)


def _not_found(refusal: RecordNotFound) -> str:
    shown = typed(refusal.ref)
    if refusal.kind == "pair":
        return _(
            "No pair is called {typed}. Those there are: mentorlog pair list. Start one: mentorlog"
            " pair start NAME --as mentor|mentee"
        ).format(typed=shown)
    if refusal.kind is None:
        return _("{typed} is not a record's id. Ids such as m12 are in: mentorlog log").format(
            typed=shown
        )
    return _("There is no {kind} {typed}. Ids are in: mentorlog log").format(
        kind=kind_label(refusal.kind), typed=shown
    )


def _ambiguous(refusal: AmbiguousPair) -> str:
    names = listing(f"{visible(name)} ({ref})" for ref, name in refusal.candidates)
    if not refusal.ref:
        return _("There are several pairs. Say which: {names}").format(names=names)
    return _("{typed} may mean several pairs. Type more of the name, or an id: {names}").format(
        typed=typed(refusal.ref), names=names
    )


def _not_possible(refusal: NotPossible) -> str:
    words = {name: visible(word) for name, word in refusal.words.items()}
    if refusal.reason == "record-damaged":
        words["name"] = kind_label(words["name"])
    return _(MOVES[refusal.reason]).format(record=refusal.record, **words)


def _journal(refusal: JournalUnusable) -> str:
    return _(JOURNAL[refusal.reason]).format(path=visible(refusal.path), detail=refusal.detail)


def _backup(refusal: BackupUnusable) -> str:
    reason, path = refusal.reason, visible(refusal.path)
    if reason == "missing":
        reason, path = "missing-newest" if refusal.newest else reason, typed(refusal.path)
    return _(BACKUPS[reason]).format(path=path, detail=refusal.detail, newest=refusal.newest)


def _busy(refusal: JournalBusy) -> str:
    return _("Another program is using the journal {path}. Try again in a moment.").format(
        path=visible(refusal.path)
    )


def _output(refusal: OutputFailed) -> str:
    if refusal.detail == "exists":
        return _("{path} exists already. To write over it, add --force").format(
            path=visible(refusal.path)
        )
    if refusal.path == "-":
        sentence = _(
            "Standard output cannot be written ({detail}). What the journal holds is safe."
        )
        return sentence.format(detail=refusal.detail)
    sentence = (
        _("{path} cannot be written ({detail}). Choose another place.")
        if refusal.exit_code == CANNOT_MAKE
        else _("{path} cannot be written ({detail}). Try again once that is mended.")
    )
    return sentence.format(path=visible(refusal.path), detail=refusal.detail)


_PROMPTS = {
    "no-prompt-heading": N_(
        "{path}: each question begins with the line [[prompt]]; {typed} will not do."
    ),
    "prompt-without": N_("{path}: question {number} has no {name}. Give it a key and a text."),
    "prompt-key-unfit": N_(
        "{path}: the key {typed} of question {number} has to be one word, without = . or :"
    ),
    "prompt-doubled": N_(
        "{path}: the key {typed} of question {number} is taken in the form {form}. Choose another"
        " word, or limit the question to another form or phase."
    ),
    "prompt-limit": N_("{path}: question {number} has {typed}, which is none of: {known}"),
    "prompt-choice": N_("{path}: {typed} is no {name} for question {number}. These work: {known}"),
}


def _config(refusal: ConfigUnusable) -> str:
    if refusal.reason:
        words = {name: visible(word) for name, word in refusal.words.items()}
        if "typed" in words:
            words["typed"] = typed(refusal.words["typed"])
        return _(_PROMPTS[refusal.reason]).format(path=visible(refusal.path), **words)
    return _("The settings in {path} cannot be used: {detail}").format(
        path=visible(refusal.path), detail=visible(refusal.detail)
    )


def _interrupted(refusal: Interrupted) -> str:
    if refusal.resume is None:
        return _("Stopped. Nothing was kept.")
    return _("Stopped. What you said is kept; to go on: {command}").format(command=refusal.resume)


def _not_erased(refusal: NotErased) -> str:
    if refusal.written is None:
        return _("Stopped. Nothing was erased.")
    said = _("Stopped. Nothing was erased; the export stays: {path}")
    return said.format(path=visible(refusal.written))


_SENTENCES: dict[type[MentorlogError], Callable[..., str]] = {
    InvalidValue: _invalid_value,
    UsageError: _usage,
    BadInput: _bad_input,
    BadFile: _bad_file,
    InputFailed: _unread,
    RecordNotFound: _not_found,
    AmbiguousPair: _ambiguous,
    NotPossible: _not_possible,
    JournalUnusable: _journal,
    BackupUnusable: _backup,
    JournalBusy: _busy,
    OutputFailed: _output,
    ConfigUnusable: _config,
    Interrupted: _interrupted,
    NotErased: _not_erased,
}
