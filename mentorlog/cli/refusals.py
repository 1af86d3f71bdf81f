"""What is said of each refusal: a sentence by the code of its reason, in one table a kind of error.

Each says what happened and what to type next. They are filled in and looked up in `sentences.py`.
What is wrong with a file is in `refusals_of_files.py`.
"""

from mentorlog.i18n import N_

VALUES = {
    "day-unknown": N_("{typed} is not a date I can read ({field}). These work: {allowed}"),
    "day-ambiguous": N_("{typed} can be read as two dates ({field}): {allowed}. Type one of them."),
    "day-impossible": N_("There is no such day as {typed} ({field}). Dates look like 2026-11-22."),
    "day-weekday-mismatch": N_(
        "The weekday in {typed} is not that day's ({field}). Leave it out, or correct the day."
    ),
    "due-twice": N_("There is more than one “due:” in the text. Keep one."),
    "clock-unknown": N_("{typed} is no time of day I can read. These work: {allowed}"),
    "span-unknown": N_("{typed} is no length of time I can read ({field}). These work: {allowed}"),
    "span-impossible": N_(
        "{typed} will not do ({field}): it has to be a day or more, within the calendar."
    ),
    "cadence-unknown": N_("{typed} is no rhythm I can read ({field}). These work: {allowed}"),
    "not-a-choice": N_("{typed} is not one of the words for {field}: {allowed}"),
    "not-a-number": N_("{typed} will not do for {field}: a whole number from {low} to {high}."),
    "not-a-flag": N_("{typed} will not do for {field}: yes or no."),
    "required": N_("{field} cannot be empty."),
    "home-unknown": N_(
        "{typed} ({field}): there is no user of that name on this computer. Write the path in full."
    ),
    "one-line-only": N_("{field} has to fit on one line."),
    "text-has-nul": N_("{field}: the text has a NUL character in it, which cannot be kept."),
    "text-not-unicode": N_("{field}: the text is not valid Unicode and cannot be kept."),
    "before-the-start": N_("{field}: {typed} is not after the day the pair started."),
    "looks-like-an-id": N_(
        "{typed} looks like the id of a record. Choose another word for {field}."
    ),
    "no-such-heading": N_(
        "There is no heading {typed} in this form. Correct it, or begin the line with \\"
    ),
    "before-any-heading": N_(
        "The text before the first heading belongs to nothing. Move it below one."
    ),
    "not-a-quantity": N_("{typed} will not do for {field}: a number such as 12, -3 or 2.5."),
    "not-a-key": N_("{typed} names nothing in {field}. These work: {allowed}"),
    "target-is-baseline": N_(
        "{field}: {typed} is where it starts already. Give another target, or leave one of the two out."
    ),
    "levels-incomplete": N_(
        "Write all five levels of attainment or none. Missing: {allowed}, as in --level '0=…'"
    ),
    "due-has-passed": N_("{typed} has passed ({field}). From today on works: {allowed} or later."),
    "due-before-the-start": N_(
        "{typed} is before the pair started ({field}). This works: {allowed} or later."
    ),
    "still-to-come": N_("{typed} is still to come. This works: today, {allowed}, or earlier."),
    "value-or-level": N_("Give a number, a --level from -2 to 2, or both."),
    "pause-too-early": N_(
        "{typed} will not do: the pause would begin before the pair, or overlap another. To see"
        " both: mentorlog pair show"
    ),
    "pause-lasts": N_(
        "{typed} is still to come, and a pause lasts. To change its end, leave --on out; to go on"
        " first: mentorlog pair resume"
    ),
    "pause-without-length": N_(
        "{typed} is not after {allowed}, the day the pause begins. Name a later day, or give the day"
        " it begins with --on"
    ),
    "before-the-pause": N_("{typed} is before the pause began. This works: {allowed} or later."),
    "resume-to-come": N_(
        "{typed} is still to come. To plan going on that day: mentorlog pair pause --until {allowed}"
    ),
    "end-to-come": N_(
        "{typed} is still to come. To finish on that day: mentorlog pair shorten --to {allowed}"
    ),
    "end-too-early": N_("{typed} is before the pair started. This works: {allowed} or later."),
    "day-is-past": N_(
        "{typed} has passed. Name today or a day to come; to end the pair: mentorlog pair end"
    ),
    "term-over": N_(
        "{typed} is not after the day agreed on, {allowed} ({field}). Name a later day."
    ),
    "before-the-last": N_(
        "{typed} is before the agreement in force. This works: {allowed} or later; to correct that"
        " one: mentorlog edit ID"
    ),
    "not-longer": N_(
        "{typed} would not make the term longer: it ends {allowed}. To shorten it: mentorlog pair shorten --to DATE"
    ),
    "not-shorter": N_(
        "{typed} would not make the term shorter: it ends {allowed}. To extend it: mentorlog pair extend --to DATE"
    ),
    "ends-before-it-begins": N_("{field}: {typed} is before the day the period begins."),
    "since-after-until": N_(
        "{field} {typed} is after the last day, {allowed}. Take an earlier --since or a later --until."
    ),
    "since-after-the-review": N_(
        "{field} {typed} is after the day of the review, {allowed}. Take an earlier one, or leave it out."
    ),
    "not-longer-in-review": N_(
        "{typed} would not make the term longer: it ends {allowed}. To shorten it: --decision shorten"
        " --to DATE"
    ),
    "not-shorter-in-review": N_(
        "{typed} would not make the term shorter: it ends {allowed}. To extend it: --decision extend"
        " --to DATE"
    ),
    "day-is-past-in-review": N_(
        "{typed} has passed. Name today or a day to come; to end the pair: --decision end"
    ),
    "pause-without-length-in-review": N_(
        "{typed} is not after {allowed}, the day the pause begins. Name a later day."
    ),
    "not-after-the-review": N_("{field}: {typed} is not after the review itself."),
    "not-after-the-meeting": N_(
        "{field}: {typed} is not after the meeting itself. A date such as +2w counts from its day."
    ),
    "key-missing": N_("{field} is missing. An export has every key of a record."),
    "key-unknown": N_("There is a key that such a record does not have. Those it has: {allowed}"),
    "uid-twice": N_("The same uid has come before in this file."),
    "id-twice": N_("The same id has come before in this file."),
    "not-kept": N_("The journal refuses to keep it as it is."),
    "reference-unknown": N_(
        "{field} names a record that stands neither before it in the file nor in the journal."
    ),
    "reference-elsewhere": N_("{field} names a record of another pair."),
    "day-unknown-there": N_(
        "It has no day I can read. These work: {allowed}; or say how days are written, such as"
        " --date-format '%d/%m/%Y'"
    ),
    "day-without-year": N_(
        "Its day lacks the year, or hangs on the day it was written. These work: {allowed}"
    ),
    "day-ambiguous-there": N_(
        "Its day can be read as two dates. These work: {allowed}; or say how days are written, such as"
        " --date-format '%d/%m/%Y'"
    ),
    "day-impossible-there": N_("The calendar has no such day. Correct it in the file."),
    "day-otherwise": N_("Its day is not written as {allowed}. See: --date-format"),
}

USAGE = {
    "no-such-command": N_("There is no command {name}. See: {path} --help"),
    "no-such-command-near": N_("There is no command {name}. Did you mean: {path} {near}"),
    "no-such-language": N_("I do not speak {name}. Languages: {known}"),
    "no-such-setting": N_("There is no setting {name}. Settings: {known}"),
    "no-such-field": N_("There is no field {name} to set in: {kind}. Fields: {known}"),
    "by-transition": N_(
        "{name} is changed by commands of its own, so that its history stays whole. See: mentorlog"
        " {command} --help"
    ),
    "no-field-value": N_("--set is not of the form FIELD=VALUE, such as due_on=fri"),
    "no-id-text": N_("{option} is not of the form ID=TEXT, such as {example}=…"),
    "role-missing": N_(
        "{name} is new. Say which you are: mentorlog meet {name} --as mentor, or --as mentee"
    ),
    "new-or-known": N_(
        "{typed} could be someone new, or {known} ({id}). Type the whole name to mean {known}; start"
        " someone new with: mentorlog pair start NAME --as mentor|mentee"
    ),
    "other-role": N_("With {known} you are the {role}. Leave --as out."),
    "nothing-said": N_(
        "There is nothing to record yet. Give a --summary, --notes or another part; see: mentorlog"
        " meet --help"
    ),
    "nothing-reviewed": N_(
        "There is nothing to keep yet. Answer a question at least, such as: mentorlog review"
        " --answer reached='…' See: mentorlog review --help"
    ),
    "text-missing": N_("The text is missing. Type it after the command, in quotes."),
    "too-many-words": N_("Put the text in quotes, so that it is one word to the shell: '…'"),
    "editor-needs-terminal": N_(
        "--edit needs a terminal. Give the text by options; where - is taken, it reads standard input."
    ),
    "input-not-utf8": N_("The text is not UTF-8 (byte {place}). Nothing was kept."),
    "confirm-missing": N_("{what} To delete all of it, add --yes; undo brings it back."),
    "nothing-to-revise": N_("Say what to change, such as: mentorlog goal revise {id} --target 12"),
    "no-level-text": N_("--level is not of the form LEVEL=TEXT, such as 0=…"),
    "level-twice": N_("The level {typed} is written twice. Write each once."),
    "nothing-to-edit": N_("Say what to change, such as: mentorlog edit {id} --set {name}=…"),
    "two-pairs": N_("Two pairs are named: {first} and {second}. Name one."),
    "due-twice": N_("There is a “due:” in the text and a --due. Keep one."),
    "offered-and-wanted": N_("Give --offered or --wanted, not both."),
    "nothing-rated": N_(
        "Rate at least one skill from 1 to 5, such as: mentorlog assess --communication 4"
    ),
    "term-twice": N_("--term and --term-ends are both there. Keep one."),
    "nothing-agreed-on": N_(
        "Say what you have agreed on, such as: mentorlog pair agree --cadence 2w --confidentiality"
        " '…' See: mentorlog pair agree --help"
    ),
    "extend-by-or-to": N_("Say how much longer, with --by 3m, or until when, with --to DATE."),
    "because-missing": N_("Say why with --because; the partner never sees it: {known}"),
    "take-without-after": N_(
        "--take goes with --after, which names the pair that a goal or question is taken from."
    ),
    "review-has-its-days": N_("A review has its own days. Leave --since and --until out."),
    "review-is-one-page": N_(
        "The summary of a review is one page. Name a file for it, and --format markdown or json."
    ),
    "two-formats": N_("--json means --format json, and --format {name} is there too. Keep one."),
    "needs-a-folder": N_(
        "A {name} export is a folder with a file for each kind of record. Name one, such as: -o"
        " journal-{name}"
    ),
    "is-one-file": N_(
        "A {name} export is one file, not a folder. Name a file, such as: -o journal.{name}"
    ),
    "same-record-twice": N_("The same record is named twice. Name each once."),
    "no-answer-text": N_("--answer is not of the form KEY=TEXT, such as {example}=…"),
    "no-such-key": N_(
        "Nothing is asked under {name} ({form}, {phase}). Keys: {known}; of other forms: mentorlog"
        " reflect --help"
    ),
    "same-key-twice": N_("{name} is answered twice. Answer each question once."),
    "no-answer": N_(
        "Answer a question at least, such as: {command} --answer {example}='…' Keys: {known}"
    ),
    "no-review-key": N_(
        "Nothing is asked under {name}. Keys: {known}; more on them: mentorlog review --help"
    ),
    "goes-with": N_("{name} goes with {what}. Add that, or leave {name} out."),
    "shorten-to": N_("Say until when you still meet, with --to DATE."),
    "no-review-after-the-end": N_(
        "After the end there is no review. Leave --next-review out, or decide something else."
    ),
    "input-twice": N_("Only one text can come by standard input. Write - once."),
    "output-twice": N_(
        "Only one result can go to standard output. Write - once, and no --json beside it."
    ),
    "output-same": N_("--svg and --html name the same file. Name two."),
    "no-evidence-in-page": N_(
        "A web page has no --evidence. Leave it out, or use --svg or --json."
    ),
    "forget-whom": N_("Say which pair to forget: mentorlog forget PAIR"),
    "forget-whole-name": N_(
        "With --yes, type the whole name, the whole alias or the id: {name} ({id})"
    ),
    "forget-unconfirmed": N_(
        "Nothing was erased. To forget a pair without being asked, add --yes. It cannot be undone."
    ),
    "forget-no-file-name": N_(
        "{typed} is no name of a file. Type one such as pair.json, or press Enter for no export."
    ),
    "forget-to-a-file": N_(
        "Name a file for the export: it has to be on the disk before anything is erased."
    ),
    "salvage-to-a-file": N_("Name a new file to save into: mentorlog doctor --salvage NEW.db"),
    "force-without-salvage": N_("--force goes with --salvage."),
    "backup-to-a-file": N_(
        "A backup is a file. Name one, or a folder to put it into; without a name it goes beside the"
        " journal: mentorlog backup"
    ),
    "goal-needs-grow": N_("--goal goes with the form grow. Leave --form {form} out, or --goal."),
    "format-missing": N_(
        "I cannot tell what kind of file this is. If it is one of these, say so with"
        " --format: {known}"
    ),
    "not-with-format": N_("{name} does not apply to the format {format}. Leave it out."),
    "no-date-format": N_(
        "{typed} does not say how a day is written: %Y, %m and %d have to be in it, such as %d/%m/%Y"
    ),
    "no-column": N_("{typed} is not of the form FIELD=COLUMN, such as date=Day"),
    "no-such-column-field": N_("There is no field {name} to map a column to. Fields: {known}"),
    "no-such-column": N_("There is no column {name}. Columns: {known}"),
    "column-twice": N_("A column for {name} is named twice. Name one."),
    "no-day-column": N_(
        "Say which column holds the day, and which the text: --map date=COLUMN --map {text}=COLUMN."
        " Columns: {known}"
    ),
}

MOVES = {
    "review-not-shared": N_("{record} is not shared. To share it: mentorlog share {record}"),
    "seen-anyway": N_(
        "{record} always goes into exports for the partner, except for what is only yours."
        " To see who sees what: mentorlog show {record}"
    ),
    "never-seen": N_(
        "{record} cannot be shared: its words are only ever for you. Leave it out. To see"
        " who sees what: mentorlog show {record}"
    ),
    "no-pair": N_("There is no pair yet. Start one: mentorlog pair start NAME --as mentor|mentee"),
    "only-ended": N_(
        "Your pairs have ended. Name one of them, or start another: mentorlog pair start NAME --as"
        " mentor, or --as mentee --after {record}"
    ),
    "script-of-others": N_(
        "{path} is not from mentorlog and was left as it is. Move it away first, then type this again."
    ),
    "nothing-to-undo": N_("There is nothing to undo."),
    "nothing-to-redo": N_("There is nothing to redo. A new write ends what could be redone."),
    "action-not-open": N_(
        "{record} is not open. To open it again: mentorlog action reopen {record}"
    ),
    "action-open-already": N_("{record} is open already."),
    "not-advice": N_("{record} is no advice. To close it: mentorlog action done {record}"),
    "goal-not-active": N_("{record} is closed. To see it: mentorlog goal show {record}"),
    "goal-dropped": N_("{record} was dropped. To see it: mentorlog goal show {record}"),
    "levels-unwritten": N_(
        "{record} has no levels to rate it by. Write all five: mentorlog goal revise {record} --level"
        " '-2=…' --level '-1=…' --level '0=…' --level '1=…' --level '2=…'"
    ),
    "nothing-revised": N_("{record} says that already. Nothing was changed."),
    "nothing-agreed": N_(
        "{record} says that already. Nothing was changed. To see it: mentorlog show {record}"
    ),
    "only-paused": N_(
        "No pair is active. To go on with one that is paused: mentorlog pair resume {record}"
    ),
    "not-to-take": N_(
        "{record} is none of your active goals or open questions with {pair}. To see those:"
        " mentorlog prep {pair}"
    ),
    "pair-not-paused": N_("{record} is not paused. To see it: mentorlog pair show {record}"),
    "no-term": N_(
        "{record} has no term to shorten. To give it one: mentorlog pair extend --to DATE"
    ),
    "no-term-in-review": N_(
        "{record} has no term to shorten. To give it one: --decision extend --to DATE"
    ),
    "pair-ended": N_(
        "{record} has ended. To begin anew: mentorlog pair start NAME --as mentor|mentee --after"
        " {record}"
    ),
    "question-not-open": N_("{record} has been closed already. To see it: mentorlog show {record}"),
    "of-another-pair": N_(
        "{record} belongs to another pair. Ids of this one: mentorlog log {pair}"
    ),
    "strength-there": N_(
        "That strength is there already: {record}. To change it: mentorlog edit {record}"
    ),
    "name-taken": N_("{name} is the name of {record} already. Choose another name or --alias."),
    "editor-failed": N_("The editor ended with a failure, so nothing went into the journal."),
    "editor-not-utf8": N_("What the editor saved is not UTF-8, so nothing went into the journal."),
    "editor-missing": N_(
        "The editor {name} cannot be started. Set VISUAL or EDITOR to one that can."
    ),
    "record-damaged": N_(
        "{record} holds what no {name} can. Keep a copy of the journal and see: mentorlog history"
    ),
    "nothing-to-back-up": N_("There is no journal yet, so there is nothing to copy."),
    "deleted-already": N_(
        "{record} was deleted. To export it, bring it back first: mentorlog undo"
    ),
    "not-confirmed": N_("That is not the pair's alias or name. Nothing was erased."),
    "demo-beyond-calendar": N_(
        "The demo goes back half a year from {day}, and the calendar does not. Set MENTORLOG_TODAY to"
        " a later day."
    ),
    "demo-exists": N_("{name} exists already. Choose another place for --keep."),
}
