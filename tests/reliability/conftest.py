"""What the proofs share: somebody at a terminal, and a journal with something of everything in it."""

from __future__ import annotations

from tests.cli.conftest import talk
from tests.contract.conftest import written, written_journal

__all__ = ["talk", "written", "written_journal"]
