"""Which lines of the log lie in the pages of a damaged journal, and whether these are all there ever were."""

from mentorlog.storage.doctor import pages
from mentorlog.storage.doctor.remains import Logged


class LogLines:
    """The numbers of the lines that were found, and the last that was ever given."""

    def __init__(self) -> None:
        self._found = set[int]()
        self._last = 0

    def take(self, row: pages.Row, line: Logged | None) -> None:
        """Note a row: a line of the log, or what SQLite keeps of the numbers it has given."""
        if line is not None and row.is_whole:
            self._found.add(line.line)
        match row.values:
            case ("changes", int(last)):
                self._last = max(self._last, last)

    def are_all(self) -> bool:
        """True where none is missing from the first to the last; after `forget`, some always are."""
        return 0 < self._last == len(self._found) == max(self._found)
