"""A calendar as an iCalendar file (RFC 5545), for any calendar program: the only user of that library.

What stands in it is `domain/planned.py`'s, what it is called `calendar_titles.py`'s. Nothing else of
the journal is written: no description, no place, no address.

There is no METHOD. With one the file would be a message between calendars: PUBLISH asks for an organizer
with an address in every entry (RFC 5546, 3.2.1), and some programs offer to answer it. Without, it is
taken in as it is, and an entry whose uid is there already is replaced by the one of the higher sequence.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple, cast

from mentorlog import i18n
from mentorlog.domain.planned import Planned
from mentorlog.domain.record import in_utc
from mentorlog.export.calendar_titles import title

if TYPE_CHECKING:
    from icalendar import Alarm, Event, Todo

    from mentorlog.domain.action import Action

_NINE_THE_DAY_BEFORE = timedelta(hours=-15)  # from midnight, which a day as such begins at
_FIRST = datetime(2026, 1, 1, tzinfo=UTC)  # no file is older
_HIGHEST = 2**31 - 1  # RFC 5545, 3.3.8
_STATUS = {
    "expected": "TENTATIVE", "agreed": "CONFIRMED", "due": "CONFIRMED", "held": "CONFIRMED",
    "open": "NEEDS-ACTION", "done": "COMPLETED", "dropped": "CANCELLED",
}  # fmt: skip


class Edition(NamedTuple):
    """What tells one file from the next: when it was made, on which day, and what titles may hold."""

    at: datetime
    today: date
    titles: str

    @property
    def sequence(self) -> int:
        """A number that rises from one file to the next, whatever was restored in the meantime."""
        seconds = (in_utc(self.at) - _FIRST).total_seconds()
        return int(min(max(0, seconds), _HIGHEST))


def icalendar_file(entries: Iterable[Planned], edition: Edition) -> str:
    """Return the entries as a file, its lines ended by CR LF."""
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", f"-//mentorlog//mentorlog//{i18n.language.upper()}")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    for entry in entries:
        calendar.add_component(_component(entry, edition))
    return str(calendar.to_ical(), "utf-8")


def _component(entry: Planned, edition: Edition) -> "Event | Todo":
    called = title(entry, edition.titles)
    component = _task(entry) if entry.what == "action" else _day(entry)
    component.add("uid", entry.uid)
    component.add("dtstamp", in_utc(edition.at))
    component.add("sequence", edition.sequence)
    component.add("summary", called)
    component.add("status", _STATUS[entry.state])
    component.add("class", "PRIVATE")
    changed_at = None if entry.record is None else entry.record.updated_at
    if changed_at is not None:
        component.add("last-modified", in_utc(changed_at))
    if entry.is_to_come(edition.today):
        component.add_component(_alarm(called, of_task=entry.what == "action"))
    return component


def _day(entry: Planned) -> "Event":
    """Return a whole day; nobody is taken for busy all of it."""
    from icalendar import Event

    event = Event()
    event.add("dtstart", entry.on)
    event.add("transp", "TRANSPARENT")
    return event


def _task(entry: Planned) -> "Todo":
    from icalendar import Todo

    task = Todo()
    task.add("due", entry.on)
    done_on = cast("Action", entry.record).done_on
    if entry.state == "done" and done_on is not None:
        # The hour is not known; noon in UTC is that day nearly everywhere.
        task.add("completed", datetime(done_on.year, done_on.month, done_on.day, 12, tzinfo=UTC))
    return task


def _alarm(said: str, *, of_task: bool) -> "Alarm":
    """Return an alarm at nine in the morning of the day before."""
    from icalendar import Alarm

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", said)
    alarm.add(
        "trigger", _NINE_THE_DAY_BEFORE, parameters={"RELATED": "END" if of_task else "START"}
    )
    return alarm
