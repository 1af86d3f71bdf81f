"""What `doctor` says of each check, by its code and by the code of what was found.

Those for a journal that no command opens are `cli/sentences.py`'s. Filled in by `doctor.py`.
"""

from mentorlog.i18n import N_
from mentorlog.storage.doctor.check import OK

SENTENCES = {
    "versions": {
        OK: N_("mentorlog {mentorlog}, Python {python}, SQLite {sqlite}, schema {schema}"),
        "no-schema": N_("mentorlog {mentorlog}, Python {python}, SQLite {sqlite}"),
    },
    "settings": {
        OK: N_("The settings are in order."),
        "unreadable": N_(
            "The settings in {path} cannot be used: {detail}. Correct the file; what follows is as if"
            " there were none."
        ),
        "wrong": N_("These settings will not do: {names}. To see what is wrong with them:"),
        "wrong-journal": N_(
            "These settings will not do: {names}. What follows is about the journal in its usual place. To"
            " see what is wrong with them:"
        ),
    },
    "journal": {
        OK: N_("The journal is there: {path}"),
        "older": N_(
            "The journal is there, as an older mentorlog wrote it: {path}. The next command brings it up"
            " to date, and makes a backup first."
        ),
        "missing": N_(
            "There is no journal at {path}. What you record first begins one; if it should be there, see"
            " where it is looked for:"
        ),
        "empty": N_(
            "{path} is empty. What you record first begins a journal there; if there should be one, see"
            " where it is looked for:"
        ),
        "foreign": N_(
            "{path} is not a mentorlog journal and was left untouched. Set MENTORLOG_DB to another."
        ),
        "foreign-with-backups": N_(
            "{path} is not a mentorlog journal. If it was one, to go back to its newest backup:"
        ),
        "missing-with-backups": N_("{path} is gone. To go back to its newest backup:"),
        "empty-with-backups": N_("{path} is empty. To go back to its newest backup:"),
        "damaged": N_("{path} is damaged: its beginning cannot be read. To save what can be:"),
    },
    "integrity": {
        OK: N_("SQLite finds the file whole: {pages} pages"),
        "damaged": N_("SQLite finds the file damaged. To save what can be read:"),
        "unreadable": N_("SQLite cannot read all of the file. To save what can be read:"),
        "no-copy": N_(
            "It cannot be looked into, since no copy of it can be made ({detail}). Make room, and try again."
        ),
        "disk-failed": N_(
            "The disk does not give the file back ({detail}). To save what can be read:"
        ),
    },
    "schema": {
        OK: N_("Its tables are all there."),
        "incomplete": N_("Some of its tables are missing. To save what can be read:"),
        "changed": N_("Its tables are not as mentorlog makes them. To save what can be read:"),
        "triggers": N_(
            "It holds commands (triggers) that are not mentorlog's. They are never run, and nothing is"
            " written to it. Where it is not from you, do not use it."
        ),
    },
    "records": {
        OK: N_("Every record can be read: {count}"),
        "damaged": N_("Damaged: {records}. To save what can be read:"),
    },
    "references": {
        OK: N_("What records refer to is there."),
        "broken": N_(
            "Some records refer to what is not there: {records}. To save them without that reference:"
        ),
        "broken-log": N_(
            "The history is damaged; undo may not lead back as it should. To save what is written:"
        ),
    },
    "index": {
        OK: N_("The search index fits what is written."),
        "disagrees": N_(
            "In {records} the search index has other words than the record. One of the two is damaged."
            " Read it, and edit it if it is not what you wrote:"
        ),
        "finds-nothing": N_("The search index does not find all it holds. To make it anew:"),
        "not-comparable": N_("The search index cannot be compared. To save what can be read:"),
    },
    "log": {
        OK: N_("The history fits what is written: {writes}"),
        "disagrees": N_(
            "In {records} the history and the record differ. Read whether the record is what you wrote:"
        ),
        "astray": N_(
            "The history is damaged; undo may not lead back as it should. To save what is written:"
        ),
    },
    "side-files": {
        OK: N_("No command was cut off."),
        "cut-off": N_(
            "A command was cut off, or is still running. The next one takes back what it had begun:"
        ),
        "wal": N_(
            "Another program has opened the journal and left files beside it: {names}. Close it before you"
            " copy the journal."
        ),
    },
    "permissions": {
        OK: N_("Only you can read it and what belongs to it."),
        "readable": N_("Others may read: {paths}. To make them yours alone:"),
        "open-folders": N_("Others may see what is in: {paths}. To shut them out:"),
    },
    "half-written": {
        OK: N_("No file was left half-written."),
        "left": N_(
            "Half-written and of no use: {paths}. While no other command is at work, remove them:"
        ),
    },
    "conflicted": {
        OK: N_("There is no second copy of it in its folder."),
        "copies": N_(
            "There are other copies of the journal beside it, perhaps made by a program that syncs the"
            " folder: {paths}. See whether one of them holds what yours lacks, then move it elsewhere:"
        ),
    },
    "network": {
        OK: N_("It is on a disk of this computer."),
        "network": N_(
            "It is on the disk of another computer ({file_system}), where two programs that write can"
            " damage it. Keep it on a disk of this one, and take backups there."
        ),
    },
    "cloud": {
        OK: N_("Its folder is not synced by a cloud program."),
        "synced": N_(
            "{program} syncs its folder: {path}. Write on one computer at a time, and let {program} finish"
            " before you go on at another."
        ),
    },
    "room": {
        OK: N_("There is room on the disk: {free}"),
        "little": N_("There is little room on the disk: {free}. Have {wanted} free at least."),
    },
    "backup": {
        OK: N_("The newest backup is from {made_on}: {name}"),
        "none": N_("There is no backup yet. To make one:"),
        "old": N_("The newest backup is from {made_on}, and more was written since. To make one:"),
        "folder-shut": N_("The folder {path} cannot be read ({detail}). Make it readable for you."),
    },
}
OF_ANY = {
    "unreadable": N_("It cannot be read. To save what can be:"),
    "not-looked-at": N_(
        "The search index and the history were not looked at, since there is a problem above."
    ),
}
