"""Compiles the message catalogues, while the package is built and when run by hand.

By hand: pip install babel hatchling, then python .ci/catalogues.py
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

LOCALES = Path(__file__).resolve().parent.parent / "mentorlog" / "locales"


def compile_all() -> None:
    """Write a .mo beside every .po."""
    for source in LOCALES.glob("*/LC_MESSAGES/*.po"):
        with source.open("rb") as po, source.with_suffix(".mo").open("wb") as mo:
            write_mo(mo, read_po(po))


class CatalogueHook(BuildHookInterface[Any]):
    """hatchling calls this for a wheel and for an editable install alike."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile before the files are collected."""
        compile_all()


if __name__ == "__main__":
    compile_all()
