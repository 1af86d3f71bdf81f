"""The days here of what is stored as an instant, and the instants that a day here begins and ends with."""

from datetime import date, datetime, time, timedelta

from mentorlog.domain.record import in_utc, local, utc_text


def local_day(instant: str) -> str:
    """Return the day here of an instant as it is stored."""
    return local(datetime.fromisoformat(instant)).date().isoformat()


def midnight(day: date) -> str:
    """Return the instant a day begins here, as instants are stored."""
    return utc_text(in_utc(datetime.combine(day, time.min)))


def day_after(day: date) -> date | None:
    """Return the next day; None where the calendar ends."""
    return None if day == date.max else day + timedelta(days=1)
