"""What can go wrong, as data.

Here are the refusals the program knows, each with what a sentence about it needs and with its exit
code. The sentences themselves are made in `cli/sentences.py`, in the user's language. No error holds
text from a journal, except the words the user has just typed and the names of pairs they may mean.
"""

from typing import ClassVar, NamedTuple

CANNOT_MAKE = 73  # the exit code where what was to be written could not be made


class MentorlogError(Exception):
    """A refusal with a reason the user can mend; `exit_code` follows PRODUCT's table."""

    exit_code: ClassVar[int] = 1
    draft: str | None = None  # where what was typed is kept, when the journal could not keep it


class InvalidValue(MentorlogError):
    """A value typed on the command line, in a form or in a file that a field cannot take.

    `reason` is a stable code such as "day-ambiguous"; `allowed` lists what would be taken.
    """

    exit_code: ClassVar[int] = 2

    def __init__(self, field: str, typed: str, reason: str, allowed: tuple[str, ...] = ()) -> None:
        super().__init__(field, reason)
        self.field = field
        self.typed = typed
        self.reason = reason
        self.allowed = allowed


class UsageError(MentorlogError):
    """A command line that cannot be meant: `reason` is a stable code, `words` what it speaks of."""

    exit_code: ClassVar[int] = 2

    def __init__(self, reason: str, **words: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.words = words


class BadInput(MentorlogError):
    """What came by standard input cannot be read; `words` name the place or the key, never its text.

    Where the answer to a key cannot be taken, `refusal` says why.
    """

    exit_code: ClassVar[int] = 65

    def __init__(self, reason: str, refusal: MentorlogError | None = None, **words: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.refusal = refusal
        self.words = words


class Place(NamedTuple):
    """Where in a file something stands: the so-manieth entry, counted from 1, and the line it begins on.

    `kind` is what a record is to be, `within` the file in a zip. What is 0 or blank is not known.
    """

    entry: int = 0
    line: int = 0
    kind: str = ""
    within: str = ""


class BadFile(MentorlogError):
    """A file to import holds what cannot be taken in; nothing of it is. It never repeats its text.

    `reason` is a stable code, or blank where `refusal` says what is wrong with a value at `place`.
    `file` is what was typed for it, "-" for standard input.
    """

    exit_code: ClassVar[int] = 65

    def __init__(
        self,
        reason: str,
        place: Place | None = None,
        refusal: MentorlogError | None = None,
        **words: str,
    ) -> None:
        super().__init__(reason)
        self.reason = reason
        self.place = place or Place()
        self.refusal = refusal
        self.words = words
        self.file = ""


class standing_at:  # noqa: N801  (it reads as what it does: with standing_at(place))
    """Refuse a file for the value at a place in it that cannot be taken.

    Written out, not as a generator: a file has millions of places.
    """

    def __init__(self, place: Place) -> None:
        self._place = place

    def __enter__(self) -> None:
        pass

    def __exit__(self, _type: object, failure: BaseException | None, _trace: object) -> None:
        if isinstance(failure, InvalidValue):
            raise BadFile("", self._place, failure) from None


class InputFailed(MentorlogError):
    """A file to read is not there, is no file, or reading it failed (74)."""

    def __init__(self, path: str, reason: str, detail: str = "", exit_code: int = 1) -> None:
        super().__init__(path, reason)
        self.path = path
        self.reason = reason
        self.detail = detail
        self.exit_code = exit_code  # type: ignore[misc]  # 74 where reading failed


class RecordNotFound(MentorlogError):
    """No record answers to `ref`; `kind` is the kind that was wanted, or None for any."""

    def __init__(self, kind: str | None, ref: str) -> None:
        super().__init__(kind)
        self.kind = kind
        self.ref = ref


class AmbiguousPair(MentorlogError):
    """`ref` begins the names of several pairs; `candidates` are (id, name)."""

    def __init__(self, ref: str, candidates: tuple[tuple[str, str], ...]) -> None:
        super().__init__(len(candidates))
        self.ref = ref
        self.candidates = candidates


class NotPossible(MentorlogError):
    """A move a record refuses in its present state, such as finishing a dropped action."""

    def __init__(self, reason: str, record: str = "", **words: str) -> None:
        super().__init__(reason, record)
        self.reason = reason
        self.record = record
        self.words = words


class JournalUnusable(MentorlogError):
    """The journal file cannot be used as it stands; `reason` is a stable code.

    Exit 74 where reading or writing failed, 73 where it could not be made, else 1.
    """

    def __init__(self, reason: str, path: str, detail: str = "", exit_code: int = 1) -> None:
        super().__init__(reason, path)
        self.reason = reason
        self.path = path
        self.detail = detail
        self.exit_code = exit_code  # type: ignore[misc]  # each failure has its own


class BackupUnusable(MentorlogError):
    """A file that was to be restored will not do; `newest` is the name of the newest automatic backup.

    Exit 65, but 1 where there is none, and 74 where it could not be read.
    """

    exit_code: ClassVar[int] = 65

    def __init__(
        self, reason: str, path: str, detail: str = "", exit_code: int = 65, newest: str = ""
    ) -> None:
        super().__init__(reason, path)
        self.reason = reason
        self.path = path
        self.detail = detail
        self.newest = newest
        self.exit_code = exit_code  # type: ignore[misc]  # each failure has its own


class JournalBusy(MentorlogError):
    """Another program has held the journal for longer than the time-out."""

    exit_code: ClassVar[int] = 75

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path


class OutputFailed(MentorlogError):
    """A file, or standard output ("-"), could not be written; what the journal holds is safe."""

    exit_code: ClassVar[int] = 74

    def __init__(self, path: str, detail: str, exit_code: int = 74) -> None:
        super().__init__(path)
        self.path = path
        self.detail = detail
        self.exit_code = exit_code  # type: ignore[misc]  # 73 where it exists already


class Interrupted(MentorlogError):
    """The user stopped half-way; `resume` is the command that goes on, where something was kept."""

    exit_code: ClassVar[int] = 130

    def __init__(self, resume: str | None = None) -> None:
        super().__init__(resume)
        self.resume = resume


class NotErased(MentorlogError):
    """The user stopped before anything was erased; `written` is the file it had been exported to, if any."""

    exit_code: ClassVar[int] = 130

    def __init__(self, written: str | None = None) -> None:
        super().__init__(written)
        self.written = written


class ConfigUnusable(MentorlogError):
    """A file in the folder of settings cannot be used; `detail` says where in it.

    Where a question of the user's own is wrong, `reason` is a stable code for what is, and `words`
    what it speaks of.
    """

    def __init__(self, path: str, detail: str = "", *, reason: str = "", **words: str) -> None:
        super().__init__(path, reason)
        self.path = path
        self.detail = detail
        self.reason = reason
        self.words = words
