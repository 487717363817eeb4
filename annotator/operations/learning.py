"""Learning from what was coded: models for each tag, and which articles would teach them most."""

from dataclasses import dataclass

from annotator.operations.learned_models import Kept, keep, kept_models, path_of, source_of
from annotator.operations.progress import Progress, silent
from annotator.operations.proposing import coded
from annotator.propose.learned import Learned, is_installed, train
from annotator.storage import queries
from annotator.storage.project import Project

_LOOKED_AT = 500  # articles that are weighed against each other: each takes some hundredths of a second


@dataclass(frozen=True)
class Teaching:
    """An article that nobody has coded yet, and how much it would teach."""

    document: int
    title: str
    worth: float


def learn(project: Project, coder: int | None, *, progress: Progress = silent) -> Learned:
    """Train models on the coder's own readings that are done; where these are as the last time, with what was kept.

    Takes seconds: ask beside the window's own thread. Raises AnnotatorError where the extra `learn` is not installed;
    what `progress` raises ends it.
    """
    version = queries.codebook_version(project)
    tags = [tag.id for tag in version[1].active_tags] if version else []
    read = coded(project, coder)
    path, source = path_of(project, coder), source_of(read, tags)
    kept = kept_models(path) if is_installed() else None
    if kept is not None and kept.source == source:
        return kept.learned
    learned = train(read, tags, progress)
    keep(path, Kept(learned, source))
    return learned


def most_teaching(
    project: Project, coder: int | None, learned: Learned, *, limit: int = 10, progress: Progress = silent
) -> list[Teaching]:
    """The articles still to be coded that would teach the models most, the first of the list of those alike.

    For choosing what to code next; never for the order of a reliability sample, which it would bias.
    """
    waiting = queries.document_keys(project, coder, show="to do")[:_LOOKED_AT]
    found = []
    for done, key in enumerate(waiting, 1):
        about = queries.document(project, key)
        if about is not None:
            found.append(
                Teaching(key, about.title, round(learned.teaches(queries.text_of(project, key), about.language), 3))
            )
        progress(done, len(waiting))
    return sorted(found, key=lambda each: -each.worth)[:limit]
