"""How large a file is, as people say it. No Rich here."""

_UNITS = ("KB", "MB", "GB")


def size_text(size: int) -> str:
    """Return a number of bytes, rounded: "312 KB", "1.4 MB"."""
    figure, unit = size / 1000, _UNITS[0]
    for larger in _UNITS[1:]:
        if figure >= 999.5:
            figure, unit = figure / 1000, larger
    return f"{figure:.1f} {unit}" if figure < 9.95 else f"{figure:,.0f} {unit}"
