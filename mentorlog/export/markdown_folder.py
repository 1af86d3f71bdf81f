"""An export as a folder of Markdown: an index, and a file for each meeting that links back to it.

A file is named after a day, never after words of anybody's. What stands in a file is `story.py`'s.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from mentorlog.export.entries import link_to
from mentorlog.export.in_numbers import numbers
from mentorlog.export.inert import inline, quoted
from mentorlog.export.markdown import document, opening, title
from mentorlog.export.material import Item, Material
from mentorlog.export.story import LinksOn, Story, aims, beside_the_meetings, meeting, story
from mentorlog.export.wording import front_matter, joined, listed
from mentorlog.i18n import _

INDEX = "index.md"
MEETINGS = "meetings"


def folder(material: Material) -> Iterator[tuple[str, Iterator[str]]]:
    """Yield the name and the text of each file; in place of a story, the index holds numbers alone."""
    if material.figures:
        index = document([*opening(material), *numbers(material, material.figures)])
        yield INDEX, iter([index])
        return
    told, names = story(material), _names(material)
    yield INDEX, iter([document(_index(told, names))])
    held = material.of_kind("meeting")
    for before, each, after in zip([None, *held], held, [*held[1:], None], strict=False):
        page = _meeting_page(told, names, each, (before, after))
        yield f"{MEETINGS}/{names[each.uid]}", iter([document(page)])


def is_named(name: str) -> bool:
    """Return True for a name that a file of such a folder has."""
    pattern = MEETINGS + r"/[0-9]{4}-[0-9]{2}-[0-9]{2}(-[0-9]+)?\.md"
    return name == INDEX or re.fullmatch(pattern, name) is not None


def _names(material: Material) -> Mapping[str, str]:
    """Return the names of the meetings' files by their uids; a second one of a day has a number."""
    seen, names = Counter[str](), dict[str, str]()
    for held in material.of_kind("meeting"):
        day = str(held.day("held_on"))
        seen[day] += 1
        names[held.uid] = f"{day}.md" if seen[day] == 1 else f"{day}-{seen[day]}.md"
    return names


def _index(told: Story, names: Mapping[str, str]) -> Iterator[str]:
    """Yield all that belongs to no single meeting, and links to the meetings."""
    links = LinksOn(told, lambda item: f"{MEETINGS}/{names[item.uid]}" if item.uid in names else "")
    yield from opening(told.material)
    yield from aims(told)
    yield from listed("## " + _("Meetings"), (links[uid] for uid in names))
    yield from beside_the_meetings(told, links)


def _meeting_page(
    told: Story, names: Mapping[str, str], held: Item, beside: tuple[Item | None, Item | None]
) -> Iterator[str]:
    """Yield a meeting, and the ways to the index and to the meetings before and after it."""
    links = LinksOn(told, lambda item: names.get(item.uid, f"../{INDEX}"))
    material = told.material
    yield front_matter(
        title=quoted(f"{title(material)}, {held.day('held_on')}"),
        meeting=quoted(held.uid),
        pair=quoted(material.pair.uid),
        held_on=str(held.day("held_on")),
        audience=material.audience,
        exported_on=material.exported_on.isoformat(),
    )
    yield from meeting(told, held, links, "#")
    before, after = (None if each is None else link_to(each, names[each.uid]) for each in beside)
    back = f"[{inline(title(material))}](../{INDEX})"
    yield "---"
    yield joined((before and f"← {before}", back, after and f"{after} →"))
