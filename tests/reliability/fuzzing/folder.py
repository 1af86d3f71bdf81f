"""The files in the folder of settings: read as the program reads them, and what has to hold of what was read."""

from __future__ import annotations

import atexit
import os
import tomllib
from datetime import date
from functools import cache
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from typing import Any

from mentorlog.config import SETTINGS, Config
from mentorlog.domain.pair import ROLES
from mentorlog.domain.reflection import FORMS, PHASES, Reflection
from mentorlog.forms.reflecting import Occasion, OwnPrompt, own_prompts, questions
from mentorlog.text import visible

_DAY = date(2026, 11, 22)
MEMORY = "/dev/shm"  # noqa: S108  (only the place; the folder's own name is made at random)


@cache
def place() -> Path:
    """Return a folder of this process alone, in memory where there is one; it goes with the process."""
    folder = Path(mkdtemp(prefix="fuzzing-", dir=MEMORY if os.access(MEMORY, os.W_OK) else None))
    atexit.register(rmtree, folder, ignore_errors=True)
    return folder


def _config(name: str, given: bytes) -> Config:
    config = Config({"XDG_CONFIG_HOME": str(place()), "HOME": str(place())})
    config.path.parent.mkdir(exist_ok=True)
    config.path.with_name(name).write_bytes(given)
    return config


def prompts(given: bytes) -> list[OwnPrompt]:
    """Return the user's own questions in a prompts.toml."""
    config = _config("prompts.toml", given)
    return own_prompts(config.own_prompts, str(config.prompts_path))


def prompts_can_be_answered(given: bytes, own: list[OwnPrompt]) -> None:
    """Hold that each question is asked somewhere, is shown safely and can be answered under its key."""
    asked = {
        prompt.key: prompt
        for form in FORMS
        for phase in PHASES
        for role in ROLES
        for prompt in questions(Occasion(form, phase, role), "en", own)
    }
    for each in own:
        assert visible(each.text) == each.text
        assert asked[each.key]
        kept = Reflection(
            pair="p1", written_on=_DAY, phase=PHASES[0], form=FORMS[0], answers={each.key: "x"}
        )
        assert kept.answers == {each.key: "x"}
    assert len(own) == len(_config("prompts.toml", given).own_prompts.get("prompt", []))


def settings(given: bytes) -> dict[str, str]:
    """Return the value of every setting with a config.toml, or refuse one."""
    config = _config("config.toml", given)
    return {setting.name: config[setting.name] for setting in SETTINGS}


def settings_can_be_kept(given: bytes, found: dict[str, str]) -> None:
    """Hold that every setting can be written into the file as it is, and leaves all others as they were."""
    before = _raw(_config("config.toml", given))
    for name, value in found.items():
        config = _config("config.toml", given)
        config.store(name, value or None)
        after = _raw(config)
        assert {key: after[key] for key in after if key != name} == {
            key: before[key] for key in before if key != name
        }
        if name != "journal":  # written so that it is the same from every folder
            assert Config({"XDG_CONFIG_HOME": str(place())})[name] == value


def _raw(config: Config) -> dict[str, Any]:
    return tomllib.loads(config.path.read_text(encoding="utf-8"))
