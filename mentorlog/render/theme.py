"""The looks that Rich drawings use, by what they mean."""

from rich.theme import Theme

THEME = Theme(
    {
        "title": "bold",
        "id": "cyan",
        "command": "cyan",
        "label": "dim",
        "quiet": "dim",
        "warm": "yellow",
    }
)
