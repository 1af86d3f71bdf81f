"""How well a colour can be told from another: WCAG 2's contrast ratio, 1 to 21."""

from __future__ import annotations


def contrast(one: str, other: str) -> float:
    """Return the ratio of two colours, each written as #rrggbb."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(value: float) -> float:
    if value <= 0.04045:
        return value / 12.92
    linear: float = ((value + 0.055) / 1.055) ** 2.4
    return linear
