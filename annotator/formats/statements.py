"""The statement table that users of Discourse Network Analyzer know: who holds which concept, who refuses it."""

from annotator.formats import statements_writing
from annotator.formats.format import Format, never
from annotator.formats.loss import TEXT_AND_SPANS_ONLY, Loss, without

STATEMENTS = Format(
    name="statements",
    label="Statement table (Discourse Network Analyzer)",
    patterns=("*.statements.csv",),
    description="A row for each statement: person or organisation, concept, agreement, date, document and text.",
    verified_by=("pandas",),
    detect=never,
    writes=statements_writing.write,
    cannot_hold=(
        Loss.TEXTS,
        Loss.DISCONTINUOUS,
        *without(
            TEXT_AND_SPANS_ONLY,
            Loss.TITLES,
            Loss.OUTLETS,
            Loss.DATES,
            Loss.CODERS,
            Loss.GOLD,
            Loss.ATTRIBUTES,
            Loss.RELATIONS,
        ),
    ),
    loses=statements_writing.loses,
    may_lose=(Loss.NO_STATEMENTS, Loss.ATTRIBUTES, Loss.RELATIONS),
    write_settings=statements_writing.SETTINGS,
)
