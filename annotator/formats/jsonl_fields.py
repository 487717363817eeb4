"""The names in the product's own JSON Lines format; `docs/jsonl.md` says what they mean."""

FORMAT = "annotator"
PROJECT_FORMAT = "annotator-project"
VERSION = 1
OFFSET_UNIT = "codepoint"

DOCUMENT = frozenset(
    {
        "format",
        "version",
        "offset_unit",
        "id",
        "sha256",
        "text",
        "title",
        "outlet",
        "date",
        "url",
        "language",
        "rights",
        "source_name",
        "readings",
        "annotations",
        "relations",
    }
)
READING = frozenset({"coder", "kind", "state", "codebook_version"})
ANNOTATION = frozenset(
    {"id", "source_id", "coder", "kind", "tag", "spans", "text", "attributes", "note", "flags"},
)
RELATION = frozenset({"id", "source_id", "type", "source", "target", "attributes", "note"})
