"""Forgetting a pair: what there is of it, in the journal and beside it, and erasing all of that.

How the journal is erased is `storage/forgetting.py`'s; here is which drafts are about whom, and the order.
A text mentions somebody where the caller's `mentions` says so.
"""

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

from mentorlog.domain.pair import Pair, answers_exactly, named
from mentorlog.errors import (
    AmbiguousPair,
    JournalBusy,
    JournalUnusable,
    OutputFailed,
    UsageError,
)
from mentorlog.storage import backups, forgetting
from mentorlog.storage.drafts import Begun, Drafts
from mentorlog.storage.exports import Export, noted
from mentorlog.storage.journal import Journal
from mentorlog.storage.mentions import mentioning
from mentorlog.storage.pairs import all_pairs

Mentions = Callable[[str], bool]

_ID = re.compile(r"\b[a-z]\d+\b")
_UID = re.compile(r"\b[0-9a-f]{32}\b")


class Traces(NamedTuple):
    """All there is of a pair: `deleted` counts records that only the log still holds."""

    pair: Pair
    counts: dict[str, int]
    deleted: int
    period: tuple[date, date] | None
    drafts: int
    backups: int
    exports: tuple[Export, ...]


class Remains(NamedTuple):
    """What came of forgetting a pair: what went beside its records, and what may still be about it.

    `mentions` and `earlier` are ids of others' records that mention it, now or in their history.
    """

    drafts: int
    doubtful: tuple[Path, ...]
    backups: int
    mentions: tuple[str, ...]
    earlier: tuple[str, ...]


def the_pair_to_forget(journal: Journal, typed: str, *, whole: bool) -> Pair | None:
    """Return the pair that was named, or one that was deleted before; None where there is none.

    No pair gives way to another of that name here: AmbiguousPair. A mere beginning of a name that
    has to be `whole` is refused.
    """
    known = [*all_pairs(journal), *forgetting.deleted_pairs(journal)]
    exact = [each for each in known if answers_exactly(each, typed)]
    found = exact or [each for each in known if named([each], typed)]
    if len(found) > 1:
        raise AmbiguousPair(typed, tuple((each.id, each.partner) for each in found))
    if whole and found and not exact:
        raise UsageError("forget-whole-name", name=found[0].partner, id=found[0].id)
    return found[0] if found else None


def other_names(journal: Journal, pair: Pair) -> list[str]:
    """Return the names and aliases of all pairs but one."""
    others = (each for each in all_pairs(journal) if each.uid != pair.uid)
    return [name for each in others for name in (each.partner, each.alias) if name]


def traces(journal: Journal, drafts: Drafts, pair: Pair, mentions: Mentions) -> Traces:
    """Return what forgetting a pair would erase. It only reads."""
    owned = forgetting.belongings(journal, pair)
    span = forgetting.days(journal, owned)
    going, _doubtful = _drafts_of(journal, drafts, pair, owned, mentions)
    return Traces(
        pair=pair,
        counts={kind: len(numbers) for kind, numbers in owned.there.items() if numbers},
        deleted=sum(map(len, owned.deleted.values())),
        period=None if span is None else (date.fromisoformat(span[0]), date.fromisoformat(span[1])),
        drafts=len(going),
        backups=len(backups.all_of_ours(journal.path)),
        exports=tuple(noted(journal, pair.id)),
    )


def forget(
    journal: Journal, drafts: Drafts, pair: Pair, at: datetime, mentions: Mentions
) -> Remains:
    """Erase a pair and every trace of it: all of it, or nothing where it fails before the records are gone.

    Its drafts go while the records can still come back: what a draft is about cannot be told afterwards.
    They are looked for again, since one may have been begun while the question stood.
    """
    going, doubtful = list[Begun](), list[Begun]()

    def discard(owned: forgetting.Belongings) -> None:
        found = _drafts_of(journal, drafts, pair, owned, mentions)
        going.extend(found[0])
        doubtful.extend(found[1])
        for draft in going:
            drafts.remove(draft)

    forgetting.erase(journal, pair, at, discard)
    removed = finish(journal, at)
    names = [pair.partner, *([pair.alias] if pair.alias else [])]
    now, earlier = mentioning(journal, names, mentions)
    left = tuple(path for each in doubtful for path in each.files)
    return Remains(len(going), left, removed, tuple(now), tuple(earlier))


def finish(journal: Journal, at: datetime) -> int:
    """Do what follows once the records are gone; what fails then is said to be left to do."""
    try:
        return forgetting.finish(journal, at)
    except (JournalUnusable, OutputFailed) as refusal:
        reason = "forget-unfinished" if refusal.detail else "forget-unfinished-yet"
        raise JournalUnusable(reason, refusal.path, refusal.detail, refusal.exit_code) from refusal
    except JournalBusy as refusal:
        path = str(journal.path)
        raise JournalUnusable(
            "forget-unfinished-yet", path, exit_code=refusal.exit_code
        ) from refusal


def _drafts_of(
    journal: Journal,
    drafts: Drafts,
    pair: Pair,
    owned: forgetting.Belongings,
    mentions: Mentions,
) -> tuple[list[Begun], list[Begun]]:
    """Return the drafts that are about a pair, and those that may be."""
    going, doubtful = [], []
    for begun in drafts.everything():
        whose = _whose(journal, begun, pair, owned)
        if whose is True or (whose is None and mentions(begun.text)):
            going.append(begun)
        elif whose is None or not begun.is_legible or mentions(begun.text):
            doubtful.append(begun)
    return going, doubtful


def _whose(journal: Journal, begun: Begun, pair: Pair, owned: forgetting.Belongings) -> bool | None:
    """Return whether a draft is about a pair; None where it does not say."""
    draft = begun.draft or {}
    uids = set(_UID.findall(f"{draft.get('pair')} {draft.get('about')}"))
    if uids:  # those of another journal say nothing of whom they are about
        is_known = any(forgetting.has_uid(journal, uid) for uid in uids)
        return True if uids & owned.uids else False if is_known else None
    name = draft.get("name")
    if isinstance(name, str) and name:
        return _is_named(pair, all_pairs(journal), name)
    about = set(_ID.findall(f"{draft.get('command')} {draft.get('about')}"))
    return bool(about & owned.ids) if about else None


def _is_named(pair: Pair, known: Sequence[Pair], name: str) -> bool | None:
    try:
        meant = named([pair, *(each for each in known if each.uid != pair.uid)], name)
    except AmbiguousPair:
        return None
    return None if meant is None else meant.uid == pair.uid
