"""What is open and in which order it comes, said in SQL once, for all reads of this package.

What the records themselves say is `Action.is_untold` and `Feedback.is_open`; tests hold the two alike.
Nothing is imported here: completing a word on the command line needs these, and little else.
"""

OPEN_FEEDBACK = "did_change IS NULL AND (direction = 'received' OR will_change IS NOT NULL)"
DONE_UNTOLD = "is_advice = 1 AND outcome IS NULL AND state = 'done'"  # open advice is untold, too
BY_DUE_DAY = "due_on IS NULL, due_on, number"
