"""What a screen reader should say now."""

from PySide6.QtWidgets import QWidget


def announce(widget: QWidget, text: str, *, at_once: bool = False) -> None:
    """Have a sentence spoken after what is being said, or `at_once` instead of it."""
    if not text:
        return
    from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent  # with all their names for roles and states

    event = QAccessibleAnnouncementEvent(widget, text)
    urgent = QAccessible.AnnouncementPoliteness.Assertive if at_once else QAccessible.AnnouncementPoliteness.Polite
    event.setPoliteness(urgent)
    QAccessible.updateAccessibility(event)
