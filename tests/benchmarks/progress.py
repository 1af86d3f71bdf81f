"""How far the measuring has come: a bar on standard error, at a terminal, and nothing anywhere else."""

from __future__ import annotations

from typing import Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn


class Bar:
    """Counts steps, one with every call; it is gone when the work is done, however that ends."""

    def __init__(self, total: int) -> None:
        console = Console(stderr=True)
        self._progress = Progress(
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=console,
            refresh_per_second=2,  # the fewer, the less it takes from what is measured
            transient=True,
            redirect_stdout=False,
            redirect_stderr=False,
            disable=not console.is_terminal,
        )
        self._task = self._progress.add_task("", total=total)

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(self, *_failure: object) -> None:
        self._progress.stop()

    def doing(self, what: str) -> None:
        """Say what is done now."""
        self._progress.update(self._task, description=f"{what:<24}")

    def __call__(self) -> None:
        """Count one step more."""
        self._progress.advance(self._task)
