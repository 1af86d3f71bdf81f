"""The sentences for what is wrong with a file: the journal, a backup, what is brought in, standard input.

Filled in and looked up in `sentences.py`, as those of `refusals.py` are.
"""

from mentorlog.i18n import N_

INPUT = {
    "empty": N_("Standard input is empty. Nothing was kept."),
    "not-json": N_(
        "Standard input stops being valid JSON at line {line}, column {column}. Nothing was kept."
    ),
    "not-an-object": N_("Standard input has to be one JSON object, such as {example}"),
    "wrong-shape": N_(
        "Standard input, {key}: the answer has to be a text, a number or null; of share, true or false."
    ),
    "no-such-key": N_(
        "Standard input: nothing is asked under {typed}. Keys: {known}; more on them: mentorlog"
        " review --help"
    ),
    "key-twice": N_("Standard input: {key} is answered twice. Answer each question once."),
    "unfit": N_("Standard input, {key}: {what}"),
    "not-together": N_("Standard input: {what}"),
    "not-utf8": N_("Standard input is not UTF-8 (byte {place}). Nothing was kept."),
    "no-answers": N_("There is no answer in standard input. Nothing was kept."),
}

# Of a file to import; before each stands that nothing was added, and the place.

FILES = {
    "empty": N_("There is nothing in it."),
    "binary": N_("It is neither text nor a zip file."),
    "a-database": N_(
        "It is a database. To put a journal or a backup in the place of yours: mentorlog restore {file}"
    ),
    "markdown": N_(
        "It is Markdown, which only people read. The export that can be read back: mentorlog export"
        " --format json"
    ),
    "too-large": N_("It is larger than 1 GB."),
    "not-utf8": N_(
        "It is not UTF-8 (byte {byte}). Convert it first: iconv -f {encoding} -t UTF-8 {file} > new"
    ),
    "too-long": N_("What begins there is longer than anything a person writes."),
    "not-json": N_("It stops being valid JSON at column {column}."),
    "cut-off": N_("The file is cut off: what begins there never ends."),
    "too-deep": N_("What begins there is nested too deeply."),
    "key-twice": N_("What begins there has the same key twice."),
    "odd-number": N_("What begins there has a number that no journal has."),
    "lone-surrogate": N_("What begins there has text in it that is not valid Unicode."),
    "no-list": N_("There is no list of entries in it."),
    "no-entry": N_("It is not a JSON object."),
    "not-known": N_("It is not an export from mentorlog, jrnl or Day One."),
    "not-this-export": N_(
        "It is not a complete mentorlog export. Make one: mentorlog export --format json"
    ),
    "other-version": N_(
        "It was exported by another version of mentorlog, in a format this one does not know."
    ),
    "for-others": N_(
        "It was exported for somebody else and is not complete. Make one for yourself:"
        " mentorlog export --format json"
    ),
    "no-record": N_("It is not any kind of record mentorlog knows."),
    "no-beginning": N_(
        "No entry begins there. One begins like [2026-11-22 09:30]; if days are written in another way,"
        " say how, such as --date-format '%d/%m/%Y %H:%M'"
    ),
    "not-csv": N_("A cell in quotes does not end as it should."),
    "too-many-cells": N_("The row has more cells than there are columns."),
    "columns-alike": N_("Two columns have the same name."),
    "zip-broken": N_("The zip is damaged, or of a kind that cannot be read."),
    "zip-encrypted": N_("It is encrypted. Unpack it first."),
    "zip-too-dense": N_("It would be far larger unpacked than any journal."),
    "zip-without-json": N_("There is no JSON file in the zip."),
    "zip-by-pipe": N_("A zip file cannot be piped in. Name the file."),
}

UNREAD = {
    "missing": N_("There is no file {path}."),
    "not-a-file": N_("{path} is not a file. Name one, or pipe the text in: … | mentorlog import -"),
    "unreadable": N_("{path} cannot be read ({detail})."),
}

JOURNAL = {
    "unreadable": N_("The journal {path} cannot be read ({detail}). See who owns it: ls -l {path}"),
    "not-a-file": N_("The journal {path} is not a file. Set MENTORLOG_DB to one."),
    "hard-linked": N_(
        "The journal {path} has a second name (a hard link), which is not safe. Remove one of the two."
    ),
    "foreign": N_(
        "{path} is not a mentorlog journal and was left untouched. Set MENTORLOG_DB to another. If it was"
        " your journal: mentorlog doctor"
    ),
    "newer": N_(
        "The journal {path} was written by a newer mentorlog and was left untouched. Update it."
    ),
    "has-triggers": N_(
        "The journal {path} holds commands (triggers) that are not mentorlog's. Nothing was written."
        " Where it is not from you, do not use it; to go back to a backup: mentorlog restore NAME"
    ),
    "forget-unfinished-yet": N_(
        "The records are erased, but not yet everything beside them. Finish it in a moment with:"
        " mentorlog forget"
    ),
    "forget-unfinished": N_(
        "The records are erased, but not yet everything beside them ({detail}: {path}). Once that is"
        " mended, finish it with: mentorlog forget"
    ),
    "damaged": N_(
        "The journal {path} is damaged. Keep a copy of it before you do anything else. To see what is"
        " wrong and what can be saved: mentorlog doctor"
    ),
    "missing": N_("There is no journal at {path}. Nothing was written."),
    "nothing-to-salvage": N_(
        "There is no record in {path} that could be read. Nothing was written. To see what is wrong:"
        " mentorlog doctor"
    ),
    "disk-failed": N_(
        "The disk refused to keep it: {path} ({detail}). Nothing was changed; make room and try again."
    ),
    "perhaps-kept": N_(
        "The disk failed as it was kept: {path} ({detail}). See whether it was, before you try again:"
        " mentorlog history"
    ),
    "read-only": N_("The journal {path} cannot be written ({detail}). Reading still works."),
    "cannot-open": N_("The journal {path} cannot be opened ({detail})."),
    "folder-shut": N_(
        "The folder {path} cannot be read ({detail}). See who owns it: ls -ld {path}"
    ),
    "cannot-make": N_("{path} cannot be created ({detail})."),
}

BACKUPS = {
    "missing": N_("There is no file {path}, and there are no automatic backups to go back to."),
    "missing-newest": N_(
        "There is no file {path}. The newest automatic backup: mentorlog restore {newest}"
    ),
    "not-a-file": N_("{path} is not a file. Nothing was changed."),
    "itself": N_("{path} is the journal itself. Nothing was changed."),
    "empty": N_("{path} is empty. Nothing was changed."),
    "unreadable": N_("{path} cannot be read ({detail}). Nothing was changed."),
    "foreign": N_("{path} is not a backup of mentorlog's. Nothing was changed."),
    "newer": N_("{path} was written by a newer mentorlog. Update it first; nothing was changed."),
    "damaged": N_("{path} is damaged. Nothing was changed; take another backup."),
    "unfinished": N_(
        "{path} has a write that was cut off beside it. Nothing was changed. Open it once where it was"
        " written, or take another backup."
    ),
    "has-triggers": N_(
        "{path} holds commands (triggers) that are not mentorlog's. They were not run, and nothing was"
        " changed."
    ),
    "has-others": N_(
        "{path} holds tables, views or indexes that are not mentorlog's. Nothing was changed."
    ),
}
