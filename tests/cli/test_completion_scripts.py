"""The scripts of the shells: shown, and put where each shell finds its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mentorlog.cli.completion import SHELLS

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Program

PLACES = {
    "bash": "data/bash-completion/completions/mentorlog",
    "zsh": "data/zsh/site-functions/_mentorlog",
    "fish": "config/fish/completions/mentorlog.fish",
}


def place_of(mentorlog: Program, shell: str) -> Path:
    return mentorlog.home / PLACES[shell]


@pytest.mark.parametrize("shell", SHELLS)
def test_a_script_is_put_in_its_place_as_it_is_shown(mentorlog: Program, shell: str) -> None:
    shown = mentorlog.ok("--show-completion", shell)

    done = mentorlog.ok("--install-completion", shell)

    place = place_of(mentorlog, shell)
    assert place.read_text() == shown.out
    assert place.stat().st_mode & 0o077 == 0
    assert done.out == f"Written: {place}\n"
    assert "new shell" in done.err
    assert not mentorlog.journal.exists()


@pytest.mark.parametrize("shell", SHELLS)
def test_a_script_of_ours_is_replaced_and_any_other_left_as_it_is(
    mentorlog: Program, shell: str
) -> None:
    mentorlog.ok("--install-completion", shell)
    ours = place_of(mentorlog, shell)
    ours.write_text(ours.read_text() + "# of an older version\n")

    mentorlog.ok("--install-completion", shell)

    assert "older" not in ours.read_text()
    ours.write_text("echo mine\n")
    refused = mentorlog("--install-completion", shell)
    assert (refused.code, refused.out) == (1, "")
    assert refused.err == (
        f"mentorlog: {ours} is not from mentorlog and was left as it is. Move it away first, then"
        " type this again.\n"
    )
    assert ours.read_text() == "echo mine\n"


def test_zsh_is_told_what_its_settings_need_and_no_file_of_the_persons_is_changed(
    mentorlog: Program,
) -> None:
    settings = mentorlog.home / ".zshrc"
    settings.write_text("# mine\n")

    done = mentorlog.ok("--install-completion", "zsh")

    folder = place_of(mentorlog, "zsh").parent
    assert done.err.splitlines()[1:] == [
        f"fpath=({folder} $fpath)",
        "autoload -Uz compinit && compinit",
    ]
    assert settings.read_text() == "# mine\n"


def test_without_the_variables_the_folders_of_the_home_are_taken(mentorlog: Program) -> None:
    for shell, place in PLACES.items():
        done = mentorlog(
            "--install-completion", shell, environment={"XDG_DATA_HOME": "", "XDG_CONFIG_HOME": ""}
        )

        usual = place.replace("data/", ".local/share/").replace("config/", ".config/")
        assert done.out == f"Written: {mentorlog.home / usual}\n"


@pytest.mark.parametrize("option", ["--show-completion", "--install-completion"])
def test_a_shell_there_is_no_script_for_is_refused_with_those_there_are(
    mentorlog: Program, option: str
) -> None:
    refused = mentorlog(option, "tcsh")

    assert (refused.code, refused.out) == (2, "")
    assert refused.err.endswith(f"“tcsh” is not one of the words for {option}: bash, zsh, fish\n")
    assert list(mentorlog.home.iterdir()) == []
