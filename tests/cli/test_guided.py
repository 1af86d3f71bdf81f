"""The guided form and the editor, in a real terminal: what is asked, what is kept, what is offered."""

from __future__ import annotations

import signal
import stat
from pathlib import Path

import pytest

from tests.cli.talking import Talking, drafts, editor
from tests.conftest import Program

# What a person without a pair is asked, in order, after the name and the role.
QUESTIONS = (
    "When was it?",
    "What did you talk about?",
    "What was said, in short?",
    "Notes for yourself?",
    "What did you notice?",
    "What will you do?",
    "What will they do?",
    "What were you advised?",
    "What do you want to raise next time?",
    "How many minutes?",
    "In which way?",
    "How do the two of you get on",
    "When is the next one?",
)


def test_a_first_meeting_is_told_one_question_at_a_time(mentorlog: Program, talk: Talking) -> None:
    person = talk("meet")
    person.answers("Whom did you meet?", "Alice")
    person.answers("mentor or the mentee?", "mentee")
    person.answers("When was it?", "yesterday")
    person.answers("What did you talk about?", "planning", "saying no", "")
    person.answers("What was said, in short?", "How she plans her weeks")
    person.answers("Notes for yourself?", "")
    person.answers("What did you notice?", "")
    person.answers("What will you do?", "Read chapter 3 due:fri", "")
    person.answers("What will they do?", "")
    person.answers("What were you advised?", "Say no once", "")
    person.answers("What do you want to raise next time?", "How?", "")
    person.answers("How many minutes?", "50")
    person.answers("In which way?", "online")
    person.answers("How do the two of you get on", "４")
    person.answers("When is the next one?", "+2w")
    code = person.ends()

    (meeting,) = mentorlog.ok("log", "--kind", "meeting", "--json").json
    actions = mentorlog.ok("action", "list", "--json").json
    assert code == 0
    assert meeting["held_on"] == "2026-11-21"
    assert meeting["topics"] == ["planning", "saying no"]
    assert meeting["summary"] == "How she plans her weeks"
    assert (meeting["minutes"], meeting["channel"], meeting["pulse"]) == (50, "online", 4)
    assert meeting["next_on"] == "2026-12-05", "counted from the meeting"
    assert [(each["text"], each["is_advice"]) for each in actions] == [
        ("Read chapter 3", False),
        ("Say no once", True),
    ]
    assert drafts(mentorlog) == []


def test_a_second_meeting_asks_first_about_what_was_open(mentorlog: Program, talk: Talking) -> None:
    mentorlog.ok(
        *("meet", "Alice", "--as", "mentee", "--on", "last fri", "--action", "Read"),
        *("--advice", "Say no once", "--question", "How?", "--minutes", "50"),
    )

    person = talk("meet", "--on", "today")
    person.hears("Tell what came of it")
    person.answers("What came of the advice?", "It worked")
    person.answers("Is it done?", "y")
    person.answers("What was the answer?", "With a reason")
    for _ in range(8):
        person.says()
    person.answers("How many minutes? [50]", "")
    for _ in range(3):
        person.says()
    code = person.ends()

    advice, read = mentorlog.ok("show", "a2", "a1", "--json").json
    question = mentorlog.ok("show", "q1", "--json").json
    assert code == 0
    assert (advice["state"], advice["outcome"], advice["told_in"]) == ("done", "It worked", "m2")
    assert (read["state"], read["done_on"]) == ("done", "2026-11-22")
    assert (question["state"], question["answer"]) == ("raised", "With a reason")
    assert mentorlog.ok("show", "m2", "--json").json["minutes"] == 50


def test_less_than_goes_back_to_the_question_before(mentorlog: Program, talk: Talking) -> None:
    mentorlog.ok("pair", "start", "Alice", "--as", "mentee")

    person = talk("meet")
    person.answers("When was it?", "")
    person.answers("What did you talk about?", "")
    person.answers("What was said, in short?", "Wrong")
    person.answers("Notes for yourself?", "<")
    person.hears("What was said, in short?")
    person.says("\x15Right")  # Ctrl-U takes away what stands there
    for _ in range(10):
        person.says()
    code = person.ends()

    assert code == 0
    assert mentorlog.ok("show", "m1", "--json").json["summary"] == "Right"


def test_an_answer_that_cannot_be_read_is_asked_again_and_can_be_mended(
    mentorlog: Program, talk: Talking
) -> None:
    mentorlog.ok("pair", "start", "Alice", "--as", "mentee")

    person = talk("meet")
    person.answers("When was it?", "03/04/2026")
    person.hears("can be read as two dates")
    person.says("\x152026-04-03")
    for _ in range(12):
        person.says()
    code = person.ends()

    assert code == 0
    assert mentorlog.ok("show", "m1", "--json").json["held_on"] == "2026-04-03"


@pytest.mark.parametrize("place", range(len(QUESTIONS)))
def test_ctrl_c_at_any_question_keeps_what_was_said_and_the_next_meet_goes_on(
    mentorlog: Program, talk: Talking, place: int
) -> None:
    mentorlog.ok("pair", "start", "Alice", "--as", "mentee")
    said = {"What did you talk about?": "planning", "What was said, in short?": "How she plans"}

    person = talk("meet")
    for question in QUESTIONS[:place]:
        text = said.get(question, "")
        person.answers(question, *((text, "") if question.endswith("about?") and text else (text,)))
    person.hears(QUESTIONS[place])
    person.presses("\x03")
    code = person.ends()

    assert code == 130
    assert mentorlog.ok("log", "--kind", "meeting", "--json").json == [], "nothing without consent"
    if place == 0:
        assert drafts(mentorlog) == []
        return
    again = talk("meet")
    again.answers("Go on with it?", "y")
    for _ in range(len(QUESTIONS) + 2 - place):
        again.says()
        if len(mentorlog.ok("log", "--kind", "meeting", "--json").json) == 1:
            break
    assert again.ends() == 0
    (meeting,) = mentorlog.ok("log", "--kind", "meeting", "--json").json
    assert meeting["topics"] == (["planning"] if place > 1 else [])
    assert meeting["summary"] == ("How she plans" if place > 2 else None)
    assert drafts(mentorlog) == []


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGHUP, signal.SIGTERM])
def test_a_killed_form_loses_at_most_the_line_being_typed(
    mentorlog: Program, talk: Talking, end: signal.Signals
) -> None:
    mentorlog.ok("pair", "start", "Alice", "--as", "mentee")

    person = talk("meet", "Alice")
    person.answers("When was it?", "yesterday")
    person.answers("What did you talk about?", "planning", "")
    person.answers("What was said, in short?", "Kept")
    person.hears("Notes for yourself?")
    person.dies(end)

    (draft,) = drafts(mentorlog)
    assert stat.S_IMODE(draft.stat().st_mode) == 0o600
    again = talk("meet", "Alice")
    again.answers("Go on with it?", "")
    again.hears("Notes for yourself?")
    for _ in range(10):
        again.says()
    assert again.ends() == 0
    (meeting,) = mentorlog.ok("log", "--kind", "meeting", "--json").json
    assert (meeting["summary"], meeting["topics"]) == ("Kept", ["planning"])


def test_today_in_a_draft_stays_the_day_it_was_said(mentorlog: Program, talk: Talking) -> None:
    mentorlog.ok("pair", "start", "Alice", "--as", "mentee")
    person = talk("meet")
    person.answers("When was it?", "")
    person.hears("What did you talk about?")
    person.presses("\x03")
    person.ends()
    mentorlog.today = "2026-11-25"

    again = talk("meet")
    again.answers("Go on with it?", "")
    for _ in range(12):
        again.says()
    again.ends()

    assert mentorlog.ok("show", "m1", "--json").json["held_on"] == "2026-11-22"


def test_what_was_just_typed_is_not_given_up_for_what_was_begun_before(
    mentorlog: Program, talk: Talking, tmp_path: Path
) -> None:
    """Fails when a waiting draft is offered in place of a text on the command line."""
    mentorlog.ok("pair", "start", "Alice", "--as", "mentee")
    person = talk("meet")
    person.answers("When was it?", "")
    person.hears("What did you talk about?")
    person.presses("\x03")
    person.ends()

    add_topic = editor(tmp_path, 'printf "#: topic\\nplans\\n" >> "$1"')
    code = talk("meet", "--summary", "Just typed", "--edit", EDITOR=add_topic).ends()

    meeting = mentorlog.ok("show", "m1", "--json").json
    assert code == 0
    assert (meeting["summary"], meeting["topics"]) == ("Just typed", ["plans"])
    assert len(drafts(mentorlog)) == 1, "what was begun before still waits"


def test_a_draft_that_is_not_wanted_can_be_discarded(mentorlog: Program, talk: Talking) -> None:
    mentorlog.ok("pair", "start", "Alice", "--as", "mentee")
    person = talk("meet")
    person.answers("When was it?", "")
    person.hears("What did you talk about?")
    person.presses("\x03")
    person.ends()

    again = talk("meet")
    again.answers("Go on with it?", "n")
    again.answers("Discard what was begun?", "y")
    again.hears("When was it?")
    again.presses("\x03")
    again.ends()

    assert drafts(mentorlog) == []


def test_the_form_speaks_japanese_and_takes_japanese_answers(
    mentorlog: Program, talk: Talking
) -> None:
    mentorlog.language = "ja"

    person = talk("meet", "田中恵子")
    person.says("メンティー")
    person.says("昨日")
    person.says("計画")
    person.says("断り方")
    person.says()
    person.says("一週間の計画の立て方𠮷")
    for _ in range(6):
        person.says()
    person.says("５０")
    person.says("オンライン")
    person.says()
    person.says("来週金曜")
    code = person.ends()

    (meeting,) = mentorlog.ok("log", "--kind", "meeting", "--json").json
    assert code == 0
    assert meeting["held_on"] == "2026-11-21"
    assert meeting["topics"] == ["計画", "断り方"]
    assert meeting["summary"] == "一週間の計画の立て方𠮷"
    assert (meeting["minutes"], meeting["channel"]) == (50, "online")


def test_no_input_never_asks_even_at_a_terminal(talk: Talking) -> None:
    person = talk("meet", "Alice", "--as", "mentee", "--no-input")

    person.hears("There is nothing to record yet")
    assert person.ends() == 2


def test_a_meeting_can_be_written_in_an_editor(
    mentorlog: Program, talk: Talking, tmp_path: Path
) -> None:
    write = editor(
        tmp_path,
        "printf '\\n#: summary\\nFirst line\\n\\\\#: topic\\nlast line\\n#: action\\nRead due:fri\\n' >> \"$1\"",
    )

    person = talk("meet", "Alice", "--as", "mentee", "--edit", EDITOR=write)
    code = person.ends()

    meeting = mentorlog.ok("show", "m1", "--json").json
    assert code == 0
    assert meeting["summary"] == "First line\n#: topic\nlast line"
    assert mentorlog.ok("show", "a1", "--json").json["due_on"] == "2026-11-27"
    assert drafts(mentorlog) == []


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ('echo half >> "$1"; exit 1', "The editor ended with a failure"),
        ("printf '\\377' >> \"$1\"", "not UTF-8"),
    ],
)
def test_what_an_editor_left_behind_is_kept_and_its_place_named(
    mentorlog: Program, talk: Talking, tmp_path: Path, script: str, said: str
) -> None:
    person = talk("meet", "Alice", "--as", "mentee", "--edit", EDITOR=editor(tmp_path, script))
    person.hears(said)
    code = person.ends()

    (buffer,) = mentorlog.journal.with_name("journal.db.drafts").glob("*/text.txt")
    assert code == 1
    assert stat.S_IMODE(buffer.stat().st_mode) == 0o600
    assert stat.S_IMODE(buffer.parent.stat().st_mode) == 0o700
    assert mentorlog.ok("log", "--json").json == []


def test_what_an_editor_left_behind_is_gone_on_with_by_the_next_meet(
    mentorlog: Program, talk: Talking, tmp_path: Path
) -> None:
    half = 'printf "\n#: summary\nHalf of it" >> "$1"; exit 1'
    talk("meet", "Alice", "--as", "mentee", "--edit", EDITOR=editor(tmp_path, half)).ends()

    again = talk("meet", EDITOR=editor(tmp_path, 'echo " and the rest" >> "$1"'))
    again.answers("Go on with it?", "y")
    code = again.ends()

    assert code == 0
    assert mentorlog.ok("show", "m1", "--json").json["summary"] == "Half of it and the rest"
    assert drafts(mentorlog) == []


def test_a_refused_text_left_as_it_was_is_not_lost(
    mentorlog: Program, talk: Talking, tmp_path: Path
) -> None:
    wrong_once = 'grep -q Kept "$1" || printf "\n#: summary\nKept\n#: minutes\nmany\n" >> "$1"'

    person = talk("meet", "Alice", "--as", "mentee", "--edit", EDITOR=editor(tmp_path, wrong_once))
    person.answers("Open the editor again?", "y")
    person.answers("Open the editor again?", "n")
    person.hears("What you wrote is kept in")
    code = person.ends()

    (buffer,) = mentorlog.journal.with_name("journal.db.drafts").glob("*/text.txt")
    assert code == 2
    assert "Kept" in buffer.read_text()


def test_ctrl_c_belongs_to_the_editor_while_it_runs(
    mentorlog: Program, talk: Talking, tmp_path: Path
) -> None:
    script = (
        'save() { printf "\\n#: summary\\nKept\\n" >> "$file"; exit 0; }\n'
        "file=$1\ntrap save INT\necho READY\nwhile :; do sleep 0.05; done"
    )

    person = talk("meet", "Alice", "--as", "mentee", "--edit", EDITOR=editor(tmp_path, script))
    person.hears("READY")
    person.sends("\x03")
    code = person.ends()

    assert code == 0
    assert mentorlog.ok("show", "m1", "--json").json["summary"] == "Kept"


def test_a_short_text_refused_after_the_editor_is_kept_and_its_place_named(
    mentorlog: Program, talk: Talking, tmp_path: Path
) -> None:
    mentorlog.ok("pair", "start", "Alice", "--as", "mentee")
    write = editor(tmp_path, 'printf "#: text\nSend it due:someday\n" > "$1"')

    person = talk("action", "add", "--edit", EDITOR=write)
    person.hears("is not a date I can read")
    person.hears("What you wrote is kept in")
    code = person.ends()

    (buffer,) = mentorlog.journal.with_name("journal.db.drafts").glob("*/text.txt")
    assert code == 2
    assert "Send it due:someday" in buffer.read_text()


def test_a_next_meeting_before_this_one_is_asked_again(mentorlog: Program, talk: Talking) -> None:
    mentorlog.ok("pair", "start", "Alice", "--as", "mentee")

    person = talk("meet")
    person.answers("When was it?", "")
    for _ in range(11):
        person.says()
    person.answers("When is the next one?", "yesterday")
    person.hears("is not after the meeting itself")
    person.answers("When is the next one?", "\x15+1w")
    code = person.ends()

    assert code == 0
    assert mentorlog.ok("show", "m1", "--json").json["next_on"] == "2026-11-29"


def test_an_unchanged_text_is_not_kept(mentorlog: Program, talk: Talking, tmp_path: Path) -> None:
    person = talk("meet", "Alice", "--as", "mentee", "--edit", EDITOR=editor(tmp_path, "true"))
    person.hears("Nothing was kept")
    code = person.ends()

    assert code == 130
    assert drafts(mentorlog) == []
    assert mentorlog.ok("log", "--json").json == []


def test_an_editor_that_cannot_be_started_is_named(talk: Talking) -> None:
    person = talk("meet", "Alice", "--as", "mentee", "--edit", EDITOR="no-such-editor")

    person.hears("no-such-editor cannot be started")
    assert person.ends() == 1


def test_a_text_that_cannot_be_read_is_offered_again_in_the_editor(
    mentorlog: Program, talk: Talking, tmp_path: Path
) -> None:
    first_wrong = 'if grep -q nonsense "$1"; then sed -i s/nonsense/yesterday/ "$1"; else sed -i "s/^today$/nonsense/" "$1"; echo "#: summary" >> "$1"; echo Kept >> "$1"; fi'

    person = talk("meet", "Alice", "--as", "mentee", "--edit", EDITOR=editor(tmp_path, first_wrong))
    person.hears("is not a date I can read")
    person.answers("Open the editor again?", "y")
    code = person.ends()

    meeting = mentorlog.ok("show", "m1", "--json").json
    assert code == 0
    assert (meeting["held_on"], meeting["summary"]) == ("2026-11-21", "Kept")
    assert drafts(mentorlog) == []


def test_edit_changes_a_record_field_by_field_at_a_terminal(
    mentorlog: Program, talk: Talking
) -> None:
    mentorlog.ok("pair", "start", "Alice", "--as", "mentee")
    mentorlog.ok("ask", "How do I say no?")

    person = talk("edit", "q1")
    person.hears("text")
    person.says("\x15How do I say yes?")
    for _ in range(5):
        person.says()
    code = person.ends()

    question = mentorlog.ok("show", "q1", "--json").json
    assert code == 0
    assert (question["text"], question["asked_on"]) == ("How do I say yes?", "2026-11-22")


def test_of_two_meetings_begun_each_is_gone_on_with_by_its_name(
    mentorlog: Program, talk: Talking
) -> None:
    for name in ("Alice", "Bob"):
        person = talk("meet", name, "--as", "mentor")
        person.answers("When was it?", "yesterday", f"topic of {name}")
        person.presses("\x03")
        person.hears(f"mentorlog meet {name}")
        person.ends()

    waiting = mentorlog.ok("status").err
    person = talk("meet", "Alice")
    person.hears("A meeting with Alice was begun and not finished.")
    person.presses("\x03")
    person.hears("mentorlog meet Alice")

    assert person.ends() == 130
    assert "mentorlog meet Alice" in waiting
    assert "mentorlog meet Bob" in waiting
    assert len(drafts(mentorlog)) == 2
