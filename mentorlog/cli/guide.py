"""`guide`: the practice, topic by topic. It needs no journal and opens none."""

from typing import Annotated

import typer

from mentorlog import guide as written
from mentorlog import i18n
from mentorlog.cli.command import Command, new_app
from mentorlog.cli.context import Context
from mentorlog.cli.params import Json
from mentorlog.cli.sentences import typed
from mentorlog.i18n import _

app = new_app()


@app.command(
    cls=Command,
    help=_(
        "Without a word, it lists the topics; with the name of one, or a beginning of it, it shows"
        " that one. Any other words are looked for in all of them."
    ),
)
def guide(
    ctx: typer.Context,
    words: Annotated[
        list[str] | None,
        typer.Argument(metavar=_("[TOPIC or WORDS]"), help=_("A topic, or what to look for.")),
    ] = None,
    json: Json = False,
) -> None:
    """Read how mentoring works well."""
    here: Context = ctx.obj
    wanted = " ".join(words or []).strip()
    name = written.name_of(wanted) if wanted else None
    if not wanted:
        _list(here, as_json=json)
    elif name is not None:
        _show(here, written.topic(name, i18n.language), as_json=json)
    else:
        _find(here, wanted, as_json=json)


def _list(here: Context, *, as_json: bool) -> None:
    found = written.topics(i18n.language)
    if as_json:
        here.show_json([_summary(each) for each in found])
        return
    from mentorlog.render.topic import contents

    here.draw(contents((each, each.summary) for each in found))
    _tell_how_to_read(here, found[0])


def _show(here: Context, topic: written.Topic, *, as_json: bool) -> None:
    if as_json:
        from mentorlog.domain.plain import document

        here.show_json(document("guide", **_summary(topic), text=topic.text))
        return
    from mentorlog.render.topic import drawn

    here.draw(drawn(topic))


def _find(here: Context, wanted: str, *, as_json: bool) -> None:
    found = written.passages(wanted, i18n.language)
    if as_json:
        here.show_json([_summary(each.topic) | {"line": each.line} for each in found])
        return
    if not found:
        said = _("The guide says nothing about {typed}. Its topics: mentorlog guide")
        here.tell(said.format(typed=typed(wanted)))
        return
    from mentorlog.render.topic import contents

    here.draw(contents(found))
    _tell_how_to_read(here, found[0].topic)


def _tell_how_to_read(here: Context, topic: written.Topic) -> None:
    here.tell(_("To read one: mentorlog guide {topic}").format(topic=topic.name))


def _summary(topic: written.Topic) -> dict[str, str]:
    return {"topic": topic.name, "title": topic.title, "summary": topic.summary}
