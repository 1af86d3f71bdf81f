"""An export as Markdown: CommonMark, with a front matter and, here and there, a table.

What may go has been settled before, in `material.py`; what stands where is `story.py`'s, numbers in
its place are `in_numbers.py`'s, the summary of one review is `summary_page.py`'s, a folder of several
documents `markdown_folder.py`'s.
Here is the document as a whole. Nothing in it depends on when it is made but the day in its front
matter, which what is next after a review names too, and anchors are made from uids: two exports of one
journal differ only where the journal does.
"""

from collections.abc import Iterable, Iterator

from mentorlog.export.in_numbers import agreed_on, numbers
from mentorlog.export.inert import inline, quoted
from mentorlog.export.material import Material
from mentorlog.export.story import LinksOn, aims, beside_the_meetings, meeting, story
from mentorlog.export.summary_page import summary_page
from mentorlog.export.wording import front_matter, label, line, pair_label, said
from mentorlog.i18n import _, day

_PAIR_FACTS = (
    "alias", "my_role", "programme", "started_on", "cadence", "minutes", "channel", "term_ends_on",
    "state", "pauses", "ended_because", "language",
)  # fmt: skip


def write(material: Material) -> Iterator[str]:
    """Yield the document, whole."""
    if material.summary is not None:
        yield document(summary_page(material, material.summary))
        return
    body = numbers(material, material.figures) if material.figures else _told(material)
    yield document([*opening(material), *body])


def files(material: Material) -> Iterator[tuple[str, Iterator[str]]]:
    """Yield the index and, where there is a story to tell, a file for each meeting."""
    from mentorlog.export.markdown_folder import folder

    return folder(material)


def made(name: str, beginning: str) -> bool:
    """Return True for a file of a folder that was written here."""
    from mentorlog.export.markdown_folder import is_named

    head, end, _rest = beginning.removeprefix("---").partition("\n---\n")
    return (
        bool(end) and head.startswith("\ntitle: ") and "\nexported_on: " in head and is_named(name)
    )


def document(parts: Iterable[str]) -> str:
    """Return the parts of a document as one, an empty line between them."""
    return "\n\n".join(parts) + "\n"


def opening(material: Material) -> Iterator[str]:
    """Yield the front matter, the title and what there is to know about the pair."""
    yield front_matter(
        title=quoted(title(material)),
        pair=quoted(material.pair.uid),
        audience=material.audience,
        exported_on=material.exported_on.isoformat(),
    )
    yield f"# {inline(title(material))}"
    told = ((name, said(material.pair, name)) for name in _PAIR_FACTS)
    facts = [line(pair_label(name, material.audience), text) for name, text in told if text]
    if material.figures and (days := agreed_on(material)):
        facts.append(line(label("agreed_on"), days))
    if material.since:
        facts.append(line(_("Records from"), day(material.since)))
    if material.until:
        facts.append(line(_("Records up to"), day(material.until)))
    yield "\n".join(f"- {fact}" for fact in facts)


def title(material: Material) -> str:
    """Return what the document is called."""
    partner = material.pair.text("partner")
    return _("Mentoring with {partner}").format(partner=partner) if partner else _("Mentoring")


def _told(material: Material) -> Iterator[str]:
    """Yield what was agreed and aimed at, each meeting with what it made, then what belongs to none."""
    told = story(material)
    links = LinksOn(told, lambda _item: "")
    yield from aims(told)
    for held in material.of_kind("meeting"):
        yield from meeting(told, held, links)
    yield from beside_the_meetings(told, links)
