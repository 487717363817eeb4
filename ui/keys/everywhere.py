"""Commands that act wherever the focus is. Their keys carry Ctrl or are F-keys; Esc is the one exception."""

from PySide6.QtCore import QT_TRANSLATE_NOOP

from .action import Action, Group, Menu, everywhere

PROJECT: tuple[Action, ...] = (
    everywhere("new_project", QT_TRANSLATE_NOOP("keys", "New project…"), Group.PROJECT, "Ctrl+N", menu=Menu.PROJECT),
    everywhere("open_project", QT_TRANSLATE_NOOP("keys", "Open project…"), Group.PROJECT, "Ctrl+O", menu=Menu.PROJECT),
    everywhere("import", QT_TRANSLATE_NOOP("keys", "Import articles…"), Group.PROJECT, "Ctrl+I", menu=Menu.PROJECT),
    everywhere("export", QT_TRANSLATE_NOOP("keys", "Export…"), Group.PROJECT, "Ctrl+E", menu=Menu.PROJECT),
    everywhere("codebook", QT_TRANSLATE_NOOP("keys", "Codebook…"), Group.PROJECT, "Ctrl+Shift+B", menu=Menu.PROJECT),
    everywhere("save_copy", QT_TRANSLATE_NOOP("keys", "Save a copy…"), Group.PROJECT, menu=Menu.PROJECT),
    everywhere("saved", QT_TRANSLATE_NOOP("keys", "Everything is saved"), Group.PROJECT, "Ctrl+S", menu=Menu.PROJECT),
    everywhere("quit", QT_TRANSLATE_NOOP("keys", "Quit"), Group.PROJECT, "Ctrl+Q", menu=Menu.PROJECT),
)

EDIT: tuple[Action, ...] = (
    everywhere("undo", QT_TRANSLATE_NOOP("keys", "Undo"), Group.EDIT, "Ctrl+Z", menu=Menu.EDIT, repeats=True),
    everywhere(
        "redo", QT_TRANSLATE_NOOP("keys", "Redo"), Group.EDIT, "Ctrl+Shift+Z", "Ctrl+Y", menu=Menu.EDIT, repeats=True
    ),
    everywhere("history", QT_TRANSLATE_NOOP("keys", "History"), Group.EDIT, "Ctrl+Shift+H", menu=Menu.EDIT),
    everywhere("find", QT_TRANSLATE_NOOP("keys", "Find in the article"), Group.EDIT, "Ctrl+F", menu=Menu.EDIT),
    everywhere("find_next", QT_TRANSLATE_NOOP("keys", "Find next"), Group.EDIT, "F3", menu=Menu.EDIT, repeats=True),
    everywhere(
        "find_previous",
        QT_TRANSLATE_NOOP("keys", "Find previous"),
        Group.EDIT,
        "Shift+F3",
        menu=Menu.EDIT,
        repeats=True,
    ),
    everywhere(
        "search_all", QT_TRANSLATE_NOOP("keys", "Search everything"), Group.EDIT, "Ctrl+Shift+F", menu=Menu.EDIT
    ),
    everywhere(
        "copy_reference", QT_TRANSLATE_NOOP("keys", "Copy a reference"), Group.EDIT, "Ctrl+Shift+C", menu=Menu.EDIT
    ),
)

ARTICLE: tuple[Action, ...] = (
    everywhere(
        "next_document",
        QT_TRANSLATE_NOOP("keys", "Next article"),
        Group.ARTICLE,
        "Ctrl+PgDown",
        menu=Menu.ARTICLE,
        repeats=True,
    ),
    everywhere(
        "previous_document",
        QT_TRANSLATE_NOOP("keys", "Previous article"),
        Group.ARTICLE,
        "Ctrl+PgUp",
        menu=Menu.ARTICLE,
        repeats=True,
    ),
    everywhere(
        "done_next", QT_TRANSLATE_NOOP("keys", "Done, next article"), Group.ARTICLE, "Ctrl+Enter", menu=Menu.ARTICLE
    ),
    everywhere(
        "set_aside", QT_TRANSLATE_NOOP("keys", "Set aside…"), Group.ARTICLE, "Ctrl+Shift+Enter", menu=Menu.ARTICLE
    ),
    everywhere(
        "article_details", QT_TRANSLATE_NOOP("keys", "About this article…"), Group.ARTICLE, "F7", menu=Menu.ARTICLE
    ),
    everywhere("replace_text", QT_TRANSLATE_NOOP("keys", "Replace the text…"), Group.ARTICLE, menu=Menu.ARTICLE),
    everywhere(
        "read_anew", QT_TRANSLATE_NOOP("keys", "Read anew in another encoding…"), Group.ARTICLE, menu=Menu.ARTICLE
    ),
    everywhere("delete_article", QT_TRANSLATE_NOOP("keys", "Delete this article"), Group.ARTICLE, menu=Menu.ARTICLE),
    everywhere(
        "filter_documents", QT_TRANSLATE_NOOP("keys", "Filter articles"), Group.ARTICLE, "Ctrl+L", menu=Menu.ARTICLE
    ),
)

VIEWS: tuple[Action, ...] = (
    everywhere("view_code", QT_TRANSLATE_NOOP("keys", "Code"), Group.WINDOW, "Ctrl+1", menu=Menu.VIEW),
    everywhere("view_review", QT_TRANSLATE_NOOP("keys", "Review"), Group.WINDOW, "Ctrl+2", menu=Menu.VIEW),
    everywhere("view_overview", QT_TRANSLATE_NOOP("keys", "Overview"), Group.WINDOW, "Ctrl+3", menu=Menu.VIEW),
)

REVIEW: tuple[Action, ...] = (
    everywhere(
        "my_corrections", QT_TRANSLATE_NOOP("keys", "My corrections"), Group.REVIEW, "Ctrl+Shift+M", menu=Menu.REVIEW
    ),
    everywhere(
        "meeting_page", QT_TRANSLATE_NOOP("keys", "Write the page for the meeting"), Group.REVIEW, menu=Menu.REVIEW
    ),
    everywhere("hide_names", QT_TRANSLATE_NOOP("keys", "Hide names until decided"), Group.REVIEW, menu=Menu.REVIEW),
)

TEAM: tuple[Action, ...] = (
    everywhere(
        "bring_in",
        QT_TRANSLATE_NOOP("keys", "Bring in a colleague’s file…"),
        Group.TEAM,
        "Ctrl+Shift+I",
        menu=Menu.TEAM,
    ),
    everywhere("send_work", QT_TRANSLATE_NOOP("keys", "Send my work…"), Group.TEAM, "Ctrl+Shift+S", menu=Menu.TEAM),
    everywhere("coders", QT_TRANSLATE_NOOP("keys", "Coders…"), Group.TEAM, menu=Menu.TEAM),
    everywhere("assign", QT_TRANSLATE_NOOP("keys", "Assign articles…"), Group.TEAM, menu=Menu.TEAM),
    everywhere("share_package", QT_TRANSLATE_NOOP("keys", "Packages for coders…"), Group.TEAM, menu=Menu.TEAM),
    everywhere("close_round", QT_TRANSLATE_NOOP("keys", "Close the round…"), Group.TEAM, menu=Menu.TEAM),
    everywhere("proposals", QT_TRANSLATE_NOOP("keys", "Proposals…"), Group.TEAM, "Ctrl+Shift+P", menu=Menu.TEAM),
    everywhere("team_states", QT_TRANSLATE_NOOP("keys", "How far each article is"), Group.TEAM, menu=Menu.TEAM),
)

OVERVIEW: tuple[Action, ...] = (
    everywhere("overview_report", QT_TRANSLATE_NOOP("keys", "Save the report…"), Group.TEAM, menu=Menu.TEAM),
    everywhere("copy_for_paper", QT_TRANSLATE_NOOP("keys", "Copy agreement for a paper"), Group.TEAM, menu=Menu.TEAM),
    everywhere("for_training", QT_TRANSLATE_NOOP("keys", "Article for training"), Group.TEAM, menu=Menu.TEAM),
)

WINDOW: tuple[Action, ...] = (
    everywhere("hide_marks", QT_TRANSLATE_NOOP("keys", "Hide marks"), Group.WINDOW, "Ctrl+H", menu=Menu.VIEW),
    everywhere("labelled", QT_TRANSLATE_NOOP("keys", "Words beside the marks"), Group.WINDOW, "F8", menu=Menu.VIEW),
    everywhere("cue_words", QT_TRANSLATE_NOOP("keys", "Dots above cue words"), Group.WINDOW, menu=Menu.VIEW),
    everywhere("exact", QT_TRANSLATE_NOOP("keys", "Exact boundaries"), Group.WINDOW, "F4", menu=Menu.VIEW),
    everywhere(
        "text_larger",
        QT_TRANSLATE_NOOP("keys", "Larger text"),
        Group.WINDOW,
        "Ctrl++",
        "Ctrl+=",
        menu=Menu.VIEW,
        repeats=True,
    ),
    everywhere(
        "text_smaller", QT_TRANSLATE_NOOP("keys", "Smaller text"), Group.WINDOW, "Ctrl+-", menu=Menu.VIEW, repeats=True
    ),
    everywhere("text_normal", QT_TRANSLATE_NOOP("keys", "Normal text size"), Group.WINDOW, "Ctrl+0", menu=Menu.VIEW),
    everywhere("side_panels", QT_TRANSLATE_NOOP("keys", "Side panels"), Group.WINDOW, "F9", menu=Menu.VIEW),
    everywhere("actors", QT_TRANSLATE_NOOP("keys", "Actors"), Group.WINDOW, "Ctrl+Shift+A", menu=Menu.VIEW),
    everywhere("next_pane", QT_TRANSLATE_NOOP("keys", "Next pane"), Group.WINDOW, "F6", menu=Menu.VIEW, repeats=True),
    everywhere(
        "previous_pane",
        QT_TRANSLATE_NOOP("keys", "Previous pane"),
        Group.WINDOW,
        "Shift+F6",
        menu=Menu.VIEW,
        repeats=True,
    ),
    everywhere("appearance", QT_TRANSLATE_NOOP("keys", "Light, dark, or as the desktop"), Group.WINDOW, menu=Menu.VIEW),
    everywhere("speech", QT_TRANSLATE_NOOP("keys", "What a screen reader says"), Group.WINDOW, menu=Menu.VIEW),
    everywhere("menu", QT_TRANSLATE_NOOP("keys", "Menu"), Group.WINDOW, "F10"),
    everywhere("back", QT_TRANSLATE_NOOP("keys", "One step back, at last to the article"), Group.WINDOW, "Esc"),
)

HELP: tuple[Action, ...] = (
    everywhere("keys", QT_TRANSLATE_NOOP("keys", "Keys"), Group.HELP, "F1", menu=Menu.HELP),
    everywhere("rules", QT_TRANSLATE_NOOP("keys", "Rules of the tag"), Group.HELP, "?", "Shift+F1", menu=Menu.HELP),
    everywhere("what_is_here", QT_TRANSLATE_NOOP("keys", "What is here"), Group.HELP, "F2", menu=Menu.HELP),
    everywhere("timing_log", QT_TRANSLATE_NOOP("keys", "Note my timings in a file"), Group.HELP, menu=Menu.HELP),
    everywhere("delete_timings", QT_TRANSLATE_NOOP("keys", "Delete the file of timings"), Group.HELP, menu=Menu.HELP),
)
