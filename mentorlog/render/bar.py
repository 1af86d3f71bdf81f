"""A bar of one line that says how much of some work is done. When it is drawn is `cli/progress.py`'s."""

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn


class Bar:
    """Drawn when it is told to, by nobody else; once taken away it has left nothing behind."""

    def __init__(self, console: Console, doing: str, total: int) -> None:
        self._progress = Progress(
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            MofNCompleteColumn(),
            console=console,
            auto_refresh=False,
            transient=True,
            redirect_stdout=False,
            redirect_stderr=False,
        )
        self._task = self._progress.add_task(doing, total=total)

    @property
    def is_shown(self) -> bool:
        """True while it stands on the terminal."""
        return self._progress.live.is_started

    def show(self, done: int) -> None:
        """Draw it with so many steps done."""
        self._progress.update(self._task, completed=done, refresh=self.is_shown)
        self._progress.start()

    def hide(self) -> None:
        """Take it away."""
        self._progress.stop()
