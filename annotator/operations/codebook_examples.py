"""A real span as an example in the codebook."""

from dataclasses import replace

from annotator.errors import AnnotatorError
from annotator.model.changes import Changes
from annotator.model.codebook import Example
from annotator.model.codebook_diff import next_version
from annotator.model.codebook_edit import PINNED, with_example
from annotator.operations.codebook_versions import current_version, update_codebook
from annotator.operations.words import shown
from annotator.storage import queries
from annotator.storage.project import Project


def example_of(project: Project, annotation: int) -> tuple[str, Example]:
    """The tag of an annotation, and its words as an example that knows the document it was taken from.

    Raises AnnotatorError if the annotation is gone.
    """
    found, place = queries.annotation(project, annotation), queries.place_of(project, annotation)
    document = queries.document(project, place[0]) if place else None
    if found is None or document is None:
        raise AnnotatorError("The annotation is not there any more.")
    return found.tag, Example(" ".join(found.quote.split()), extra={PINNED: document.id})


def use_as_example(project: Project, annotation: int, *, coder: int | None = None) -> Changes:
    """Put the words of an annotation among the passages that are tagged so: a new version of the codebook.

    Raises AnnotatorError if the annotation is gone, or its tag is not in the codebook.
    """
    tag_id, example = example_of(project, annotation)
    codebook = current_version(project).codebook
    tag = codebook.tag(tag_id)
    if tag is None:
        raise AnnotatorError(f"The codebook of this project has no tag “{tag_id}”.")
    if any(each.text == example.text for each in tag.positive):
        said = f"{shown(example.text)} is an example of {tag_id} already"
        return Changes(said, history=False, undoable=False)
    new = replace(with_example(codebook, tag_id, example), version=next_version(codebook.version))
    label = f"Example of {tag_id}: {shown(example.text)}"
    return update_codebook(project, new, label=label, coder=coder)
