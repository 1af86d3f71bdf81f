"""Text from people: refuse what cannot be kept, show it safely, fold it for comparing.

Nothing here knows a record, a language or a terminal's width; cutting and wrapping to a width is
`render/`'s.
"""

import re

from mentorlog.errors import InvalidValue

# Characters that steer a terminal or turn the direction of what follows. ZWJ and the variation
# selectors are not among them: emoji families need them and they move nothing.
_STEERING = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb"
)

# A small Latin letter and, come apart from it, what stands above, below or through it.
_ACCENTS = (
    "([a-z\u00df-\u024f\u0250-\u02af\u1e00-\u1eff\u2c60-\u2c7f\ua722-\ua7ff\uab30-\uab64])"
    "[\u0300-\u036f]+"
)


_LONGEST_LINE = 1000  # of a text on one line: the rest of ten megabytes is not looked for there


def keepable(field: str, typed: str) -> str:
    """Return `typed` with its line ends normalised to LF, otherwise as it was.

    Raises InvalidValue for what SQLite or UTF-8 cannot carry: NUL and lone surrogates. The refused
    text is not repeated in the error.
    """
    if "\x00" in typed:
        raise InvalidValue(field, "", "text-has-nul")
    if not typed.isascii():
        try:
            typed.encode("utf-8")
        except UnicodeEncodeError:
            raise InvalidValue(field, "", "text-not-unicode") from None
    if "\r" in typed:
        return typed.replace("\r\n", "\n").replace("\r", "\n")
    return typed


def visible(text: str, *, block: bool = False) -> str:
    r"""Return `text` for a terminal: steering characters become visible escapes such as `\x1b`.

    A `block` keeps its line breaks and tabs; anywhere else they become escapes too.
    """
    if text.isprintable():
        return text  # nearly always: the pattern is compiled only where it is needed
    return re.sub(f"[{_STEERING}]" if block else f"[{_STEERING}\t\n]", _escape, text)


def inert_json(text: str) -> str:
    """Return JSON with the steering characters in its strings escaped; it reads back as the same."""
    if text.isascii() and "\x7f" not in text:
        return text  # JSON escapes those below 0x20 itself
    beyond = _STEERING.replace("\x00-\x08\x0b-\x1f", "")
    return re.sub(f"[{beyond}]", lambda found: f"\\u{ord(found.group()):04x}", text)


def first_line(text: str) -> str:
    """Return the first line that says something, made visible, with … where more follows."""
    head, _, rest = text.strip().partition("\n")
    has_more = bool(rest.strip()) or len(head) > _LONGEST_LINE
    return visible(head[:_LONGEST_LINE].rstrip()) + (" …" if has_more else "")


def folded(text: str) -> str:
    """Return `text` so that width, case and the space around it do not tell two names apart."""
    if not text.isascii():
        import unicodedata

        text = unicodedata.normalize("NFKC", text)
    return " ".join(text.casefold().split())


def search_text(text: str) -> str:
    """Return `text` as it is searched: width, case and the accents of Latin letters make no difference.

    Dakuten do, as do the marks of every other script. The space in it stays as it is.
    """
    if text.isascii():
        return text.casefold()
    import unicodedata

    apart = unicodedata.normalize("NFKD", text).casefold()  # only apart has every letter its case
    apart = unicodedata.normalize("NFKD", apart)
    return unicodedata.normalize("NFKC", re.sub(_ACCENTS, r"\1", apart))


def _escape(found: re.Match[str]) -> str:
    code = ord(found.group())
    if found.group() in "\n\t":
        return "\\n" if code == 0x0A else "\\t"
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
