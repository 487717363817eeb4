"""Commands of the article. No letter of a tag (TAG_LETTERS of the codebook) may be used here."""

from PySide6.QtCore import QT_TRANSLATE_NOOP

from .action import Action, Group, Menu, everywhere, in_article

TAG: tuple[Action, ...] = (
    # Its keys are those the codebook gives the tags, so it has none of its own.
    in_article("tag", QT_TRANSLATE_NOOP("keys", "Tag the selection, or the word at the caret"), Group.TAG, menu=None),
    in_article("retag", QT_TRANSLATE_NOOP("keys", "Change the tag: then a tag key"), Group.TAG, "r", takes_tag=True),
    in_article(
        "keep_armed", QT_TRANSLATE_NOOP("keys", "Keep a tag armed: then its key"), Group.TAG, "k", takes_tag=True
    ),
    in_article("repeat_tag", QT_TRANSLATE_NOOP("keys", "Repeat the last tag"), Group.TAG, "."),
    in_article("same_elsewhere", QT_TRANSLATE_NOOP("keys", "Tag the same elsewhere…"), Group.TAG, "o"),
    in_article("second_part", QT_TRANSLATE_NOOP("keys", "Add a second part"), Group.TAG, "+"),
    in_article("edges", QT_TRANSLATE_NOOP("keys", "Move the edges"), Group.TAG, "e"),
    in_article("delete", QT_TRANSLATE_NOOP("keys", "Delete; of a proposal: refuse"), Group.TAG, "x", "Delete"),
)

SELECT: tuple[Action, ...] = (
    in_article("hold", QT_TRANSLATE_NOOP("keys", "Hold or drop the selection"), Group.SELECT, "v"),
    in_article(
        "wider", QT_TRANSLATE_NOOP("keys", "Wider: word, name, clause, quote…"), Group.SELECT, "w", repeats=True
    ),
    in_article("narrower", QT_TRANSLATE_NOOP("keys", "Narrower"), Group.SELECT, "Shift+W", repeats=True),
)

GO: tuple[Action, ...] = (
    in_article("next_annotation", QT_TRANSLATE_NOOP("keys", "Next annotation"), Group.MOVE, "n", repeats=True),
    in_article("previous_annotation", QT_TRANSLATE_NOOP("keys", "Previous annotation"), Group.MOVE, "p", repeats=True),
    in_article(
        "next_cue", QT_TRANSLATE_NOOP("keys", "Next cue word without a tag"), Group.MOVE, "Shift+N", repeats=True
    ),
    in_article(
        "previous_cue",
        QT_TRANSLATE_NOOP("keys", "Previous cue word without a tag"),
        Group.MOVE,
        "Shift+P",
        repeats=True,
    ),
    in_article("next_open", QT_TRANSLATE_NOOP("keys", "Next open point"), Group.MOVE, "j", repeats=True),
    in_article("previous_open", QT_TRANSLATE_NOOP("keys", "Previous open point"), Group.MOVE, "Shift+J", repeats=True),
)

DESCRIBE: tuple[Action, ...] = (
    in_article("agree", QT_TRANSLATE_NOOP("keys", "Yes: take the proposal, or still right"), Group.DESCRIBE, "Space"),
    in_article(
        "take_sure",
        QT_TRANSLATE_NOOP("keys", "Take the sure proposals of this article…"),
        Group.DESCRIBE,
        "Shift+Space",
    ),
    in_article("describe", QT_TRANSLATE_NOOP("keys", "Describe: fill in details"), Group.DESCRIBE, "Enter"),
    in_article("link_source", QT_TRANSLATE_NOOP("keys", "Link: said by"), Group.DESCRIBE, "s"),
    in_article("link", QT_TRANSLATE_NOOP("keys", "Link: then the letter of its kind"), Group.DESCRIBE, "g"),
    in_article("links", QT_TRANSLATE_NOOP("keys", "To the links of this annotation"), Group.DESCRIBE, "Shift+L"),
    everywhere(
        "unsure", QT_TRANSLATE_NOOP("keys", "Unsure, on and off"), Group.DESCRIBE, "u", "Ctrl+U", menu=Menu.ANNOTATION
    ),
    in_article("note", QT_TRANSLATE_NOOP("keys", "Write a note"), Group.DESCRIBE, "m"),
    in_article("question", QT_TRANSLATE_NOOP("keys", "Ask the lead"), Group.DESCRIBE, "q"),
    in_article("message", QT_TRANSLATE_NOOP("keys", "Write a message about it"), Group.DESCRIBE, "Shift+M"),
    everywhere(
        "use_as_example",
        QT_TRANSLATE_NOOP("keys", "Use as an example in the codebook"),
        Group.DESCRIBE,
        "Ctrl+Shift+E",
        menu=Menu.ANNOTATION,
    ),
)
