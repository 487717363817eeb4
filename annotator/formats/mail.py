"""E-mails (RFC 5322), as newsletters and press offices send articles: each message becomes an article."""

from annotator.formats import mail_reading
from annotator.formats.format import Format

MAIL = Format(
    name="eml",
    label="E-mail message",
    patterns=("*.eml",),
    description="Saved e-mails: the text of the message, its subject as title, its day; without what is attached.",
    detect=mail_reading.detect,
    reads=mail_reading.read,
    texts_only=True,
)
