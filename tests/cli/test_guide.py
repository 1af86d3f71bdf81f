"""`guide`: every topic in both languages, written alike, with commands that the program takes."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pexpect
import pytest
from rich.cells import cell_len

from mentorlog import guide
from mentorlog.domain.action import Action
from mentorlog.domain.feedback import Feedback
from mentorlog.domain.goal import LEVELS, Goal
from mentorlog.domain.insight import Insight
from mentorlog.domain.meeting import Meeting
from mentorlog.domain.pair import Pair
from mentorlog.domain.question import Question
from mentorlog.domain.review import Review
from mentorlog.storage.journal import Journal
from tests.conftest import Program

if TYPE_CHECKING:
    from tests.cli.talking import Talking
    from tests.conftest import Terminal

# The topics the guide has to have, in the order they are listed in.
TOPICS = (
    "first-meeting", "frequency", "preparing", "advice", "mismatch", "online", "measuring",
    "pausing", "generations", "records", "relationship", "term", "stuck", "becoming-a-mentor",
    "benefits", "skills", "privacy", "feedback", "milestones", "platforms", "habits",
)  # fmt: skip
LANGUAGES = ("en", "ja")
WIDEST_SUMMARY = {"en": 70, "ja": 68}  # in cells: 34 full-width characters
PARTNER = {"en": "Alice", "ja": "田中恵子"}  # as the guide calls the pair it speaks of

TODAY = date(2026, 11, 22)
COLOUR = re.compile(r"\x1b\[[0-9;]*m")

# Runs each command line in a process of its own folder and journal, all in one Python.
_RUN = """
import contextlib, io, json, os, sys
from mentorlog.__main__ import main
codes = []
for folder, words in json.loads(sys.argv[1]):
    os.chdir(folder)
    os.environ["MENTORLOG_DB"] = os.path.join(folder, "journal.db")
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        codes.append([main(words), said.getvalue()])
print(json.dumps(codes))
"""

both_languages = pytest.mark.parametrize("language", LANGUAGES)
every_topic = pytest.mark.parametrize("name", TOPICS)


def sorts(topic: guide.Topic) -> list[str]:
    return [line.sort for line in topic.lines]


def commands(topic: guide.Topic) -> list[str]:
    return [line.said for line in topic.lines if line.sort == "command"]


def names(command: str) -> list[str]:
    """Return the words of a command line that are the program's: commands, options and ids, not values."""
    words = shlex.split(command)
    last = next((at for at, word in enumerate(words[1:], 1) if not re.fullmatch("[a-z]+", word)), 3)
    spoken = words[1 : min(last, 3)]
    return [*spoken, *(word for word in words if re.fullmatch(r"--?[a-z-]+|[a-z]\d+", word))]


# The texts ---------------------------------------------------------------------------------------


@both_languages
def test_every_topic_is_there_and_no_other(language: str) -> None:
    folder = Path(guide.__file__).parent / language

    assert guide.TOPICS == TOPICS
    assert {path.stem for path in folder.glob("*.md")} == set(TOPICS)


@both_languages
@every_topic
def test_a_topic_is_a_title_a_summary_what_it_says_and_where_to_read_on(
    language: str, name: str
) -> None:
    topic = guide.topic(name, language)

    assert sorts(topic)[:4] == ["title", "blank", "paragraph", "blank"]
    assert sorts(topic)[-2:] == ["blank", "see"]
    assert sorts(topic).count("title") == sorts(topic).count("see") == 1
    assert topic.text.endswith("\n")
    assert not topic.text.endswith("\n\n")
    assert cell_len(topic.summary) <= WIDEST_SUMMARY[language]
    assert commands(topic) != []


@both_languages
@every_topic
def test_blank_lines_stand_between_the_parts_and_nowhere_else(language: str, name: str) -> None:
    together = {
        ("bullet", "bullet"), ("command", "command"), ("entry", "entry"), ("entry", "command"),
        ("command", "entry"),
    }  # fmt: skip

    wrong = [
        pair
        for pair in pairwise(sorts(guide.topic(name, language)))
        if (pair == ("blank", "blank")) or ("blank" not in pair and pair not in together)
    ]

    assert wrong == []


@both_languages
@every_topic
def test_a_line_has_no_space_at_its_end_and_code_in_it_is_closed(language: str, name: str) -> None:
    topic = guide.topic(name, language)

    assert [line for line in topic.text.split("\n") if line != line.rstrip()] == []
    assert "\t" not in topic.text
    assert [line.said for line in topic.lines if line.said.count("`") % 2] == []


@every_topic
def test_both_languages_are_built_alike_and_show_the_same_commands_in_the_same_order(
    name: str,
) -> None:
    english, japanese = (guide.topic(name, language) for language in LANGUAGES)

    assert [names(each) for each in commands(japanese)] == [
        names(each) for each in commands(english)
    ]
    assert japanese.see_also == english.see_also
    assert japanese.title != english.title


@both_languages
@every_topic
def test_a_topic_leads_to_other_topics_there_are(language: str, name: str) -> None:
    see_also = guide.topic(name, language).see_also

    assert set(see_also) <= set(TOPICS) - {name}
    assert len(set(see_also)) == len(see_also) >= 2


@both_languages
def test_the_habits_are_twenty_seven_in_order_each_with_a_command(language: str) -> None:
    lines = [line for line in guide.topic("habits", language).lines if line.sort != "blank"]
    entries = [line for line in lines if line.sort == "entry"]

    followed = [after.sort for line, after in pairwise(lines) if line.sort == "entry"]

    assert [line.mark for line in entries] == [f"{number}. " for number in range(1, 28)]
    assert followed == ["command"] * 27


@pytest.mark.parametrize(
    "line", ["### Deep", "* star", " one space", "> quoted", "#Title", "```", "\ttab"]
)
def test_a_line_written_in_another_way_is_refused_by_its_name(line: str) -> None:
    with pytest.raises(ValueError, match="guide's odd") as refusal:
        _ = guide.Topic("odd", f"# Odd\n\nSummary.\n\n{line}\n").lines

    assert repr(line) in str(refusal.value)


# The commands in them ----------------------------------------------------------------------------


def active(journal: Path, partner: str) -> None:
    """Keep a journal with all that the guide's commands speak of: one pair, ids from 1 up."""
    kept = Journal(journal)
    with kept.transaction("meet") as writing:
        writing.add(
            Pair(partner=partner, my_role="mentee", started_on=date(2026, 9, 1), cadence="2w",
                 term_ends_on=date(2027, 3, 1), language="en"),
        )  # fmt: skip
        for number in range(1, 5):
            writing.add(Meeting(pair="p1", held_on=date(2026, 10, number), summary="We talked"))
            writing.add(Question(pair="p1", text="How?", asked_on=TODAY))
            writing.add(Action(pair="p1", text="Try it", owner="me", is_advice=True))
            writing.add(Insight(pair="p1", text="So it is", noticed_on=TODAY))
            writing.add(
                Feedback(
                    pair="p1", direction="received", said_on=TODAY, text="Well", will_change="It"
                )
            )
            writing.add(
                Goal(pair="p1", statement="Give talks", baseline=0.0, target=5.0,
                     levels=dict.fromkeys(LEVELS, "so far")),
            )  # fmt: skip
        writing.add(Review(pair="p1", from_on=date(2026, 9, 1), to_on=date(2026, 11, 1),
                           conclusions="On we go", visibility="shared"))  # fmt: skip
    kept.close()


def paused(journal: Path, partner: str) -> None:
    """Keep the same journal with the pair paused."""
    active(journal, partner)
    kept = Journal(journal)
    pair = kept.get("p1", "pair")
    pauses = ({"from_on": "2026-11-01", "until_on": "2026-12-01"},)
    with kept.transaction("pair pause") as writing:
        writing.change(pair.with_changes(state="paused", pauses=pauses))
    kept.close()


def none_yet(journal: Path, partner: str) -> None:
    """Keep no journal: the pair is still to be started."""


STATES: tuple[Callable[[Path, str], None], ...] = (active, paused, none_yet)


@cache
def every_command(language: str) -> tuple[str, ...]:
    """Return each command of the guide once."""
    found = (command for topic in guide.topics(language) for command in commands(topic))
    return tuple(dict.fromkeys(found))


def run_all(
    program: Program, lines: tuple[str, ...], state: Callable[[Path, str], None]
) -> list[Any]:
    """Run each line on a journal of its own in that state; return exit codes and what was said."""
    prepared = program.home / f"{state.__name__}.db"
    state(prepared, PARTNER[program.language])
    runs = []
    for number, line in enumerate(lines):
        folder = program.home / f"{state.__name__} {number}"
        folder.mkdir()
        if prepared.exists():
            shutil.copy(prepared, folder / "journal.db")
        runs.append([str(folder), shlex.split(line)[1:]])
    done = subprocess.run(
        [sys.executable, "-c", _RUN, json.dumps(runs)],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        env=program.environment,
        check=True,
    )
    found: list[Any] = json.loads(done.stdout)
    return found


@both_languages
def test_every_command_in_the_guide_does_it_or_asks_for_the_rest(
    mentorlog: Program, talk: Talking, language: str
) -> None:
    """Fails when the guide shows a command, an option or a value that the program does not take."""
    mentorlog.language = language
    mentorlog.journal.parent.mkdir(parents=True)
    refused = dict.fromkeys(every_command(language), "")

    for state in STATES:
        runs = run_all(mentorlog, tuple(refused), state)
        refused = {
            line: f"{refused[line]}\n  {state.__name__}: {code} {said}"
            for line, (code, said) in zip(refused, runs, strict=True)
            if code != 0
        }
    for line in list(refused):
        mentorlog.journal.unlink(missing_ok=True)
        active(mentorlog.journal, PARTNER[language])
        person = talk(*shlex.split(line)[1:])
        with suppress(pexpect.EOF):  # who is not asked anything has been refused
            person.presses("\x03")
            del refused[line]

    assert "\n".join(f"{line}{said}" for line, said in refused.items()) == ""


# The list ----------------------------------------------------------------------------------------


@both_languages
def test_guide_alone_lists_the_topics_with_their_summaries(
    mentorlog: Program, language: str
) -> None:
    mentorlog.language = language

    shown = mentorlog.ok("guide")

    assert re.findall(r"^[a-z-]+", shown.out, re.MULTILINE) == list(TOPICS)
    assert squeezed(guide.topic("stuck", language).summary) in squeezed(shown.out)
    assert "mentorlog guide first-meeting" in shown.err
    assert list(mentorlog.home.iterdir()) == [], "no journal is opened, and none made"


@both_languages
def test_as_json_the_list_is_an_array_of_topics(mentorlog: Program, language: str) -> None:
    mentorlog.language = language

    listed = mentorlog.ok("guide", "--json").json

    assert listed == [
        {"topic": each.name, "title": each.title, "summary": each.summary}
        for each in guide.topics(language)
    ]


def test_a_journal_that_cannot_be_read_is_no_hindrance(mentorlog: Program) -> None:
    broken = mentorlog.home / "broken.db"
    broken.write_bytes(b"not a journal")

    shown = mentorlog("guide", "stuck", environment={"MENTORLOG_DB": str(broken)})

    assert (shown.code, shown.err) == (0, "")
    assert broken.read_bytes() == b"not a journal"


# One topic ---------------------------------------------------------------------------------------


def all_shown(program: Program, columns: int) -> dict[str, str]:
    """Return how each topic is shown where a line takes so many columns."""
    runs = [[str(program.home), ["guide", name]] for name in TOPICS]
    done = subprocess.run(
        [sys.executable, "-c", _RUN, json.dumps(runs)],
        capture_output=True,
        env=program.environment | {"COLUMNS": str(columns)},
        check=True,
    )
    said = json.loads(done.stdout)
    assert [code for code, _text in said] == [0] * len(TOPICS)
    return {name: text for name, (_code, text) in zip(TOPICS, said, strict=True)}


def squeezed(text: str) -> str:
    """Return text without the white space and the marks that layout puts into it."""
    return re.sub(r"\s|\\\n", "", COLOUR.sub("", text))


@both_languages
@pytest.mark.parametrize("columns", [60, 140])
def test_every_topic_is_shown_whole_and_fits_the_width(
    mentorlog: Program, language: str, columns: int
) -> None:
    mentorlog.language = language

    shown = all_shown(mentorlog, columns)

    for topic in guide.topics(language):
        lines, said = shown[topic.name].splitlines(), squeezed(shown[topic.name])
        assert lines[0] == topic.title
        assert [line for line in lines if cell_len(line) > columns] == []
        assert [line for line in lines if line[:1] != " " and cell_len(line) > 88] == []
        assert "\x1b" not in shown[topic.name]
        for each in topic.lines:
            assert squeezed(each.mark + each.said) in said
            assert squeezed(each.comment) in said


@both_languages
@pytest.mark.parametrize("columns", [60, 80, 140])
def test_a_command_is_on_one_line_where_it_fits_and_goes_on_as_a_shell_reads_it_where_not(
    mentorlog: Program, language: str, columns: int
) -> None:
    mentorlog.language = language

    shown = all_shown(mentorlog, columns)

    for topic in guide.topics(language):
        joined = shown[topic.name].replace(" \\\n      ", " ")
        for command in commands(topic):
            fits = cell_len(command) + 4 <= columns
            assert f"    {command}" in (shown[topic.name] if fits else joined)


def test_at_a_terminal_commands_stand_out_and_comments_step_back(terminal: Terminal) -> None:
    screen = terminal("guide", "first-meeting", columns=100)

    assert screen.text.startswith("\x1b[1mThe first meeting\x1b[0m\n")
    assert "    \x1b[36mmentorlog reflect --phase expectation\x1b[0m\x1b[2m  # hopes" in screen.text
    assert "\x1b[36m`meet --kickoff`\x1b[0m" in screen.text


def test_code_within_a_sentence_is_not_broken_over_two_lines(mentorlog: Program) -> None:
    for columns in range(40, 100, 7):
        shown = mentorlog("guide", "first-meeting", environment={"COLUMNS": str(columns)}).out

        assert "`meet --kickoff`" in shown


@pytest.mark.parametrize("words", [["stuck"], ["Stu"], ["ＳＴＵＣＫ"], ["  stuck "]], ids=" ".join)
def test_a_topic_is_called_by_its_name_or_a_beginning_of_it(
    mentorlog: Program, words: list[str]
) -> None:
    shown = mentorlog.ok("guide", *words)

    assert shown.out == mentorlog.ok("guide", "stuck").out
    assert shown.out.startswith("When you are stuck\n")


def test_a_name_of_several_words_may_be_typed_as_words(mentorlog: Program) -> None:
    shown = mentorlog.ok("guide", "first", "meeting", "--json").json

    assert shown["topic"] == "first-meeting"


@both_languages
def test_as_json_a_topic_is_a_document_with_its_whole_text(
    mentorlog: Program, language: str
) -> None:
    mentorlog.language = language
    topic = guide.topic("stuck", language)

    shown = mentorlog.ok("guide", "stuck", "--json").json

    assert shown == {
        "format": "mentorlog/1", "document": "guide", "topic": "stuck", "title": topic.title,
        "summary": topic.summary, "text": topic.text,
    }  # fmt: skip


# Search ------------------------------------------------------------------------------------------


def found(program: Program, *words: str) -> dict[str, str]:
    """Return the topics that speak of it, each with the line it does so in."""
    return {each["topic"]: each["line"] for each in program.ok("guide", *words, "--json").json}


def test_words_find_the_topics_that_speak_of_them(mentorlog: Program) -> None:
    shown = mentorlog.ok("guide", "draft")

    hits = found(mentorlog, "draft")
    assert "advice" in hits
    assert re.findall(r"^[a-z-]+", shown.out, re.MULTILINE) == list(hits)
    assert all(squeezed(line) in squeezed(shown.out) for line in hits.values())
    assert shown.err == f"To read one: mentorlog guide {next(iter(hits))}\n"


def test_a_title_in_japanese_finds_its_topic_first(mentorlog: Program) -> None:
    mentorlog.language = "ja"

    titles = {each.name: found(mentorlog, each.title) for each in guide.topics("ja")}

    assert {name: next(iter(hits), None) for name, hits in titles.items()} == {
        name: name for name in TOPICS
    }


@pytest.mark.parametrize("typed", ["GROW", "ｇｒｏｗ", "grow"])
def test_case_and_width_make_no_difference_to_a_search(mentorlog: Program, typed: str) -> None:
    assert "stuck" in found(mentorlog, typed)


def test_words_are_found_by_their_beginning_and_all_of_them_have_to_be_there(
    mentorlog: Program,
) -> None:
    everywhere = found(mentorlog, "small")
    both = found(mentorlog, "small", "goal")

    assert "stuck" in both
    assert both.keys() <= everywhere.keys()
    assert found(mentorlog, "mallest") == {}


def test_each_topic_is_found_with_one_line_of_its_own(mentorlog: Program) -> None:
    for name, line in found(mentorlog, "colleague").items():
        assert line in guide.topic(name, "en").text
        assert "colleague" in line
        assert "\n" not in line


@both_languages
def test_what_nothing_speaks_of_is_said_in_one_line_and_is_no_failure(
    mentorlog: Program, language: str
) -> None:
    mentorlog.language = language

    nothing = mentorlog("guide", "xyzzy\x1b[31m", "量子力学")
    as_json = mentorlog("guide", "xyzzy", "--json")

    assert (nothing.code, nothing.out) == (0, "")
    assert nothing.err.count("\n") == 1
    assert "xyzzy\\x1b[31m 量子力学" in nothing.err
    assert "mentorlog guide" in nothing.err
    assert (as_json.code, as_json.json, as_json.err) == (0, [], "")
