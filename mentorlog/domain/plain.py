"""Values as JSON has them: ISO days, UTC instants, whole numbers without a point. No JSON text is made here."""

from datetime import date, datetime
from typing import Any

from mentorlog.domain.fields import plain_number
from mentorlog.domain.record import utc_text

FORMAT = "mentorlog/1"  # what every JSON document says it is


def document(name: str, /, **members: Any) -> dict[str, Any]:
    """Return a JSON document: what it says of itself, then its members in the order given."""
    return {"format": FORMAT, "document": name, **members}


def plain(value: Any) -> Any:
    """Return a value as JSON has it, whatever is inside it too."""
    if isinstance(value, datetime):
        return utc_text(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return plain_number(value)
    if isinstance(value, dict):
        return {key: plain(each) for key, each in value.items()}
    return [plain(each) for each in value] if isinstance(value, tuple | list) else value
