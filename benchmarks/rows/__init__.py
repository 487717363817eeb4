"""All rows, in the order of the table. Adding one is a module and a line here."""

from ..bench import Row
from . import (
    agreement,
    cold_start,
    export_formats,
    export_jsonl,
    gamma,
    hit_test,
    import_texts,
    large_project,
    merge,
    open_document,
    paragraph,
    review_list,
    scroll,
    search,
    tag,
    tag_operation,
    tag_while_importing,
)

ROWS: tuple[Row, ...] = (
    open_document.ROW,
    tag.ROW,
    tag_operation.ROW,
    scroll.ROW,
    hit_test.ROW,
    paragraph.ROW,
    import_texts.ROW,
    tag_while_importing.ROW,
    large_project.ROW,
    search.ROW,
    export_jsonl.ROW,
    export_formats.ROW,
    merge.ROW,
    review_list.ROW,
    agreement.ROW,
    gamma.ROW,
    cold_start.ROW,
)
