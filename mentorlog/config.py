"""The settings, in one list, and where files live.

To add a setting, add a line to SETTINGS: its documentation, its environment twin and its check follow.
A value comes from the environment, else from the TOML file, else from its default. Nothing is read
from the disk before it is asked for.
"""

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from mentorlog.errors import ConfigUnusable, InvalidValue, OutputFailed, UsageError
from mentorlog.i18n import LANGUAGES, N_, from_environment


class Setting(NamedTuple):
    """One setting. `holds` is "choice", "path", "cadence", "span" or "count"; "" means unset."""

    name: str
    holds: str
    default: str
    variable: str
    help: str
    choices: tuple[str, ...] = ()


SETTINGS = (
    Setting(
        "language", "choice", "", "MENTORLOG_LANG",
        N_("language of the program; unset: the system's"), LANGUAGES,
    ),
    Setting(
        "journal", "path", "", "MENTORLOG_DB",
        N_("the journal file; unset: in the folder for your data"),
    ),
    Setting(
        "cadence", "cadence", "2w", "MENTORLOG_CADENCE",
        N_("how often a new pair meets"),
    ),
    Setting(
        "term", "span", "6m", "MENTORLOG_TERM",
        N_("how long a new pair goes on"),
    ),
    Setting(
        "plateau", "span", "4w", "MENTORLOG_PLATEAU",
        N_("how long without a measurement or an insight until `status` says so"),
    ),
    Setting(
        "log_limit", "count", "20", "MENTORLOG_LOG_LIMIT",
        N_("how many entries `log` shows at a terminal"),
    ),
    Setting(
        "backups", "count", "10", "MENTORLOG_BACKUPS",
        N_("how many automatic backups are kept beside the journal"),
    ),
    Setting(
        "calendar_titles", "choice", "alias", "MENTORLOG_CALENDAR_TITLES",
        N_("what titles in `calendar` hold: a pair's alias, its name, or also the text of actions"),
        ("alias", "name", "text"),
    ),
)  # fmt: skip
_BY_NAME = {setting.name: setting for setting in SETTINGS}


class Config:
    """The settings in force for one call."""

    def __init__(self, environ: Mapping[str, str] = os.environ, *, reads_file: bool = True) -> None:
        self._environ = environ
        self._reads_file = reads_file
        self._stored: dict[str, Any] | None = None if reads_file else {}

    @property
    def path(self) -> Path:
        """The TOML file, whether it is there or not."""
        return _folder("config", self._environ) / "config.toml"

    @property
    def prompts_path(self) -> Path:
        """The TOML file of the user's own questions, beside the settings, whether it is there or not."""
        return self.path.with_name("prompts.toml")

    @property
    def own_prompts(self) -> dict[str, Any]:
        """The user's own questions as that file has them, unchecked: `forms/reflecting.py` reads them."""
        return _read_toml(self.prompts_path) if self._reads_file else {}

    @property
    def journal(self) -> Path:
        """The journal file, whether it is there or not."""
        chosen = self["journal"]
        if chosen:
            return path_typed(chosen, "journal")
        return _folder("data", self._environ) / "journal.db"

    @property
    def language(self) -> str:
        """The language to speak: the setting's, else the system's."""
        return self["language"] or from_environment(self._environ)

    def __getitem__(self, name: str) -> str:
        """Return a setting's value as text, checked; InvalidValue names where a wrong one is set."""
        value, origin = self.origin(name)
        setting = setting_named(name)
        source = setting.variable if origin == "environment" else name
        return value if origin == "default" else checked(setting, value, source)

    def origin(self, name: str) -> tuple[str, str]:
        """Return a setting's value, unchecked, and its origin: "environment", "file" or "default"."""
        setting = setting_named(name)
        if self._environ.get(setting.variable):
            return self._environ[setting.variable], "environment"
        stored = self._read()
        if name in stored:
            return str(stored[name]), "file"
        return setting.default, "default"

    def store(self, name: str, value: str | None) -> None:
        """Write a setting to the TOML file, or take it out; comments and order there are kept."""
        import tomlkit

        setting = setting_named(name)
        self._read()  # a broken file is refused before it is written over
        text = self.path.read_text(encoding="utf-8") if self.path.exists() else ""
        document = tomlkit.parse(text)
        if value is None:
            document.pop(name, None)
        else:
            kept = checked(setting, value, name)
            if setting.holds == "path":
                kept = str(path_typed(kept, name))  # the same from every folder
            document[name] = int(kept) if setting.holds == "count" else kept
        self._write(tomlkit.dumps(document))
        self._stored = None

    def _write(self, text: str) -> None:
        target = self.path.resolve()  # a link to it stays one
        beside = target.with_suffix(".new")
        try:
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            beside.write_text(text, encoding="utf-8")
            beside.replace(target)
        except OSError as failure:
            raise OutputFailed(str(self.path), failure.strerror or "") from failure

    def _read(self) -> dict[str, Any]:
        if self._stored is None:
            self._stored = _read_toml(self.path)
        return self._stored


def setting_named(name: str) -> Setting:
    """Return the setting; a usage error lists those there are."""
    if name not in _BY_NAME:
        raise UsageError("no-such-setting", name=name, known=", ".join(_BY_NAME))
    return _BY_NAME[name]


def checked(setting: Setting, value: str, source: str) -> str:
    """Return `value` if the setting can take it; raise InvalidValue naming its `source` if not."""
    from datetime import date

    match setting.holds:
        case "choice":
            if value not in setting.choices:
                raise InvalidValue(source, value, "not-a-choice", setting.choices)
        case "count":
            is_number = value.isascii() and value.isdigit() and len(value) <= 7
            if not is_number or not 0 < int(value) <= 1_000_000:
                raise InvalidValue(source, value, "not-a-number", ("1", "1000000"))
        case "cadence":
            from mentorlog.domain.cadence import parse_cadence

            return parse_cadence(value, source)
        case "path":
            if not value.strip():
                raise InvalidValue(source, value, "required")
            path_typed(value, source)
        case "span":
            from mentorlog.domain.when import add_span

            add_span(date(2000, 1, 1), value, source)
    return value


def path_typed(typed: str, source: str) -> Path:
    """Return the whole path of a typed one, ~ being a home; InvalidValue for nobody's, and for NUL."""
    if "\x00" in typed:
        raise InvalidValue(source, typed, "text-has-nul")
    try:
        return Path(typed).expanduser().absolute()
    except RuntimeError:
        raise InvalidValue(source, typed, "home-unknown") from None


def _read_toml(path: Path) -> dict[str, Any]:
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as failure:
        raise ConfigUnusable(
            str(path), getattr(failure, "strerror", None) or str(failure)
        ) from failure
    import tomllib

    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as failure:  # no TOML, or more of it than can be meant
        raise ConfigUnusable(str(path), str(failure)) from failure


def _folder(purpose: str, environ: Mapping[str, str]) -> Path:
    """Return the platform's own folder for our data or config.

    On Linux the XDG variables are read here: importing platformdirs costs as much as two starts of
    Python, on every call. A test holds that both agree.
    """
    if sys.platform.startswith("linux"):
        variable, default = {
            "data": ("XDG_DATA_HOME", ".local/share"),
            "config": ("XDG_CONFIG_HOME", ".config"),
        }[purpose]
        chosen = environ.get(variable, "").strip()
        base = Path(chosen) if chosen else Path(environ.get("HOME") or Path.home()) / default
        return base / "mentorlog"
    import platformdirs

    folder = {"data": platformdirs.user_data_path, "config": platformdirs.user_config_path}[purpose]
    return folder("mentorlog", appauthor=False)
