"""What has come already of many that come, in little memory: numbers as bits, texts as a sieve.

No record is known here, and no file.
"""

_BITS = 60  # to a mask: with them a whole number takes no more memory than with one
_SIEVE = 1 << 25  # bits: with a million texts, one of seventy new ones may seem to have come


class Numbers:
    """Whole numbers that have come: of a million that follow each other, three megabytes."""

    def __init__(self) -> None:
        self._masks: dict[int, int] = {}

    def __contains__(self, number: int) -> bool:
        place, bit = divmod(number, _BITS)
        return self._masks.get(place, 0) >> bit & 1 == 1

    def add(self, number: int) -> None:
        """Note a number."""
        place, bit = divmod(number, _BITS)
        self._masks[place] = self._masks.get(place, 0) | 1 << bit


class Sieve:
    """Says at once of nearly every text that is new that it is; of the others, that they may have come."""

    def __init__(self) -> None:
        self._bits = bytearray(_SIEVE // 8)

    def may_have(self, text: str) -> bool:
        """True where a text may have come before; it has come now."""
        place, bit = divmod(hash(text) % _SIEVE, 8)
        before = self._bits[place]
        self._bits[place] = before | 1 << bit
        return before >> bit & 1 == 1
