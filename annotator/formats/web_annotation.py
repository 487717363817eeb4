"""W3C Web Annotation (https://www.w3.org/TR/annotation-model/): texts, and beside each a page of annotations."""

from annotator.formats import web_annotation_reading, web_annotation_writing
from annotator.formats.format import Format
from annotator.formats.loss import Loss

WEB_ANNOTATION = Format(
    name="web-annotation",
    label="W3C Web Annotation",
    patterns=("*.jsonld",),
    description="A folder of texts, each with a JSON-LD page of annotations that find their words by place and quote.",
    detect=web_annotation_reading.detect,
    reads=web_annotation_reading.read,
    writes=web_annotation_writing.write,
    folder=True,
    verified_by=("pyld", "jsonschema"),
    cannot_hold=(
        Loss.APPEARANCES, Loss.ASSIGNMENTS, Loss.EARLIER_TEXTS, Loss.EMPTY_READINGS, Loss.STATES, Loss.VERSIONS,
        Loss.FIRST_DONE, Loss.SOURCES, Loss.ORIGINS, Loss.OTHER_FIELDS, Loss.CODEBOOK, Loss.ENTITIES, Loss.DECISIONS,
        Loss.HISTORY,
    ),
)  # fmt: skip
