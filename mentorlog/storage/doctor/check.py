"""One thing that `doctor` has looked at, and what it has found. What is looked at is not known here."""

from typing import Any, NamedTuple

OK, WARNING, PROBLEM = "ok", "warning", "problem"
SALVAGE = "mentorlog doctor --salvage NEW.db"


class Check(NamedTuple):
    """One thing looked at: `found` is a stable code for what was found, `values` what it speaks of.

    `do` is the command to type next, None where there is none.
    """

    code: str
    state: str = OK
    found: str = OK
    values: dict[str, Any] = {}  # noqa: RUF012  (never changed)
    do: str | None = None
