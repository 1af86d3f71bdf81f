"""Chromium, without a window: what it makes of a file, what it asks the network for, what it complains of."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any, NamedTuple

import pytest

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CHROMIUM = next(filter(None, map(shutil.which, _NAMES)), None)

needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is here to look with")

_QUIETLY = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--disable-default-apps", "--disable-extensions", "--host-resolver-rules=MAP * ~NOTFOUND",
    "--enable-logging=stderr",
)  # fmt: skip


class Seen(NamedTuple):
    """What became of a file in a browser: its document, what it asked for, what the console said."""

    document: str
    asked_for: list[str]
    console: list[str]
    log: str

    @property
    def title(self) -> str:
        found = re.search(r"<title[^>]*>(.*?)</title>", self.document, re.DOTALL)
        return "" if found is None else found[1]


def look_at(file: Path, folder: Path) -> Seen:
    """Open a file and wait until it has loaded; `folder` is for what the browser writes."""
    assert CHROMIUM is not None
    log = folder / "net.json"
    done = subprocess.run(
        [
            CHROMIUM,
            *_QUIETLY,
            f"--user-data-dir={folder / 'profile'}",
            f"--log-net-log={log}",
            "--dump-dom",
            file.as_uri(),
        ],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    noted = log.read_text(encoding="utf-8")
    return Seen(
        document=done.stdout,
        asked_for=_asked_for(json.loads(noted)),
        console=re.findall(r"CONSOLE.*?\] (.*)", done.stderr),
        log=noted,
    )


def _asked_for(noted: dict[str, Any]) -> list[str]:
    """Return the addresses that the page asked for; what the browser wants for itself has no origin."""
    names = {number: name for name, number in noted["constants"]["logEventTypes"].items()}
    begun = [
        each["params"]
        for each in noted["events"]
        if names[each["type"]] == "URL_REQUEST_START_JOB" and "url" in each.get("params", {})
    ]
    return [each["url"] for each in begun if each["initiator"] != "not an origin"]
