"""Agreement between coders: each measure with its formula and source, over plain data.

    from annotator.agreement import Annotation, Document, Reading, agreement, by_name

    anna = Reading([Annotation("actor", ((0, 6),)), Annotation("figure", ((12, 22),))])
    ben = Reading([Annotation("actor", ((0, 6),)), Annotation("figure", ((12, 14),))])
    document = Document("Moscow sent 40 lorries.", {"Anna": anna, "Ben": ben})
    for result in agreement([document], [by_name("f1_exact"), by_name("alpha_token")]):
        print(result.measure, result.tag, result.value, result.interval, result.why)

Pure and on its own: it needs no project and no window. `MEASURES` lists all measures; docs/guide/agreement.md says in
plain words what each tells. Gamma needs the extra "agreement" (SciPy), the others the standard library alone.
"""

from .evaluate import agreement, agreement_of_items, agreement_of_labels
from .measure import Level, Measure
from .readings import Annotation, Continuum, Document, Link, Reading
from .registry import MEASURES, by_name
from .result import Interval, Result, Undefined

__all__ = [
    "MEASURES",
    "Annotation",
    "Continuum",
    "Document",
    "Interval",
    "Level",
    "Link",
    "Measure",
    "Reading",
    "Result",
    "Undefined",
    "agreement",
    "agreement_of_items",
    "agreement_of_labels",
    "by_name",
]
