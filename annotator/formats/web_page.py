"""Web pages (HTML): the article of each, without navigation, advertisements and comments."""

from annotator.formats import web_page_reading
from annotator.formats.format import Format

WEB_PAGE = Format(
    name="html",
    label="Web page (HTML)",
    patterns=("*.html", "*.htm", "*.xhtml"),
    description="Saved web pages: the article with its title, author, outlet, date and address.",
    detect=web_page_reading.detect,
    reads=web_page_reading.read,
    extra="html",
    needs=("trafilatura",),
    encoded=True,
    texts_only=True,
    read_settings=web_page_reading.SETTINGS,
)
