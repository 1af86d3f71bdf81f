"""The sentence for every refusal, in one place: what happened, and what to type next.

Errors are data; their words are made here, in the user's language. Text from the journal is never
repeated, but for the names of pairs that may be meant; what the user has just typed is, made visible.
"""

from collections.abc import Callable, Iterable

from mentorlog.errors import (
    AmbiguousPair,
    ConfigUnusable,
    Interrupted,
    InvalidValue,
    JournalBusy,
    JournalUnusable,
    MentorlogError,
    NotPossible,
    OutputFailed,
    RecordNotFound,
    UsageError,
)
from mentorlog.i18n import (
    CODE_LABELS,
    FIELD_LABELS,
    N_,
    _,
    choice_label,
    code_label,
    field_label,
    kind_label,
    listing,
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


_VALUES = {
    "day-unknown": N_("{typed} is no date I can read ({field}). These work: {allowed}"),
    "day-ambiguous": N_("{typed} can be read as two dates ({field}): {allowed}. Type one of them."),
    "day-impossible": N_("There is no such day as {typed} ({field}). Dates look like 2026-11-22."),
    "day-weekday-mismatch": N_(
        "The weekday in {typed} is not that day's ({field}). Leave it out, or correct the day."
    ),
    "due-twice": N_("There is more than one “due:” in the text. Keep one."),
    "clock-unknown": N_("{typed} is no time of day I can read. These work: {allowed}"),
    "span-unknown": N_("{typed} is no length of time I can read ({field}). These work: {allowed}"),
    "span-impossible": N_(
        "{typed} will not do ({field}): it has to be a day or more, within the calendar."
    ),
    "cadence-unknown": N_("{typed} is no rhythm I can read ({field}). These work: {allowed}"),
    "not-a-choice": N_("{typed} is not one of the words for {field}: {allowed}"),
    "not-a-number": N_("{typed} will not do for {field}: a whole number from {low} to {high}."),
    "not-a-flag": N_("{typed} will not do for {field}: yes or no."),
    "required": N_("{field} cannot be empty."),
    "one-line-only": N_("{field} has to fit on one line."),
    "text-has-nul": N_("{field}: the text has a NUL character in it, which cannot be kept."),
    "text-not-unicode": N_("{field}: the text is not valid Unicode and cannot be kept."),
    "before-the-start": N_("{field}: {typed} is not after the day the pair started."),
    "looks-like-an-id": N_(
        "{typed} looks like the id of a record. Choose another word for {field}."
    ),
    "no-such-heading": N_(
        "There is no heading {typed} in this form. Correct it, or begin the line with \\"
    ),
    "before-any-heading": N_(
        "The text before the first heading belongs to nothing. Move it below one."
    ),
    "not-after-the-meeting": N_(
        "{field}: {typed} is not after the meeting itself. A date such as +2w counts from its day."
    ),
}


def _invalid_value(refusal: InvalidValue) -> str:
    bounds = refusal.allowed if len(refusal.allowed) == 2 else ("", "")
    label = field_label(refusal.field) if refusal.field in FIELD_LABELS else refusal.field
    sentence = _VALUES.get(refusal.reason, N_("{typed} will not do for {field}."))
    return _(sentence).format(
        typed=typed(refusal.typed),
        field=label,
        allowed=listing(_allowed(refusal)),
        low=bounds[0],
        high=bounds[1],
    )


def _allowed(refusal: InvalidValue) -> Iterable[str]:
    if refusal.reason != "not-a-choice" or refusal.field not in CODE_LABELS:
        return refusal.allowed
    return (choice_label(refusal.field, code) for code in refusal.allowed)


_USAGE = {
    "no-such-command": N_("There is no command {name}. See: {path} --help"),
    "no-such-command-near": N_("There is no command {name}. Did you mean: {path} {near}"),
    "no-such-language": N_("I do not speak {name}. Languages: {known}"),
    "no-such-setting": N_("There is no setting {name}. Settings: {known}"),
    "no-such-field": N_("There is no field {name} to set in: {kind}. Fields: {known}"),
    "no-field-value": N_("{typed} is not of the form FIELD=VALUE, such as due_on=fri"),
    "no-id-text": N_("{typed} is not of the form ID=TEXT, such as {example}=…"),
    "role-missing": N_(
        "{name} is new. Say which you are: mentorlog meet {name} --as mentor, or --as mentee"
    ),
    "new-or-known": N_(
        "{typed} could be someone new, or {known} ({id}). Type the whole name to mean {known}; start"
        " someone new with: mentorlog pair start NAME --as mentor|mentee"
    ),
    "other-role": N_("With {known} you are the {role}. Leave --as out."),
    "nothing-said": N_(
        "There is nothing to record yet. Give a --summary, --notes or another part; see: mentorlog"
        " meet --help"
    ),
    "text-missing": N_("The text is missing. Type it after the command, in quotes."),
    "too-many-words": N_("Put the text in quotes, so that it is one word to the shell: '…'"),
    "editor-needs-terminal": N_(
        "--edit needs a terminal. Give the text by options or with --notes -"
    ),
    "input-not-utf8": N_("The text is not UTF-8 (byte {place}). Nothing was kept."),
    "confirm-missing": N_("{what} To delete all of it, add --yes; undo brings it back."),
    "nothing-to-edit": N_("Say what to change, such as: mentorlog edit {id} --set {name}=…"),
    "two-pairs": N_("Two pairs are named: {first} and {second}. Name one."),
    "due-twice": N_("There is a “due:” in the text and a --due. Keep one."),
    "same-record-twice": N_("The same record is named twice. Name each once."),
}


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
    return _(_USAGE[reason]).format(**{name: visible(word) for name, word in words.items()})


def _not_found(refusal: RecordNotFound) -> str:
    shown = typed(refusal.ref)
    if refusal.kind == "pair":
        return _(
            "No pair is called {typed}. Those there are: mentorlog pair list. Start one: mentorlog"
            " pair start NAME --as mentor|mentee"
        ).format(typed=shown)
    if refusal.kind is None:
        return _("{typed} is no record's id. Ids such as m12 are in: mentorlog log").format(
            typed=shown
        )
    return _("There is no {kind} {typed}. Ids are in: mentorlog log").format(
        kind=kind_label(refusal.kind), typed=shown
    )


def _ambiguous(refusal: AmbiguousPair) -> str:
    names = ", ".join(f"{visible(name)} ({ref})" for ref, name in refusal.candidates)
    if not refusal.ref:
        return _("There are several active pairs. Say which: {names}").format(names=names)
    return _("{typed} begins several names. Type more of one: {names}").format(
        typed=typed(refusal.ref), names=names
    )


_MOVES = {
    "no-pair": N_(
        "There is no active pair yet. Begin with: mentorlog meet NAME --as mentor|mentee"
    ),
    "nothing-to-undo": N_("There is nothing to undo."),
    "nothing-to-redo": N_("There is nothing to redo. A new write ends what could be redone."),
    "action-not-open": N_(
        "{record} is not open. To open it again: mentorlog action reopen {record}"
    ),
    "action-open-already": N_("{record} is open already."),
    "not-advice": N_("{record} is no advice. To close it: mentorlog action done {record}"),
    "question-not-open": N_("{record} has been closed already. To see it: mentorlog show {record}"),
    "of-another-pair": N_("{record} belongs to another pair. Ids of this one: mentorlog prep PAIR"),
    "name-taken": N_("{name} is the name of {record} already. Choose another name or --alias."),
    "editor-failed": N_("The editor ended with a failure, so nothing went into the journal."),
    "editor-not-utf8": N_("What the editor saved is not UTF-8, so nothing went into the journal."),
    "editor-missing": N_(
        "The editor {name} cannot be started. Set VISUAL or EDITOR to one that can."
    ),
    "record-damaged": N_(
        "{record} holds what no {name} can. Keep a copy of the journal and see: mentorlog history"
    ),
    "demo-exists": N_("{name} exists already. Choose another place for --keep."),
}


def _not_possible(refusal: NotPossible) -> str:
    words = {name: visible(word) for name, word in refusal.words.items()}
    if refusal.reason == "record-damaged":
        words["name"] = kind_label(words["name"])
    return _(_MOVES[refusal.reason]).format(record=refusal.record, **words)


_JOURNAL = {
    "unreadable": N_("The journal {path} cannot be read ({detail}). See who owns it: ls -l {path}"),
    "not-a-file": N_("The journal {path} is not a file. Set MENTORLOG_DB to one."),
    "hard-linked": N_(
        "The journal {path} has a second name (a hard link), which is not safe. Remove one of the two."
    ),
    "foreign": N_(
        "{path} is not a mentorlog journal and was left untouched. Set MENTORLOG_DB to another."
    ),
    "newer": N_(
        "The journal {path} was written by a newer mentorlog and was left untouched. Update it."
    ),
    "damaged": N_("The journal {path} is damaged. Keep a copy of it before you do anything else."),
    "disk-failed": N_(
        "The disk refused to keep it: {path} ({detail}). Nothing was changed; make room and try again."
    ),
    "read-only": N_("The journal {path} cannot be written ({detail}). Reading still works."),
    "cannot-open": N_("The journal {path} cannot be opened ({detail})."),
    "cannot-make": N_("{path} cannot be made ({detail}). Choose another place with MENTORLOG_DB."),
}


def _journal(refusal: JournalUnusable) -> str:
    return _(_JOURNAL[refusal.reason]).format(path=visible(refusal.path), detail=refusal.detail)


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
    return _("{path} cannot be written ({detail}).").format(
        path=visible(refusal.path), detail=refusal.detail
    )


def _config(refusal: ConfigUnusable) -> str:
    return _("The settings in {path} cannot be used: {detail}").format(
        path=visible(refusal.path), detail=visible(refusal.detail)
    )


def _interrupted(refusal: Interrupted) -> str:
    if refusal.resume is None:
        return _("Stopped. Nothing was kept.")
    return _("Stopped. What you said is kept; to go on: {command}").format(command=refusal.resume)


_SENTENCES: dict[type[MentorlogError], Callable[..., str]] = {
    InvalidValue: _invalid_value,
    UsageError: _usage,
    RecordNotFound: _not_found,
    AmbiguousPair: _ambiguous,
    NotPossible: _not_possible,
    JournalUnusable: _journal,
    JournalBusy: _busy,
    OutputFailed: _output,
    ConfigUnusable: _config,
    Interrupted: _interrupted,
}
