"""What a Markdown document has only where it is for myself: reflections, and how I rated my skills."""

from collections.abc import Iterator, Sequence

from mentorlog.domain.assessment import SKILLS
from mentorlog.export.inert import block, inline
from mentorlog.export.material import Item
from mentorlog.export.wording import capital, dated, joined, line, said, table
from mentorlog.i18n import _
from mentorlog.labels import CODE_LABELS, code_label


def reflections_section(reflections: Sequence[Item]) -> Iterator[str]:
    """Yield each reflection by its day, its answers under what their questions are called."""
    if reflections:
        yield "## " + _("Reflections")
    for each in reflections:
        yield f"### {dated('{day}', each.day('written_on')) or ''}"
        yield joined((said(each, "phase"), said(each, "form")))
        for key, answer in each.map("answers").items():
            yield line(_called(key), block(str(answer)))


def _called(key: str) -> str:
    """Return what a question is called; a key of the user's own stands as they wrote it."""
    is_known = key in CODE_LABELS["answers"]
    return capital(code_label("answers", key)) if is_known else inline(key)


def skills_section(assessments: Sequence[Item]) -> Iterator[str]:
    """Yield a table: a row for each skill that was ever rated, a column for each day."""
    ratings = [each.map("ratings") for each in assessments]
    rated = [skill for skill in SKILLS if any(skill in each for each in ratings)]
    if not rated:
        return
    yield "## " + _("Skills")
    days = [dated("{day}", each.day("rated_on")) or "" for each in assessments]
    rows = [
        [code_label("ratings", skill), *(str(each.get(skill, "")) for each in ratings)]
        for skill in rated
    ]
    yield table([_("Skill (1 to 5)"), *days], ["---", *("---:" for _day in days)], *rows)
