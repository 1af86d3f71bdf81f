"""The page of a report: whole in one file, inert whatever the notes contain, and readable by everybody."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest

from mentorlog import i18n
from mentorlog.domain.meeting import Meeting
from mentorlog.domain.pair import Pair
from mentorlog.render.page import glance_page, page
from mentorlog.render.page.style import PALETTE, style
from mentorlog.storage.journal import Journal
from mentorlog.storage.pairs import all_pairs
from mentorlog.workflows.reporting import glance, reported
from tests.browser import look_at, needs_chromium
from tests.conftest import TODAY, Program
from tests.contrast import contrast
from tests.goldens import LANGUAGES

ON = date.fromisoformat(TODAY)
HOST = "leak.invalid"
HOSTILE = (
    f"</style></title><script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">"
    f"<img src=http://{HOST}/i.png><link rel=stylesheet href=//{HOST}/s.css>"
    f"<meta http-equiv=refresh content='0;url=http://{HOST}/m'><a href=javascript:alert(1)>&amp;</a>"
)
EVIL = "<b onmouseover=alert(1)>Eve & Co"


@pytest.fixture(autouse=True)
def english_after() -> Iterator[None]:
    yield
    i18n.choose("en")


class Document(HTMLParser):
    """A page as a browser would read it: its elements in order, and the text in each."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[tuple[str, str]] = []
        self._open: list[str] = []
        self.feed(text)
        self.close()
        assert self._open == [], "every element is closed"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag != "meta":
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag, "elements are nested"

    def handle_data(self, data: str) -> None:
        self.text.append((self._open[-1] if self._open else "", data))

    def all(self, *tags: str) -> list[tuple[str, dict[str, str | None]]]:
        return [each for each in self.elements if each[0] in tags]

    def said(self, tag: str) -> list[str]:
        return [text for within, text in self.text if within == tag]

    @property
    def visible(self) -> str:
        return " ".join(text for within, text in self.text if within != "style")


def page_of(
    journal: Path,
    pair: str = "p1",
    language: str = "en",
    since: date | None = None,
    until: date | None = None,
) -> str:
    i18n.choose(language)
    with_pairs = Journal(journal)
    try:
        about = next(each for each in all_pairs(with_pairs) if each.id == pair)
        return page(reported(with_pairs, about, ON, "4w", since=since, until=until), ON)
    finally:
        with_pairs.close()


def glance_of(journal: Path, language: str = "en") -> str:
    i18n.choose(language)
    with_pairs = Journal(journal)
    try:
        return glance_page(glance(with_pairs, ON, "4w"), ON)
    finally:
        with_pairs.close()


def pages_of(journal: Path, language: str) -> list[str]:
    return [
        page_of(journal, "p1", language),
        page_of(journal, "p2", language),
        glance_of(journal, language),
    ]


def started(mentorlog: Program, *words: str, name: str = "Aya", on: str = "2026-06-01") -> Program:
    mentorlog.ok("pair", "start", name, "--as", "mentor", "--on", on, *words)
    return mentorlog


@pytest.fixture
def hostile(mentorlog: Program) -> Program:
    """A journal in which every text that a report quotes is made to break out of it."""
    started(mentorlog, name=EVIL)
    goal = ("--unit", "<u>", "--baseline", "0", "--target", "9", *levels(HOSTILE))
    mentorlog.ok("goal", "set", "p1", "-", *goal, stdin=HOSTILE)
    mentorlog.ok("goal", "measure", "g1", "3", "--note", "-", "--on", "2026-10-01", stdin=HOSTILE)
    mentorlog.ok("goal", "measure", "g1", "6", "--on", "2026-11-01")
    mentorlog.ok("goal", "rate", "g1", "1")
    mentorlog.ok(
        "meet",
        "p1",
        "--on",
        "2026-10-02",
        "--pulse",
        "3",
        "--their-action",
        f"{EVIL} due:2026-10-09",
    )
    for words in (("--goal", "g1"), ("--benefit", "leadership")):
        mentorlog.ok("insight", "p1", HOSTILE, *words)
    mentorlog.ok("feedback", "receive", "p1", HOSTILE, "--will-change", HOSTILE)
    return mentorlog


def levels(text: str) -> list[str]:
    return [
        word for level in ("-2", "-1", "0", "1", "2") for word in ("--level", f"{level}={text}")
    ]


# Of itself --------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_asks_nothing_of_another_machine_and_runs_nothing(
    demo_journals: dict[str, Path], language: str
) -> None:
    for text in pages_of(demo_journals[language], language):
        document = Document(text)

        assert not re.search(r"https?:|//|url\(|@import", text)
        assert document.all("script", "link", "img", "iframe", "object", "base", "form", "a") == []
        handlers = [name for _tag, given in document.elements for name in given if name[:2] == "on"]
        assert handlers == []
        policy = next(
            given["content"] for _tag, given in document.all("meta") if "http-equiv" in given
        )
        assert policy is not None
        assert policy.startswith("default-src 'none'; style-src 'unsafe-inline';")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_can_be_found_ones_way_in_by_ear(
    demo_journals: dict[str, Path], language: str
) -> None:
    for text in pages_of(demo_journals[language], language):
        document = Document(text)
        names = {given["id"] for _tag, given in document.elements if "id" in given}
        headings = [int(tag[1]) for tag, _given in document.all("h1", "h2", "h3", "h4")]

        assert document.all("html")[0][1]["lang"] == language
        assert len(names) == sum("id" in given for _tag, given in document.elements)
        assert headings[0] == 1
        assert headings.count(1) == 1
        assert all(after - before <= 1 for before, after in pairwise(headings))
        assert [len(document.all(each)) for each in ("main", "footer")] >= [1, 1]
        assert {given["aria-labelledby"] for _tag, given in document.all("section")} <= names
        assert len(document.all("caption")) == len(document.all("table"))
        assert all("scope" in given for _tag, given in document.all("th"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_chart_says_in_words_what_it_shows_or_is_said_beside_it(
    demo_journals: dict[str, Path], language: str
) -> None:
    charts = [
        given
        for text in pages_of(demo_journals[language], language)
        for _tag, given in Document(text).all("svg")
    ]

    assert len(charts) > 20
    assert [
        given
        for given in charts
        if not (given.get("role") == "img" and given.get("aria-label"))
        and given.get("aria-hidden") != "true"
    ] == []


def test_a_page_is_dark_where_dark_is_wanted_and_every_colour_can_be_read() -> None:
    text = style()

    for at, scheme in enumerate(re.findall(r":root\{([^}]*)\}", text)):
        for name, values in PALETTE.items():
            assert f"--{name}:{values[at]};" in scheme
    assert "@media screen and (prefers-color-scheme:dark){:root{" in text
    assert set(re.findall(r"var\(--([a-z]+)\)", text)) == PALETTE.keys()
    for at in (0, 1):
        paper = PALETTE["paper"][at]
        read = ("ink", "quiet", "warm")
        assert all(contrast(PALETTE[name][at], paper) >= 4.5 for name in read)
        assert all(contrast(PALETTE[name][at], paper) >= 3 for name in ("accent", "soft", "warm"))


def test_every_look_that_a_page_uses_is_in_its_style_sheet(demo_journals: dict[str, Path]) -> None:
    used = {
        name
        for text in pages_of(demo_journals["en"], "en")
        for _tag, given in Document(text).elements
        for name in (given.get("class") or "").split()
    }

    assert {name for name in used if f".{name}" not in style()} == set()


# What it says -----------------------------------------------------------------------------------


def test_a_page_of_the_demo_says_every_figure_with_what_it_stands_on(
    demo_journals: dict[str, Path],
) -> None:
    document = Document(page_of(demo_journals["en"]))

    said = document.visible
    for figure in (
        "Report: Maya Lindqvist", "I am the mentee", "96 %", "ends Mon 30 Nov 2026",
        "11 of 11", "15 days", "n = 12", "n = 13", "60.00", "1 rated goal; 50 is as expected",
        "80 % of the way · 4 → 5 teams", "3 measurements", "▸ +1 more than expected: More than a month",
        "mine · 6 of 8 done", "89 % told · after 14 days (median)", "6 of 8 raised · 2 open",
        "3.3", "accepting feedback", "+2", "−1", "self-efficacy · n = 1", "→ will change: Read the case",
        "tell the third team", "mentorlog action done a30",
    ):  # fmt: skip
        assert figure in said


def test_the_calendar_says_the_same_in_words(demo_journals: dict[str, Path]) -> None:
    text = page_of(demo_journals["en"])

    assert "paused Tue 11 Aug 2026 to Wed 2 Sep 2026" in text
    assert '<th scope="row">Jun 2026</th><td>1, 15, 30</td>' in text


def test_a_page_of_some_days_says_by_how_much_a_goal_moved_in_them(
    demo_journals: dict[str, Path],
) -> None:
    document = Document(page_of(demo_journals["en"], since=date(2026, 10, 1)))

    assert "+20 % of the way in this period" in document.visible
    assert "Thu 1 Oct 2026 – Sun 22 Nov 2026" in document.visible


def test_the_page_of_all_pairs_has_a_row_each_and_what_they_add_up_to(
    demo_journals: dict[str, Path],
) -> None:
    document = Document(glance_of(demo_journals["en"]))

    assert len(document.all("tr")) == 4
    assert "Maya Lindqvist" in document.visible
    assert "20 of 20" in document.visible


def test_the_page_of_all_pairs_counts_the_goals_worked_towards(
    demo_journals: dict[str, Path],
) -> None:
    rows = re.findall(r"<tr>(.*?)</tr>", glance_of(demo_journals["en"]))

    counted = [re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", row)[3] for row in rows]
    assert counted == ["goals", "2", "0", "2"]


def test_a_meeting_that_was_only_expected_is_not_overdue(demo_journals: dict[str, Path]) -> None:
    document = Document(page_of(demo_journals["en"], "p2"))

    assert "was expected Thu 19 Nov 2026" in document.visible
    assert "was expected Thu 19 Nov 2026" in Document(glance_of(demo_journals["en"])).visible
    assert "overdue" not in document.said("span")[:8]


def test_a_page_of_days_that_are_over_does_not_say_what_is_next(
    demo_journals: dict[str, Path],
) -> None:
    document = Document(page_of(demo_journals["en"], until=date(2026, 8, 1)))

    assert "What to do next" not in document.said("h2")
    assert not {"next meeting", "next review"} & set(document.said("dt"))
    assert "not measured by Sat 1 Aug 2026" in document.said("p")


def test_a_page_of_days_before_the_pair_began_says_only_that(
    demo_journals: dict[str, Path],
) -> None:
    document = Document(page_of(demo_journals["en"], until=date(2026, 5, 1)))

    assert document.said("h2") == []
    assert "You had not begun yet on Fri 1 May 2026." in document.said("p")
    assert "Nothing is known yet" not in document.visible


def test_the_page_of_a_pair_that_has_ended_says_when_and_why(mentorlog: Program) -> None:
    started(mentorlog).ok("pair", "end", "aya", "--on", "2026-08-01", "--because", "moved")

    document = Document(page_of(mentorlog.journal))

    assert "ended Sat 1 Aug 2026 · moved" in document.visible


def test_of_many_pulses_the_latest_are_read_out_with_their_own_days(mentorlog: Program) -> None:
    started(mentorlog, on="2017-01-02")
    with_weekly_meetings(mentorlog.journal, 14)

    text = page_of(mentorlog.journal)

    assert "Pulse · Mon 16 Jan 2017 – Mon 3 Apr 2017 · 3 → 4 → 1 →" in text


def test_a_level_below_what_was_expected_has_a_minus(mentorlog: Program) -> None:
    started(mentorlog).ok("goal", "set", "aya", "Read", *levels("some"))

    assert "−2 much less than expected: some" in Document(page_of(mentorlog.journal)).visible


def test_a_pair_that_has_not_met_has_a_page_without_empty_parts(mentorlog: Program) -> None:
    text = page_of(started(mentorlog, on=TODAY).journal)

    document = Document(text)
    assert document.said("h2") == ["Continuity", "What to do next"]
    assert "no meeting was due yet" in document.visible
    assert "Nothing is known yet of: Goals, Actions" in document.visible
    assert "None" not in document.visible
    assert "nan" not in text


def test_a_pair_without_a_rhythm_that_has_not_met_has_no_empty_calendar(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "journal.db")
    with journal.transaction("pair start") as writing:
        writing.add(Pair(partner="Aya", my_role="mentor", started_on=date(2026, 11, 1)))
    journal.close()

    document = Document(page_of(tmp_path / "journal.db"))

    assert document.all("svg", "table", "figure") == []
    assert "no rhythm is set" in document.visible


def test_one_meeting_and_one_measurement_are_told_without_a_line(mentorlog: Program) -> None:
    started(mentorlog, on="2026-11-15").ok("meet", "aya", "--pulse", "4", "--on", TODAY)
    mentorlog.ok("goal", "set", "aya", "Read", "--baseline", "0", "--target", "4")
    mentorlog.ok("goal", "measure", "g1", "1")

    text = page_of(mentorlog.journal)

    assert "25 % of the way" in text
    assert 'class="line"' not in text
    assert "n = 1" in text


def test_a_goal_beyond_its_target_or_behind_its_baseline_stays_within_its_bar(
    mentorlog: Program,
) -> None:
    started(mentorlog)
    for _goal in range(2):
        mentorlog.ok("goal", "set", "aya", "Read", "--baseline", "0", "--target", "4")
    mentorlog.ok("goal", "measure", "g1", "40")
    mentorlog.ok("goal", "measure", "g2", "-40")

    text = page_of(mentorlog.journal)

    assert "1000 % of the way" in text
    assert "-1000 % of the way" in text
    drawn = [float(each) for each in re.findall(r'<circle cx="([-\d.]+)"', text)]
    assert all(0 <= each <= 360 for each in drawn)


def test_a_pair_with_a_pause_alone_is_told_of_its_pause(mentorlog: Program) -> None:
    started(mentorlog, on="2026-11-01").ok("pair", "pause", "aya", "--on", "2026-11-02")

    document = Document(page_of(mentorlog.journal))

    assert "paused from Mon 2 Nov 2026 on" in document.visible


def test_500_meetings_over_years_become_a_table_of_months(mentorlog: Program) -> None:
    started(mentorlog, "--cadence", "weekly", on="2017-01-02")
    with_weekly_meetings(mentorlog.journal, 500)

    document = Document(page_of(mentorlog.journal))

    assert "500" in document.visible
    assert "Meetings by month" in document.said("caption")
    assert {"2017", "2026"} <= set(document.said("th"))


def test_a_term_up_to_the_end_of_the_calendar_does_not_make_a_page_endless(
    mentorlog: Program,
) -> None:
    started(mentorlog).ok("meet", "aya", "--topic", "books", "--on", TODAY)
    mentorlog.ok("pair", "extend", "aya", "--to", "9999-12-31")

    document = Document(page_of(mentorlog.journal))

    assert len(document.all("tr")) < 20
    assert "Fri 31 Dec 9999" in document.visible


def with_weekly_meetings(path: Path, count: int) -> None:
    journal = Journal(path)
    first = date(2017, 1, 2)
    with journal.transaction("meet") as writing:
        for week in range(count):
            on = first + timedelta(weeks=week)
            writing.add(Meeting(pair="p1", held_on=on, pulse=1 + week % 4))
    journal.close()


# Of others --------------------------------------------------------------------------------------


def test_what_people_wrote_is_text_in_a_page_and_nothing_else(hostile: Program) -> None:
    document = Document(page_of(hostile.journal))

    assert document.all("script", "img", "link", "a", "b") == []
    assert len(document.all("meta")) == 4
    assert len(document.all("title")) == len(document.all("style")) == 1
    assert document.said("title") == [f"Report: {EVIL}"]
    assert document.visible.count("document.title='owned'</script>") >= 5


def test_control_characters_in_a_note_are_seen_in_a_page(mentorlog: Program) -> None:
    started(mentorlog).ok("goal", "set", "aya", "a\x1b[31m\u202eb\uffff")

    text = page_of(mentorlog.journal)

    assert "a\\x1b[31m\\u202eb\\uffff" in text


# In a browser -----------------------------------------------------------------------------------


@needs_chromium
def test_in_a_browser_nothing_leaves_the_page_and_nothing_in_it_runs(
    hostile: Program, tmp_path: Path
) -> None:
    file = tmp_path / "report.html"
    hostile.ok("report", "p1", "--html", str(file))

    seen = look_at(file, tmp_path)

    assert seen.asked_for == []
    assert HOST not in seen.log
    assert seen.console == []
    assert seen.title == "Report: &lt;b onmouseover=alert(1)&gt;Eve &amp; Co"
    elements = [tag for tag, _given in Document(seen.document).elements]
    assert elements == [tag for tag, _given in Document(file.read_text(encoding="utf-8")).elements]


@needs_chromium
def test_the_look_into_a_browser_would_notice_a_request_a_script_and_an_error(
    tmp_path: Path,
) -> None:
    file = tmp_path / "bad.html"
    file.write_text(
        f"<title>fine</title><img src='http://{HOST}/i.png'>"
        "<script>document.title='owned'; console.error('oops')</script>",
        encoding="utf-8",
    )

    seen = look_at(file, tmp_path)

    assert seen.asked_for == [f"http://{HOST}/i.png"]
    assert HOST in seen.log
    assert seen.title == "owned"
    assert "oops" in seen.console[0]
