"""How each shell asks for candidates, and in which form it takes them. What they are is not known here.

All three send fields that end with NUL: zsh and fish the words typed, the last one up to the cursor;
bash the line up to the cursor, the part of it that readline will put a candidate in the place of, why
it asks, and how wide the terminal is.
"""

from typing import NamedTuple

from mentorlog.cli import streams
from mentorlog.cli.completion.offers import FILES, Candidate, Offer

_LISTING = "63"  # bash's COMP_TYPE when candidates are only shown, and none is put in


class Typed(NamedTuple):
    """The words before the one at the cursor, and that one, of which `kept` stays where it is.

    bash takes words alone, which it does not quote, a `quote` being open or not; where it only lists
    them, in so many `columns`, they are told apart by what they say.
    """

    shell: str
    before: list[str]
    current: str
    kept: str = ""
    quote: str = ""
    columns: int = 0


def read(shell: str, sent: bytes) -> Typed:
    """Return what was typed, from what a script has sent."""
    fields = sent.decode("utf-8", "replace").split("\x00")[:-1]
    if shell == "bash":
        return _from_bash(*fields)
    *before, current = fields
    if shell == "fish":
        current = split(current)[0][-1]  # this one fish leaves in its quotes
    return Typed(shell, before, current)


def _from_bash(line: str, replaced: str, why: str, columns: str) -> Typed:
    (_program, *before, current), quote = split(line)
    part = replaced if quote else split(replaced)[0][-1]  # in quotes it comes without them
    kept = current.removesuffix(part) if part else current
    return Typed("bash", before, current, kept, quote, int(columns) if why == _LISTING else 0)


def split(line: str) -> tuple[list[str], str]:
    """Return the words of a line as a shell reads them, and the quote that is still open at its end.

    After a space a new word begins, though nothing of it be typed. Nothing is expanded.
    """
    words, quote, is_begun = [""], "", False
    signs = iter(line)
    for sign in signs:
        if sign.isspace() and not quote:
            words += [""] if is_begun else []
            is_begun = False
            continue
        is_begun = True
        if sign == "\\" and quote != "'":
            words[-1] += next(signs, "")
        elif sign == quote:
            quote = ""
        elif sign in "'\"" and not quote:
            quote = sign
        else:
            words[-1] += sign
    return words, quote


def answered(typed: Typed, offer: Offer) -> list[str]:
    """Return the lines of the answer: how to go on, then the candidates. Without any there is none."""
    found = [each for each in offer.candidates if streams.takes_all_text() or each.value.isascii()]
    if not found:
        return [FILES] if offer.how == FILES else []
    if typed.shell != "bash":
        return [offer.how, *("\t".join(filter(None, each)) for each in found)]
    values = [each.value.removeprefix(typed.kept) for each in found]
    if typed.columns and len(found) > 1:
        return [offer.how, *_listed(found, values, typed.columns)]
    return [offer.how, *(each if typed.quote else each.replace(" ", "\\ ") for each in values)]


def _listed(found: list[Candidate], values: list[str], columns: int) -> list[str]:
    """Return the candidates with what they say, in columns."""
    from mentorlog.render.cells import cut, padded, width

    widest = max(map(width, values))
    return [
        cut(f"{padded(value, widest)}  {each.says}".rstrip(), max(columns - 1, 20))
        for each, value in zip(found, values, strict=True)
    ]
