"""Completing a command line: what the shell's script asks, and what the program answers.

The script sends the words typed so far by standard input, never as arguments: where the variable that
asks is lost on the way, or an older program answers, nothing of what is being typed is run. The answer
is a line that says how to go on, then a candidate a line. No text of a journal is ever more than that:
the scripts run nothing of it, and what no shell, glob or terminal gives a meaning to is all that is
offered (`offers.py`). Whatever goes wrong, nothing is offered.

What a parameter takes is said in `values.py`, where the cursor stands found out in `place.py`.
"""

import sys

SHELLS = ("bash", "zsh", "fish")


def answer(shell: str) -> int:
    """Answer what the script of a shell asks on standard input; return the exit code."""
    if shell in SHELLS and sys.stdin is not None and not sys.stdin.isatty():
        from mentorlog.cli.completion import asking
        from mentorlog.cli.completion.offers import offered
        from mentorlog.cli.streams import flush_results, write_result

        typed = asking.read(shell, sys.stdin.buffer.read())
        lines = asking.answered(typed, offered(typed.before, typed.current))
        if lines:
            write_result("\n".join(lines))
            flush_results()
    return 0
