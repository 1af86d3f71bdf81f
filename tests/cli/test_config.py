"""`config`: what is set where, what goes before what, and a file that stays its owner's."""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs
import pytest

from mentorlog.config import SETTINGS, Config

if TYPE_CHECKING:
    from tests.conftest import Program


def settings_file(mentorlog: Program) -> Path:
    return mentorlog.home / "config" / "mentorlog" / "config.toml"


# One value of each setting that its default is not, as it is typed and as it is kept; ~ is the home.
OTHER_VALUES: dict[str, tuple[str, str | int]] = {
    "language": ("ja", "ja"),
    "journal": ("~/elsewhere.db", "~/elsewhere.db"),
    "cadence": ("隔週", "2w"),
    "term": ("1 year", "1 year"),
    "plateau": ("6 weeks", "6 weeks"),
    "log_limit": ("7", 7),
    "backups": ("3", 3),
    "calendar_titles": ("text", "text"),
}


def test_every_setting_is_tried_here() -> None:
    assert [setting.name for setting in SETTINGS] == list(OTHER_VALUES)


@pytest.mark.parametrize("name", OTHER_VALUES)
def test_a_setting_is_set_read_back_and_unset(mentorlog: Program, name: str) -> None:
    typed, expected = OTHER_VALUES[name]
    kept = (
        str(expected).replace("~", str(mentorlog.home)) if isinstance(expected, str) else expected
    )
    (setting,) = (each for each in SETTINGS if each.name == name)
    no_twin = {setting.variable: ""}

    done = mentorlog("config", "set", name, typed, "--json", environment=no_twin)
    got = mentorlog("config", "get", name, environment=no_twin)
    stored = tomllib.loads(settings_file(mentorlog).read_text())
    unset = mentorlog("config", "unset", name, "--json", environment=no_twin)

    assert (done.json["value"], done.json["origin"]) == (kept, "file")
    assert (got.code, got.out) == (0, f"{kept}\n")
    assert stored == {name: kept}
    default = int(setting.default) if setting.holds == "count" else setting.default or None
    assert (unset.json["value"], unset.json["origin"]) == (default, "default")
    assert done.json["default"] == default


@pytest.mark.parametrize("name", OTHER_VALUES)
def test_the_environment_goes_before_the_file_and_the_file_before_the_default(
    mentorlog: Program, name: str
) -> None:
    typed, _kept = OTHER_VALUES[name]
    (setting,) = (each for each in SETTINGS if each.name == name)
    beside = {
        "language": "en", "journal": "/x.db", "cadence": "3w", "term": "9m", "plateau": "9w",
        "log_limit": "9", "backups": "9", "calendar_titles": "name",
    }  # fmt: skip

    done = mentorlog("config", "set", name, typed, environment={setting.variable: beside[name]})
    row = mentorlog(
        "config", "get", name, "--json", environment={setting.variable: beside[name]}
    ).json

    assert done.code == 0
    assert setting.variable in done.err
    value = 9 if setting.holds == "count" else beside[name]
    assert (row["value"], row["origin"]) == (value, "environment")


def test_a_count_is_a_number_in_json(mentorlog: Program) -> None:
    default = mentorlog.ok("config", "get", "log_limit", "--json").json["value"]
    done = mentorlog.ok("config", "set", "log_limit", "7", "--json").json["value"]
    got = mentorlog.ok("config", "get", "log_limit", "--json").json["value"]
    rows = mentorlog.ok("config", "list", "--json").json

    assert (default, done, got) == (20, 7, 7)
    assert [row["value"] for row in rows if row["name"] == "log_limit"] == [7]


def test_a_journal_is_kept_with_its_whole_path(mentorlog: Program) -> None:
    whole = str(Path.cwd() / "relative.db")

    done = mentorlog.ok("config", "set", "journal", "relative.db", "--json").json

    assert done["value"] == whole
    assert tomllib.loads(settings_file(mentorlog).read_text()) == {"journal": whole}


@pytest.mark.parametrize("typed", ["", " "])
def test_an_empty_path_is_refused_and_the_settings_stay(mentorlog: Program, typed: str) -> None:
    mentorlog.ok("config", "set", "journal", "~/elsewhere.db")
    before = settings_file(mentorlog).read_bytes()

    refused = mentorlog("config", "set", "journal", typed)

    assert (refused.code, refused.out) == (2, "")
    assert refused.err == "mentorlog: journal cannot be empty.\n"
    assert settings_file(mentorlog).read_bytes() == before


def test_every_setting_is_listed_with_its_help_its_twin_and_the_files(mentorlog: Program) -> None:
    mentorlog.ok("config", "set", "cadence", "1m")

    listed = mentorlog.ok("config", "list").out
    rows = mentorlog.ok("config", "list", "--json").json

    assert [row["name"] for row in rows] == [setting.name for setting in SETTINGS]
    assert all(each.variable in listed and each.help in listed for each in SETTINGS)
    assert "language = en  (environment)" in listed
    assert "cadence = 1m  (file)" in listed
    assert "term = 6m  (default)" in listed
    assert "journal = unset  (default)" in listed
    assert f"Settings are in {settings_file(mentorlog)}" in listed
    assert f"The journal is in {mentorlog.journal}" in listed


def test_setting_keeps_the_comments_and_the_order_of_the_file(mentorlog: Program) -> None:
    settings_file(mentorlog).parent.mkdir(parents=True)
    settings_file(mentorlog).write_text(
        '# 私の設定\ncadence = "3w"  # by custom\n\nother = [1]\nlog_limit = 5\n'
    )

    mentorlog.ok("config", "set", "cadence", "1m")
    mentorlog.ok("config", "set", "log_limit", "6")
    mentorlog.ok("config", "unset", "term")

    assert settings_file(mentorlog).read_text() == (
        '# 私の設定\ncadence = "1m"  # by custom\n\nother = [1]\nlog_limit = 6\n'
    )


def test_looking_at_the_settings_makes_no_file(mentorlog: Program) -> None:
    for words in (["list"], ["get", "cadence"], ["unset", "journal"]):
        mentorlog("config", *words)

    assert not mentorlog.journal.exists()
    assert list(settings_file(mentorlog).parent.parent.rglob("*.new")) == []


def test_the_journal_is_where_the_settings_say(mentorlog: Program) -> None:
    elsewhere = mentorlog.home / "else where" / "my.db"
    mentorlog.ok("config", "set", "journal", str(elsewhere))

    mentorlog.ok("pair", "start", "Aya", "--as", "mentor")
    tilde = mentorlog("log", environment={"MENTORLOG_DB": "~/else where/my.db"})

    assert elsewhere.exists()
    assert not mentorlog.journal.exists()
    assert "Aya" in tilde.out


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({"LC_ALL": "ja_JP.UTF-8", "LANG": "C"}, "ja"),
        ({"LC_MESSAGES": "ja_JP.UTF-8", "LANG": "de_DE.UTF-8"}, "ja"),
        ({"LANG": "ja_JP.UTF-8"}, "ja"),
        ({"LC_ALL": "C.UTF-8", "LANG": "ja_JP.UTF-8"}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "ja_JP.UTF-8", "MENTORLOG_LANG": "en"}, "en"),
        ({"LANG": "en_GB.UTF-8", "MENTORLOG_LANG": "ja"}, "ja"),
        ({"LANG": ""}, "en"),
    ],
)
def test_the_language_is_the_one_chosen_else_the_systems(
    mentorlog: Program, environment: dict[str, str], language: str
) -> None:
    mentorlog.ok("meet", "Aya", "--as", "mentor", "--notes", "x")

    shown = mentorlog("log", environment={"MENTORLOG_LANG": ""} | environment).out

    assert shown.startswith("2026年11月22日" if language == "ja" else "Sun 22 Nov 2026")


@pytest.mark.parametrize("words", [["--lang", "ja", "log"], ["log", "--lang", "ja"], ["log", "--lang=ja"]], ids=" ".join)  # fmt: skip
def test_the_option_for_the_language_works_before_and_after_the_command(
    mentorlog: Program, words: list[str]
) -> None:
    mentorlog.ok("meet", "Aya", "--as", "mentor", "--notes", "x")

    assert mentorlog.ok(*words).out.startswith("2026年11月22日")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere platformdirs is used")
@pytest.mark.parametrize("folder", [None, "", "/srv/elsewhere"])
def test_the_folders_are_those_that_platformdirs_would_find(
    monkeypatch: pytest.MonkeyPatch, folder: str | None
) -> None:
    monkeypatch.setenv("HOME", "/home/somebody")
    for variable in ("XDG_DATA_HOME", "XDG_CONFIG_HOME"):
        if folder is None:
            monkeypatch.delenv(variable, raising=False)
        else:
            monkeypatch.setenv(variable, folder)
    monkeypatch.delenv("MENTORLOG_DB", raising=False)

    config = Config()

    assert config.journal == platformdirs.user_data_path("mentorlog") / "journal.db"
    assert config.path == platformdirs.user_config_path("mentorlog") / "config.toml"
