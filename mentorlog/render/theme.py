"""The looks that Rich drawings use, by what they mean."""

from __future__ import annotations

from rich.theme import Theme

THEME = Theme(
    {
        "title": "bold",
        "id": "cyan",
        "label": "dim",
        "quiet": "dim",
        "warm": "yellow",
        "table.header": "dim",
    }
)
