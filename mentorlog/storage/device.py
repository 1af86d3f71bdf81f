"""What this computer is called in the log of changes."""

import os
import sys


def device() -> str:
    """Return the name of this computer."""
    if sys.platform != "win32":
        return (
            os.uname().nodename
        )  # `platform` knows it everywhere: importing it is felt at every write
    import platform

    return platform.node()
