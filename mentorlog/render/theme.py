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
        # Pictures: what is done, what goes beyond it, and what all of it would be.
        "filled": "green",
        "beyond": "bold magenta",
        "track": "dim",
        "met": "bold green",
        "coming": "cyan",
        "quote": "italic",
    }
)
