"""The scripts by which shells complete: showing one, and putting it where its shell finds it.

They are the files beside this one. No file of a person's own is changed: what has to stand in one, is
said.
"""

import os
from pathlib import Path

from mentorlog.cli.completion import SHELLS
from mentorlog.cli.context import Context
from mentorlog.cli.output_file import place_of, write_whole
from mentorlog.cli.params import check_choice
from mentorlog.errors import CANNOT_MAKE, NotPossible, OutputFailed
from mentorlog.i18n import N_, _
from mentorlog.storage.file import private_folder
from mentorlog.text import visible

_OURS = "# Completion of mentorlog for "  # how one of its first lines begins

# The variable that names a folder, what is taken where it is not set, and the file in it.
_PLACES = {
    "bash": ("XDG_DATA_HOME", ".local/share", "bash-completion/completions/mentorlog"),
    "zsh": ("XDG_DATA_HOME", ".local/share", "zsh/site-functions/_mentorlog"),
    "fish": ("XDG_CONFIG_HOME", ".config", "fish/completions/mentorlog.fish"),
}
_NEXT = {
    "bash": N_(
        "Open a new shell. Where nothing is completed there, install the package bash-completion, or"
        " add this line to ~/.bashrc:\nsource {path}"
    ),
    "zsh": N_(
        "Where they are not there yet, add these lines to ~/.zshrc, then open a new shell:\n"
        "fpath=({folder} $fpath)\nautoload -Uz compinit && compinit"
    ),
    "fish": N_("Open a new shell."),
}


def show(here: Context, shell: str) -> None:
    """Show the script of a shell."""
    here.show(_script("--show-completion", shell))


def install(here: Context, shell: str) -> None:
    """Put the script of a shell into its place, and say what is left to do."""
    script = _script("--install-completion", shell)
    place = place_of(here, str(_place(shell)))
    _refuse_others(place)
    private_folder(place.parent)
    write_whole(place, script, force=True)
    here.show(_("Written: {path}").format(path=visible(str(place))))
    words = {"path": _quoted(place), "folder": _quoted(place.parent)}
    for line in _(_NEXT[shell]).format(**words).split("\n"):
        here.tell(visible(line))


def _script(option: str, shell: str) -> str:
    check_choice(option, shell, SHELLS)
    script = Path(__file__).with_name(f"mentorlog.{shell}").read_text(encoding="utf-8")
    return script.rstrip("\n")


def _place(shell: str) -> Path:
    """Return where a shell looks for the scripts of its user."""
    variable, default, name = _PLACES[shell]
    chosen = os.environ.get(variable, "").strip()
    return (Path(chosen) if chosen else Path.home() / default) / name


def _refuse_others(place: Path) -> None:
    """Refuse to write over a script that is not from here."""
    try:
        lines = place.read_text(encoding="utf-8", errors="replace").split("\n")
    except FileNotFoundError:
        return
    except OSError as failure:
        raise OutputFailed(str(place), failure.strerror or "", CANNOT_MAKE) from failure
    if not any(line.startswith(_OURS) for line in lines[:2]):
        raise NotPossible("script-of-others", path=str(place))


def _quoted(path: Path) -> str:
    import shlex

    return shlex.quote(str(path))
