"""Inputs that the parsers read, and the pieces their languages are made of: what fuzzing begins with."""

from __future__ import annotations

import json
import zipfile
from io import BytesIO

from mentorlog.domain import cadence, when

_SIGNS = (" ", "\t", "\n", "\r\n", "\r", "\u3000", "\u00a0", "\u2028", "\x0b", "\x00", "\ufeff", "\udcff", "İ", "ß")  # fmt: skip
_DIGITS = ("0", "1", "9", "00", "99", "9999", "10000", "１", "²", "٣", "-", "+", "/", ".", ":")


def _as_files(*texts: str) -> tuple[bytes, ...]:
    return tuple(text.encode() for text in texts)


DAYS = (
    *when.FORMS, "next fri", "this mon", "3 days ago", "in 2 weeks", "-1m", "29 Feb", "Nov 22nd, 2026",
    "11/22/2026", "22/11", "r8-11-22", "H31.4.30", "令和元年5月1日", "2026年11月22日(日)", "Sun 22 Nov 2026",
    "22 Nov (Sun)", "再来週の火曜", "3週間前", "半年後", "あさって", "二十日", "９か月後", "2026/2/29", "31 apr",
    "+9999y", "in 99999999 days", "9999年後", "令和2年2月30日", "9999-12-31 (Fri)", "0001-01-01",
)  # fmt: skip
DAY_PIECES = (
    *_SIGNS, *_DIGITS, "d", "w", "m", "y", "day", "weeks", "month", "years", "ago", "in ", "last ", "next ",
    "this ", "fri", "Sunday", "nov", "feb", "st", "nd", "half a year", "an ", "ten ", "(", ")", "(日)", ",",
    "年", "月", "日", "週", "間", "か月", "前", "後", "今", "来", "先", "再", "の", "火曜日", "令和", "平成", "元",
    "r", "h", "午前", "午後", "時", "分", "半", "am", "p.m.", "due:",
)  # fmt: skip
CLOCKS = (
    *when.CLOCK_FORMS,
    "0905",
    "9am",
    "12 am",
    "12:30 p.m.",
    "午前0時",
    "午後11時59分",
    "９：０５",
    "24:00",
)
SPANS = (
    *when.SPAN_FORMS,
    "1y",
    "half a year",
    "an year",
    "ten months",
    "十年",
    "9999y",
    "+3w",
    "-1d",
)
CADENCES = (
    *cadence.FORMS, "2w tue", "1m fri-1", "3/m", "every second friday", "the last friday of every month",
    "three times a month", "every other day", "隔月", "月に二回", "毎月最終金曜日", "10日ごと", "毎週(火)", "once a quarter",
)  # fmt: skip
CADENCE_PIECES = (
    *DAY_PIECES, "every ", "other ", "each ", "of ", "the ", "once ", "twice ", "times ", "a ", "per ",
    "monthly", "weekly", "fortnight", "quarter", "first ", "last", "毎", "隔", "ごと", "に", "回", "度", "第",
    "最終", "/m", "-1", "おき",
)  # fmt: skip
ACTIONS = (
    "Read chapter 3 due:fri", "due:tomorrow Write to her", 'Send it due:"22 Nov" at last', "送る 期限:「来週 金曜」",
    "due:next fri", "期限：11月22日 読む", "due:2026-11-22", "overdue:fri is none", "a due: b", "due:fri due:mon",
    "Talk “due:” over", "Ｄｕｅ：+2w", "due:“22 Nov” x", "line\nbreak due:+3d\nmore",
)  # fmt: skip
ACTION_PIECES = ("due:", "Due：", "期限:", "ｄｕｅ:", '"', "“", "”", "「", "」", "x", "読む", "::")
QUERIES = (
    '"well done" -plan 目標', "C++ R&D @name #tag", '-"not this" that', "NEAR(a b) col:x OR AND NOT a*", '""" - -- " -"',
    "ｶﾞｲﾄﾞ がいど", "é e\u0301 ß", "👩‍👩‍👧 →", "“quoted” „low“", "a^b {c} : (d", "x" * 200,
)  # fmt: skip
QUERY_PIECES = (
    *_SIGNS, '"', "-", "*", "(", ")", ":", "^", "{", "NEAR(", " OR ", " AND ", " NOT ", "col:", "'", "“", "+",
    "e\u0301", "が\u3099", "\u200d", "👩", "目", "ｶﾞ", "ﬁ", "K", "\u0345", "a", "plan",
)  # fmt: skip
DATE_FORMATS = (
    "%d/%m/%Y",
    "%Y-%m-%d %H:%M",
    "%d.%m.%y",
    "%B %d, %Y",
    "%A, %d %b %Y %I:%M %p",
    "%x",
    "%j %Y",
)
FORMAT_PIECES = (
    *(f"%{each}" for each in "aAbBcdDefFgGHIjklLmMnpPqQrRsStTuUVwWxXyYzZ%EO0-+^#"), "%", "%%", "%-d", "%Ed",
    "%:z", "/", "-", ".", " ", "(", "[", "\\", "*", "年", "\x00", "\udcff", "\n",
)  # fmt: skip

# Files ---------------------------------------------------------------------------------------------

TOML_PIECES = (
    "[[prompt]]\n", "[prompt]\n", "[", "]", "key", " = ", "=", '"', "'", '"""', "'''", "text", "form", "phase",
    "role", '"kpt"', '"mentor"', '"immersion"', "\n", "\r\n", "#", "\\", "\\u0000", "\\ud800", "\\U0001F469", "1",
    "-1", "1e9", "inf", "nan", "true", "{", "}", ",", ".", "2026-11-22", "07:32:00", "0x1", "1_000", "language",
    "cadence", "term", "log_limit", '"2w"', '"ja"', "plateau", "calendar_titles", "\x00", "\x1b", "\x7f", "面談",
    "\ufeff", "journal", "10000000", "９",
)  # fmt: skip
PROMPTS = _as_files(
    '[[prompt]]\nkey = "own"\ntext = "What else?"\n',
    '# mine\n[[prompt]]\nkey = "気づき"\ntext = """\nWhat did\nyou see?"""\nform = "kpt"\nphase = "immersion"\n\n'
    '[[prompt]]\nkey = "own"\ntext = \'Why [x]?\'\nrole = "mentor"\n',
    'prompt = [{key = "a", text = "b"}, {key = "a", text = "c", form = "free"}]\n',
    "",
)
CONFIGS = _as_files(
    'language = "ja"\njournal = "~/notes/journal.db"\ncadence = "2w tue"  # together\nterm = "6m"\n',
    'plateau = "4 weeks"\nlog_limit = 20\nbackups = "7"\ncalendar_titles = "name"\n[other]\nkept = [1, 2.5]\n',
    '# nothing\nodd = {a = 1, b.c = "x"}\n"log_limit" = 0x10\n[[table]]\nx = 1979-05-27T07:32:00Z\n',
    'cadence = "隔週火曜"\r\nterm = "半年"\r\n',
)
JRNL = _as_files(
    "[2026-11-20 09:30] A title *\nand a body @work\n\n[2026-11-21 21:05:10 PM] 日本語。\n本文\n",
    "[22 Nov 2026] First. The rest of it\n[x] a task\n[not a day]\n  indented\n\n\n[2026年11月22日 午後3時] 見出し\r\n本文\r\n",
    "\ufeff[2026-11-20]\n\n[2026-11-20] *\n@a/b #c-d\n",
    "[2026-11-20 9:30am] [2026-11-21] two *\rmore\r",
    "[2026-11-20 21:05] " + "Words and [brackets] of an entry. 目標\n" * 10,
)
JRNL_PIECES = (
    *_SIGNS, *_DIGITS, "[2026-11-22 09:30] ", "[", "]", "] ", "\n[", "*", " *", "@tag", "#tag", ".", "! ", "。",
    "[2026-02-30]", "[03/04/2026]", "[2026-11-22 25:00]", "AM", "午後", "\n\n", "x",
)  # fmt: skip
_JRNL_JSON = {
    "tags": {"@work": 1},
    "entries": [
        {
            "title": "A title.", "body": "and a body\nof two lines", "date": "2026-11-20", "time": "09:30",
            "tags": ["@work", "#x y"], "starred": True, "uuid": "A-1", "mood": {"deep": [1, 2.5, None]},
        },
        {"title": "", "body": "目標", "date": "22 Nov 2026", "time": "", "tags": [], "starred": False},
    ],
}  # fmt: skip
JRNL_JSON = _as_files(json.dumps(_JRNL_JSON, indent=1), json.dumps(_JRNL_JSON, ensure_ascii=False))
_DAYONE = {
    "metadata": {"version": "1.0"},
    "entries": [
        {
            "uuid": "A", "creationDate": "2026-11-20T15:30:00Z", "timeZone": "Asia/Tokyo", "tags": ["a b"],
            "text": "# Head\\.\n\nA \\[link\\] and ```\ncode \\.\n```", "starred": True, "isAllDay": False,
            "location": {"placeName": "Rome", "latitude": 41.9}, "photos": [{"md5": "x"}],
        },
        {
            "uuid": "B", "creationDate": "2026-11-21T15:30:00+09:00", "timeZone": "Mars/X",
            "text": "Set apart\n\n目標", "richText": "{}", "weather": {"temperatureCelsius": 3},
        },
        {
            "creationDate": "0001-01-01T00:00:00Z",
            "richText": '{"contents": [{"text": "rich"}, {"text": "er"}]}',
        },
    ],
}  # fmt: skip
DAYONE = _as_files(json.dumps(_DAYONE, indent=2), json.dumps(_DAYONE, ensure_ascii=False))
JSON_PIECES = (
    "{", "}", "[", "]", ",", ":", '"', "\\", "\\u0000", "\\ud800", "\\udc69", "\\n", "\\/", "null", "true",
    "false", "NaN", "Infinity", "-", "0", "1", "-0", "1.0", "1e5", "1e999", "9" * 41, "1" * 5000, "entries",
    '"entries":[', "creationDate", "2026-02-30", "2026-11-22T09:30:00.000000Z", "timeZone", "text", "tags",
    "starred", "title", "body", "date", "time", "uuid", "kind", "id", "uid", "pair", "revisions", "levels", "pauses",
    "p1", "p0", "0" * 32, "[" * 60, "]" * 60, '{"a":' * 60, " ", "\n", "\r", "\t", "\x00", "\ufeff", "目", "👩",
)  # fmt: skip
CSV = _as_files(
    'date,notes,topics,pulse,start_time\n2026-11-20,"He said ""no"", then\nleft",a;b,3,09:30\n2026-11-21,,,,\n',
    "Date;Notes;Mood\r\n22 Nov 2026;目標;good\r\n\r\n;;\r\n",
    "date\tsummary\tminutes\tchannel\tnext_on\n2026-11-20\t=1+1\t50\tonline\t2026-12-01\n",
    '\ufeff"date","a ""b""",""\n2026-11-20 14:30:05,x,y\n',
    'date,notes\n2026-11-20,"'
    + "A long cell; of words, and 目標。\n" * 8
    + '"\n2026-11-21,'
    + "words " * 20
    + "\n",
)
CSV_PIECES = (
    *_SIGNS, *_DIGITS, ",", ";", '"', '""', "\n", "date", "notes", "topics", "summary", "minutes", "channel",
    "pulse", "next_on", "start_time", "2026-11-20", "03/04/2026", "@a", "#b", "online", "、", "x", "=cmd", "1e3",
)  # fmt: skip
_LINES = [
    {
        "kind": "pair", "id": "p7", "uid": "f" * 32, "partner": "Zoë", "alias": None, "my_role": "mentor",
        "programme": None, "started_on": "2026-11-01", "cadence": "2w tue", "minutes": 50, "channel": "online",
        "term_ends_on": None, "state": "active", "ended_because": None, "language": None,
        "pauses": [{"from_on": "2026-12-01", "until_on": None}], "visibility": "private",
        "created_at": "2026-11-22T09:30:00.000000Z", "updated_at": "2026-11-22T09:30:00.000000Z",
    },
    {
        "kind": "goal", "id": "g3", "uid": "e" * 32, "pair": "f" * 32, "statement": "Read", "why": None,
        "owner": "me", "unit": "books", "baseline": 0, "target": 0.1, "due_on": "2027-01-01", "weight": 3,
        "levels": {"-2": "a", "-1": "b", "0": "c", "1": "d", "2": "e"}, "state": "dropped",
        "revisions": [
            {"revised_on": "2026-11-02", "did": "dropped", "because": None, "before": {"state": "active"}}
        ],
        "visibility": "shared", "created_at": "2026-11-22T09:30:00.000000Z",
        "updated_at": "2026-11-22T09:30:00.000001Z",
    },
]  # fmt: skip
_EXPORT = {
    "format": "mentorlog/1", "document": "export", "audience": "me", "since": None, "until": None,
    "records": _LINES,
}  # fmt: skip
JSON = _as_files(
    json.dumps(_EXPORT, ensure_ascii=False),
    json.dumps(_EXPORT, indent=1),
    json.dumps(_EXPORT | {"records": []}),
)


def _zipped(content: bytes) -> bytes:
    kept = BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ("Journal.json", "More.json", "photos/x.json"):
            archive.writestr(zipfile.ZipInfo(name), content)
    return kept.getvalue()


FILES = (
    *JRNL, *JRNL_JSON, *DAYONE, *CSV, *JSON, _zipped(DAYONE[0]), _zipped(b"{}"), b"# A heading\n", b"\xff\xfea\x00",
    b"SQLite format 3\x00", b"PK\x05\x06" + b"\x00" * 18,
)  # fmt: skip
