"""Plain lines made bold, dim or coloured without Rich, for commands that are called all day."""


class Style:
    """The few looks a plain line can have; none where colour is not wanted."""

    def __init__(self, is_on: bool) -> None:
        self.is_on = is_on

    def bold(self, text: str) -> str:
        """Return `text` as what the eye should find first."""
        return self._with("1", text)

    def dim(self, text: str) -> str:
        """Return `text` as what may be passed over."""
        return self._with("2", text)

    def warm(self, text: str) -> str:
        """Return `text` as what wants attention."""
        return self._with("33", text)

    def ref(self, text: str) -> str:
        """Return the id of a record as it looks everywhere."""
        return self._with("36", text)

    def _with(self, code: str, text: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self.is_on and text else text
