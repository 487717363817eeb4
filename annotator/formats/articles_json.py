"""Articles as JSON, as crawlers and archives give them: an object for each, in JSON Lines, a list, or by itself."""

from annotator.formats import articles_json_reading
from annotator.formats.format import Format

ARTICLES_JSON = Format(
    name="articles-json",
    label="Articles in JSON",
    patterns=("*.jsonl", "*.ndjson", "*.json"),
    description="One article an object, the text under body, content, maintext or the like; no annotations.",
    detect=articles_json_reading.detect,
    reads=articles_json_reading.read,
    columns=articles_json_reading.columns,
    texts_only=True,
    read_settings=articles_json_reading.SETTINGS,
)
