"""The style sheet made from the tokens, and the one place that gives it to the application.

No rule sets a font on QWidget: it would override `setFont` on the article. Labels are sized by their `role`.
"""

from functools import cache

from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QToolTip

from annotator.paths import resource

from .theme import (
    HEIGHT_CONTROL,
    RADIUS_CONTROL,
    RADIUS_SMALL,
    S2,
    S3,
    SIZES,
    Theme,
    appearance,
    ui_font,
)

_INNER = HEIGHT_CONTROL - 2  # a control's height without its 1 px border; 2 px of focus ring take one of padding each

# Pictures that a style sheet can take from files only: glyph and token. `.ci/icons.py` draws them.
PICTURES = {
    "ticked": ("check-bold", "accent_ink"),
    "chosen": ("check", "ink"),
    "down": ("caret-down", "ink2"),
    "up": ("caret-up", "ink2"),
    "right": ("caret-right", "ink2"),
}


def picture_file(picture: str, theme: Theme) -> str:
    """The file name of one of PICTURES in a theme."""
    return f"{picture}-{theme.name}.png"


def prepare(app: QApplication, theme: Theme) -> None:
    """Style, palette and fonts: what widgets go by while they are made."""
    if app.style().name() != "fusion":
        app.setStyle("Fusion")
    app.setPalette(palette(theme))
    QToolTip.setPalette(palette(theme))
    app.setFont(ui_font())
    QToolTip.setFont(ui_font("small"))


def follow(app: QApplication) -> None:
    """Dress the application, for which `prepare` was called, now and again whenever the theme changes.

    Best once the first window has been made and before it is shown: under a style sheet Qt looks through the rules
    for each widget anew whenever it, or one around it, is put into a layout.
    """
    dress = stylesheet(appearance().theme)
    if app.styleSheet() != dress:  # else a window more was opened, whose widgets were made under it
        app.setStyleSheet(dress)
    _follow_once(app)


@cache
def _follow_once(app: QApplication) -> None:
    """However many windows are opened, a new theme is put on once."""
    appearance().changed.connect(lambda: apply(app, appearance().theme))


def apply(app: QApplication, theme: Theme) -> None:
    """Give palette, font and style sheet of a theme to the whole application."""
    prepare(app, theme)
    app.setStyleSheet(stylesheet(theme))


def palette(theme: Theme) -> QPalette:
    """The palette of a theme, for everything that the style sheet leaves to Fusion."""
    role = QPalette.ColorRole
    colours = {
        role.Window: theme.page,
        role.WindowText: theme.ink,
        role.Base: theme.page,
        role.AlternateBase: theme.side,
        role.Text: theme.ink,
        role.Button: theme.raised,
        role.ButtonText: theme.ink,
        role.BrightText: theme.bad,
        role.Highlight: theme.select,
        role.HighlightedText: theme.ink,
        role.Accent: theme.accent,
        role.Link: theme.accent,
        role.LinkVisited: theme.accent,
        role.PlaceholderText: theme.ink3,
        role.ToolTipBase: theme.raised,
        role.ToolTipText: theme.ink,
        role.Light: theme.raised,
        role.Midlight: theme.hover,
        role.Mid: theme.edge,
        role.Dark: theme.edge,
        role.Shadow: theme.edge,
    }
    result = QPalette()
    for name, value in colours.items():
        result.setColor(name, QColor(value))
    for name in (role.WindowText, role.Text, role.ButtonText):
        result.setColor(QPalette.ColorGroup.Disabled, name, QColor(theme.ink3))
    return result


def stylesheet(theme: Theme) -> str:
    """The whole style sheet of a theme."""
    parts = (_surfaces, _labels, _buttons, _fields, _choices, _lists, _scrolling, _popups)
    return "\n".join(part(theme) for part in parts)


def _picture(name: str, theme: Theme) -> str:
    return f'image: url("{resource(f"icons/{picture_file(name, theme)}").as_posix()}");'


def _surfaces(t: Theme) -> str:
    return f"""
* {{ outline: none; }}
QWidget[surface="page"] {{ background: {t.page}; }}
QWidget[surface="side"] {{ background: {t.side}; }}
QWidget[surface="raised"] {{ background: {t.raised}; }}
QWidget[surface="soft"] {{ background: {t.accent_soft}; border-radius: {RADIUS_CONTROL}px; }}
QMainWindow, QDialog {{ background: {t.page}; }}
QSplitter::handle {{ background: {t.line}; }}
QSplitter::handle:hover, QSplitter::handle:pressed {{ background: {t.accent}; }}
QMenuBar {{ background: {t.page}; }}
QMenuBar::item {{ background: transparent; padding: 4px 10px; border-radius: {RADIUS_SMALL}px; }}
QMenuBar::item:selected {{ background: {t.press}; }}
QProgressBar {{ border: 0; border-radius: 2px; background: {t.line}; max-height: 4px; }}
QProgressBar::chunk {{ background: {t.accent}; border-radius: 2px; }}
"""


def _labels(t: Theme) -> str:
    small = f"font-size: {SIZES['small']}px;"
    sizes = {
        "tiny": f"font-size: {SIZES['tiny']}px; color: {t.ink3};",
        "meta": f"{small} color: {t.ink3};",
        "second": f"color: {t.ink2};",
        "strong": "font-weight: 600;",
        "section": f"{small} font-weight: 600; color: {t.ink2};",
        "head": f"font-size: {SIZES['head']}px; font-weight: 600;",
        "title": f"font-size: {SIZES['title']}px; font-weight: 600;",
        "display": f"font-size: {SIZES['display']}px; font-weight: 600;",
        "accent": f"color: {t.accent}; font-weight: 500;",
        "ok": f"{small} color: {t.ok};",
        "warn": f"{small} color: {t.warn};",
        "bad": f"{small} color: {t.bad};",
    }
    rules = [f'QLabel[role="{role}"] {{ {rule} }}' for role, rule in sizes.items()]
    return "\n".join(["QLabel { background: transparent; }", *rules])


def _buttons(t: Theme) -> str:
    return f"""
QPushButton, QToolButton {{ min-height: {_INNER}px; padding: 0 {S3}px; border: 1px solid {t.edge};
    background: {t.raised}; border-radius: {RADIUS_CONTROL}px; font-weight: 500; color: {t.ink}; }}
QToolButton {{ padding: 0 {S2}px; }}
QPushButton:hover, QToolButton:hover {{ background: {t.hover}; }}
QPushButton:pressed, QToolButton:pressed, QPushButton:checked, QToolButton:checked {{ background: {t.press}; }}
QPushButton:disabled, QToolButton:disabled {{ color: {t.ink3}; background: transparent; border-color: {t.line}; }}
QPushButton:focus {{ border: 2px solid {t.accent}; min-height: {_INNER - 2}px; padding: 0 {S3 - 1}px; }}
QToolButton:focus {{ border: 2px solid {t.accent}; min-height: {_INNER - 2}px; padding: 0 {S2 - 1}px; }}
QPushButton::menu-indicator, QToolButton::menu-indicator {{ image: none; width: 0; }}

QPushButton[kind="primary"], QMessageBox QPushButton:default {{ background: {t.accent}; color: {t.accent_ink};
    border-color: {t.accent}; }}
QPushButton[kind="primary"]:hover {{ background: {_towards(t.accent, t.ink, 0.14)}; }}
QPushButton[kind="primary"]:pressed {{ background: {_towards(t.accent, t.ink, 0.26)}; }}
QPushButton[kind="primary"]:disabled {{ background: {t.hover}; color: {t.ink3}; border-color: {t.hover}; }}

QPushButton[kind="ghost"], QToolButton[kind="ghost"] {{ background: transparent; border-color: transparent;
    color: {t.ink2}; padding: 0 {S2}px; }}
QPushButton[kind="ghost"]:hover, QToolButton[kind="ghost"]:hover {{ background: {t.hover}; color: {t.ink}; }}
QPushButton[kind="ghost"]:checked, QToolButton[kind="ghost"]:checked {{ background: {t.press}; color: {t.ink}; }}
QPushButton[kind="ghost"]:focus, QToolButton[kind="ghost"]:focus {{ border-color: {t.accent}; padding: 0 {S2 - 1}px; }}
QPushButton[kind="ghost"]:disabled {{ color: {t.ink3}; background: transparent; border-color: transparent; }}
QPushButton[kind="icon"] {{ background: transparent; border-color: transparent; padding: 0; min-width: {_INNER}px;
    max-width: {_INNER}px; }}
QPushButton[kind="icon"]:hover {{ background: {t.hover}; }}
QPushButton[kind="icon"]:checked {{ background: {t.press}; }}
QPushButton[kind="icon"]:focus {{ border-color: {t.accent}; padding: 0; min-width: {_INNER - 2}px;
    max-width: {_INNER - 2}px; }}

QPushButton[kind="link"] {{ background: transparent; border: 1px solid transparent; color: {t.accent}; padding: 0 4px;
    min-height: 20px; max-height: 20px; border-radius: {RADIUS_SMALL}px; }}
QPushButton[kind="link"]:hover {{ background: {t.accent_soft}; }}
QPushButton[kind="link"]:focus {{ border: 2px solid {t.accent}; padding: 0 3px; min-height: 18px; max-height: 18px; }}
QPushButton[kind="link"]:disabled {{ color: {t.ink3}; }}
"""


def _fields(t: Theme) -> str:
    return f"""
QLineEdit, QAbstractSpinBox {{ min-height: {_INNER}px; padding: 0 {S2}px; border: 1px solid {t.edge};
    border-radius: {RADIUS_CONTROL}px; background: {t.raised}; color: {t.ink}; selection-background-color: {t.select};
    selection-color: {t.ink}; }}
QAbstractSpinBox {{ padding: 0 0 0 {S2}px; }}
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {{ border: 0; width: 20px; background: transparent; }}
QAbstractSpinBox::up-arrow {{ {_picture("up", t)} width: 12px; height: 12px; }}
QAbstractSpinBox::down-arrow {{ {_picture("down", t)} width: 12px; height: 12px; }}
QLineEdit[quiet="true"] {{ background: {t.hover}; border-color: {t.hover}; }}
QLineEdit:focus, QAbstractSpinBox:focus {{ border: 2px solid {t.accent}; background: {t.raised};
    min-height: {_INNER - 2}px; padding: 0 {S2 - 1}px; }}
QLineEdit[wrong="true"] {{ border-color: {t.bad}; }}
QLineEdit > QToolButton {{ border: 0; background: transparent; padding: 0; min-height: 0; }}
QLineEdit:disabled {{ color: {t.ink3}; background: {t.page}; }}

QPlainTextEdit, QTextEdit, QTextBrowser {{ border: 0; background: transparent; selection-background-color: {t.select};
    selection-color: {t.ink}; }}
QPlainTextEdit[kind="note"], QTextEdit[kind="note"] {{ border: 1px solid {t.edge}; border-radius: {RADIUS_CONTROL}px;
    background: {t.raised}; padding: 3px 4px; color: {t.ink}; }}
QPlainTextEdit[kind="note"]:focus, QTextEdit[kind="note"]:focus {{ border: 2px solid {t.accent}; padding: 2px 3px; }}
"""


def _choices(t: Theme) -> str:
    return f"""
QComboBox {{ min-height: {_INNER}px; padding: 0 {S2}px; border: 1px solid {t.edge}; border-radius: {RADIUS_CONTROL}px;
    background: {t.raised}; color: {t.ink}; }}
QComboBox:hover {{ background: {t.hover}; }}
QComboBox:focus, QComboBox:on {{ border: 2px solid {t.accent}; min-height: {_INNER - 2}px; padding: 0 {S2 - 1}px; }}
QComboBox:disabled {{ color: {t.ink3}; background: {t.page}; }}
QComboBox::drop-down {{ border: 0; width: 24px; }}
QComboBox::down-arrow {{ {_picture("down", t)} width: 14px; height: 14px; }}
QComboBox QAbstractItemView {{ border: 1px solid {t.edge}; background: {t.raised}; padding: 4px;
    selection-background-color: {t.press}; selection-color: {t.ink}; }}
QComboBox QAbstractItemView::item {{ min-height: 24px; padding: 0 {S2}px; }}

QCheckBox, QRadioButton {{ spacing: 8px; padding: 2px 4px; border: 2px solid transparent;
    border-radius: {RADIUS_CONTROL}px; color: {t.ink}; }}
QCheckBox:focus, QRadioButton:focus {{ border-color: {t.accent}; }}
QCheckBox::indicator, QAbstractItemView::indicator {{ width: 14px; height: 14px; border: 1px solid {t.ink3};
    border-radius: {RADIUS_SMALL}px; background: {t.raised}; }}
QCheckBox::indicator:checked, QAbstractItemView::indicator:checked {{ {_picture("ticked", t)} background: {t.accent};
    border-color: {t.accent}; }}
QCheckBox::indicator:indeterminate {{ background: {t.accent_soft}; border-color: {t.accent}; }}
QRadioButton::indicator {{ width: 14px; height: 14px; border: 1px solid {t.ink3}; border-radius: 8px;
    background: {t.raised}; }}
QRadioButton::indicator:checked {{ width: 6px; height: 6px; border: 5px solid {t.accent}; background: {t.raised}; }}
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled {{ border-color: {t.edge}; background: {t.hover}; }}
QCheckBox:disabled, QRadioButton:disabled {{ color: {t.ink3}; }}
"""


def _lists(t: Theme) -> str:
    return f"""
QAbstractItemView {{ border: 0; background: transparent; color: {t.ink}; selection-background-color: {t.press};
    selection-color: {t.ink}; }}
QListView[kind="boxed"], QTreeView[kind="boxed"], QTableView[kind="boxed"] {{ border: 1px solid {t.edge};
    border-radius: {RADIUS_CONTROL}px; background: {t.raised}; padding: 3px; }}
QListView[kind="boxed"]:focus, QTreeView[kind="boxed"]:focus, QTableView[kind="boxed"]:focus {{
    border: 2px solid {t.accent}; padding: 2px; }}
QListView[kind="boxed"]::item, QTreeView[kind="boxed"]::item {{ min-height: 24px; padding: 2px {S2}px;
    border-radius: {RADIUS_SMALL}px; }}
QListView[kind="boxed"]::item:hover, QTreeView[kind="boxed"]::item:hover {{ background: {t.hover}; }}
QListView[kind="boxed"]::item:selected, QTreeView[kind="boxed"]::item:selected {{ background: {t.press};
    color: {t.ink}; }}
QHeaderView {{ background: transparent; border: 0; }}
QHeaderView::section {{ background: {t.raised}; color: {t.ink3}; border: 0; border-bottom: 1px solid {t.line};
    padding: 4px {S2}px; }}
QTableView {{ gridline-color: {t.line}; }}
QTableView QHeaderView::section {{ background: transparent; }}
QTableView::item {{ padding: 0 5px; }}
QTableView[kind="bare"] QHeaderView::section {{ border: 0; padding: 4px 2px; color: {t.ink2}; }}
QTableView[kind="bare"] QHeaderView::section:vertical {{ padding: 0 {S2}px; }}
QTableView QTableCornerButton::section, QAbstractScrollArea::corner {{ border: 0; background: transparent; }}
"""


def _scrolling(t: Theme) -> str:
    grip = _towards(t.line, t.ink, 0.18)
    return f"""
QScrollArea {{ border: 2px solid transparent; border-radius: {RADIUS_CONTROL}px; background: transparent; }}
QScrollArea:focus {{ border-color: {t.accent}; }}
QScrollBar:vertical {{ width: 12px; background: transparent; margin: 0; }}
QScrollBar:horizontal {{ height: 12px; background: transparent; margin: 0; }}
QScrollBar::handle {{ background: {grip}; border-radius: 3px; }}
QScrollBar::handle:vertical {{ min-height: 40px; margin: 2px 3px; }}
QScrollBar::handle:horizontal {{ min-width: 40px; margin: 3px 2px; }}
QScrollBar::handle:hover, QScrollBar::handle:pressed {{ background: {t.ink3}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; background: none; border: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: none; }}
"""


def _popups(t: Theme) -> str:
    return f"""
QMenu {{ background: {t.raised}; border: 1px solid {t.edge}; padding: 4px; color: {t.ink}; }}
QMenu::item {{ padding: 5px 24px 5px 12px; border-radius: {RADIUS_SMALL}px; background: transparent; }}
QMenu::item:selected {{ background: {t.press}; }}
QMenu::item:disabled {{ color: {t.ink3}; }}
QMenu::indicator {{ width: 16px; height: 16px; left: 6px; }}
QMenu::indicator:checked {{ {_picture("chosen", t)} }}
QMenu::right-arrow {{ {_picture("right", t)} width: 14px; height: 14px; }}
QMenu::icon {{ padding-left: 8px; }}
QMenu::separator {{ height: 1px; background: {t.line}; margin: 4px 8px; }}
QToolTip {{ background: {t.raised}; color: {t.ink}; border: 1px solid {t.edge}; padding: 3px 6px;
    font-size: {SIZES["small"]}px; }}
"""


def _towards(colour: str, other: str, share: float) -> str:
    """A colour moved a share of the way to another."""
    a, b = QColor(colour), QColor(other)
    pairs = ((a.red(), b.red()), (a.green(), b.green()), (a.blue(), b.blue()))
    return "#" + "".join(f"{round(x + (y - x) * share):02x}" for x, y in pairs)
