"""Text from people made inert in Markdown: it reads as they wrote it and never becomes structure.

Why so little is enough. In CommonMark a block begins with a mark of ASCII punctuation, with a number
and `.` or `)`, or with white space; so each line's indent and first mark are dealt with. Inline
structure needs one of a few marks, wherever it stands; those are escaped everywhere, together with
what the usual extensions read: tables, ~~, $, {{ }}, ==, %%, and the dots and colons that make a bare
address a link. Only GitHub still links a mail address, which it looks for after escapes are gone.

White space is normalised so: an indent becomes no-break spaces (a tab four), white space that ends a
line is dropped, several empty lines are one. Line breaks are kept.
"""

import re

from mentorlog.text import visible

_INLINE = re.compile(
    r"[\\`*_{}\[\]<&|~$#@]"
    r"|([=%])(?=\1)"  # ==marked== and %%hidden%%, to some programs
    r"|:(?=[A-Za-z/])|(?<=\S)\.(?=[^\W\d_])"  # https://, due:fri, www.example.com
)
_BLOCK = re.compile(r"^(\s*)(?:([-+>=:%])|([0-9]+)([.)]))")
_INDENT = re.compile(r"^[ \t]+")
_NO_BREAK = "\u00a0"
# In a front matter's quotes: what YAML cannot have there, and what a program that knows no front matter
# would read as Markdown.
_MARKS = re.compile('["#$&*/<=>@\\[\\\\\\]^_`{|}~\ufffe\uffff]|[.:](?=\\S)')


def block(text: str) -> str:
    """Return `text` as paragraphs, its line breaks kept."""
    lines = [_line(line) for line in visible(text, block=True).split("\n")]
    paragraphs = "\n".join(lines).strip("\n")
    return "\n\n".join(
        paragraph.replace("\n", "\\\n") for paragraph in re.split(r"\n{2,}", paragraphs)
    )


def inline(text: str) -> str:
    """Return `text` on one line, for a heading, a list item or a cell of a table."""
    return _line(visible(text).strip())


def indented(markdown: str, by: int = 2) -> str:
    """Return `markdown` as it continues a list item."""
    return "\n".join(" " * by + line if line else "" for line in markdown.split("\n"))


def quoted(text: str) -> str:
    """Return `text` as a value of front matter: in YAML's double quotes, inert as Markdown too."""
    return f'"{_MARKS.sub(_code, visible(text))}"'


def _line(line: str) -> str:
    escaped = _INLINE.sub(r"\\\g<0>", line.rstrip())
    return _INDENT.sub(_kept_indent, _BLOCK.sub(_first_mark_escaped, escaped))


def _first_mark_escaped(found: re.Match[str]) -> str:
    indent, mark, number, closing = found.groups(default="")
    return f"{indent}\\{mark}" if mark else f"{indent}{number}\\{closing}"


def _kept_indent(found: re.Match[str]) -> str:
    return found.group().replace("\t", _NO_BREAK * 4).replace(" ", _NO_BREAK)


def _code(found: re.Match[str]) -> str:
    return f"\\u{ord(found.group()):04x}"
