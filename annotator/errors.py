"""What can go wrong for a known reason. Everything else is a bug and reaches the crash report."""


class AnnotatorError(Exception):
    """A known fault. Its text is one sentence for the user that names the place and the reason."""


class Busy(AnnotatorError):
    """Another process or a long work holds the project's write lock just now: try again in a moment."""


class NotSaved(AnnotatorError):
    """The disk refused a change (full, read-only, gone). Nothing of the change was written."""
