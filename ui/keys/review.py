"""Commands of Review. No tag is set there, so letters of tags and digits are free for decisions."""

from PySide6.QtCore import QT_TRANSLATE_NOOP

from .action import Action, in_review

REVIEW: tuple[Action, ...] = (
    in_review("take_reading", QT_TRANSLATE_NOOP("keys", "Take this reading"), *"123456789", menu=None, numbered=True),
    in_review("take_both", QT_TRANSLATE_NOOP("keys", "Take both"), "b"),
    in_review(
        "take_defensible",
        QT_TRANSLATE_NOOP("keys", "Take one, the other is defensible too: then its number"),
        "d",
        menu=None,
    ),
    in_review("take_neither", QT_TRANSLATE_NOOP("keys", "Neither: nothing is to be tagged here"), "x", "Delete"),
    in_review("edit_reading", QT_TRANSLATE_NOOP("keys", "Edit, then take"), "e"),
    in_review("take_proposed", QT_TRANSLATE_NOOP("keys", "Yes: take what the rule proposes"), "Space"),
    in_review("take_alike", QT_TRANSLATE_NOOP("keys", "The same decision for all like this"), "o"),
    in_review("take_agreed", QT_TRANSLATE_NOOP("keys", "Take all that agrees in this article"), "t"),
    in_review("take_all_agreed", QT_TRANSLATE_NOOP("keys", "Take all that agrees in all articles shown…"), "Shift+T"),
    in_review("give_reason", QT_TRANSLATE_NOOP("keys", "Reason of this decision…"), "r"),
    in_review("give_last_reason", QT_TRANSLATE_NOOP("keys", "Reason of the last decision…"), "Shift+R"),
    in_review("leave_for_meeting", QT_TRANSLATE_NOOP("keys", "For the meeting, with a note…"), "m"),
    in_review("send_back", QT_TRANSLATE_NOOP("keys", "Send back to the coder, with a note…"), "s"),
    in_review("next_difference", QT_TRANSLATE_NOOP("keys", "Next disagreement"), "n", repeats=True),
    in_review("previous_difference", QT_TRANSLATE_NOOP("keys", "Previous disagreement"), "p", repeats=True),
    in_review("next_undecided", QT_TRANSLATE_NOOP("keys", "Next undecided place"), "j", repeats=True),
    in_review("previous_undecided", QT_TRANSLATE_NOOP("keys", "Previous undecided place"), "Shift+J", repeats=True),
    in_review("place_details", QT_TRANSLATE_NOOP("keys", "To the details of this place"), "Enter"),
    in_review("rule_at_stake", QT_TRANSLATE_NOOP("keys", "The rule at stake"), "?"),
    in_review("show_who", QT_TRANSLATE_NOOP("keys", "Show or hide who coded what"), "v"),
    in_review("review_columns", QT_TRANSLATE_NOOP("keys", "One text, or columns side by side"), "w"),
)
