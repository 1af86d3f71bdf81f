"""The records that a figure stands on: how many, and which, as far as that was asked for."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Self, overload


class Ids(Sequence[str]):
    """The ids of records, of which there may be more than are named.

    Its length is how many records there are. Counting is quick, naming is not: without the evidence
    only those are named whose words are quoted. Going through it yields those that are named.
    """

    __slots__ = ("_count", "_named")

    def __init__(self, named: Iterable[str] = (), count: int | None = None) -> None:
        self._named = tuple(named)
        self._count = len(self._named) if count is None else count

    @classmethod
    def together(cls, several: Iterable["Ids"]) -> Self:
        """Return the records of all of them, one after the other."""
        found = list(several)
        return cls((ref for ids in found for ref in ids), sum(map(len, found)))

    def __len__(self) -> int:
        """Return how many records there are, named or not."""
        return self._count

    def __iter__(self) -> Iterator[str]:
        """Yield those that are named."""
        return iter(self._named)

    def __contains__(self, ref: object) -> bool:
        """True for one that is named."""
        return ref in self._named

    @overload
    def __getitem__(self, place: int) -> str: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[str, ...]: ...
    def __getitem__(self, place: int | slice) -> str | tuple[str, ...]:
        """Return one of those that are named, or some of them."""
        return self._named[place]

    def __eq__(self, other: object) -> bool:
        """True for the same records, named alike; a tuple names all of its own."""
        if isinstance(other, tuple):
            return (self._named, self._count) == (other, len(other))
        if not isinstance(other, Ids):
            return NotImplemented
        return (self._named, self._count) == (other._named, other._count)

    def __hash__(self) -> int:
        """Return the same for what is equal."""
        return hash(self._named)

    def __repr__(self) -> str:
        """Return it as it is made."""
        return f"Ids({self._named!r}, {self._count})"
