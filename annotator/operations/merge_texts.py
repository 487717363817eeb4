"""Articles whose text was replaced in one of the files of a merge: what stands on another text goes along.

The article gets the text of its latest form. Annotations of the files that still have another one are carried over as
they are when a text is replaced: by their words and their place. What does not fit does not come in; if it is here,
it is deleted. All of it is told, and undoing the merge brings back what was here.
"""

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from annotator.model.span import Span, quote
from annotator.operations.incoming import span_columns
from annotator.operations.merge_preview import Conflict
from annotator.operations.merge_sources import Source, rule_for
from annotator.operations.replacing import Replacement, carried_to, first_done_carried
from annotator.operations.words import counted, shown
from annotator.storage import carrying_queries, merge_queries, queries
from annotator.storage.batch import Batch
from annotator.storage.merge import NEWER, Carry, Coming, Values, is_newer
from annotator.storage.merge_queries import Text
from annotator.storage.project import Project

CARRIED = "replaced text"  # the kind of what a person should look at


class _Final(NamedTuple):
    """The text that an article will have: in which file it lies, and where there."""

    holder: Project
    text: Text


@dataclass
class Texts:
    """The articles of which the files of a merge have different texts, by id."""

    project: Project
    finals: Mapping[str, _Final]
    ours: Mapping[str, Text]
    moved: Counter[str] = field(default_factory=Counter)  # article → annotations that go along
    gone: Counter[str] = field(default_factory=Counter)  # article → annotations of ours that do not fit

    @classmethod
    def of(cls, project: Project, sources: Sequence[Source]) -> "Texts":
        """Look at the hashes of all files."""
        ours = merge_queries.texts(project)
        finals = {own: _Final(project, text) for own, text in ours.items()}
        differ: set[str] = set()
        for source in sources:
            rule = rule_for(project, source)
            for own, theirs in merge_queries.texts(source.project).items():
                known = finals.setdefault(own, _Final(source.project, theirs))
                if known.text.sha256 != theirs.sha256:
                    differ.add(own)
                    stays = rule(Coming("document", NEWER, {"key": theirs.key, "id": own})) is not None
                    if not stays and is_newer(theirs.stamp, known.text.stamp):
                        finals[own] = _Final(source.project, theirs)
        return cls(project, {own: finals[own] for own in differ}, ours)

    def carrier(self, source: Source) -> Carry | None:
        """What carries the rows of a file over; None if it has no other text than there will be."""
        theirs = merge_queries.texts(source.project)
        others = {
            own for own, final in self.finals.items() if own in theirs and theirs[own].sha256 != final.text.sha256
        }
        if not others:
            return None
        places = merge_queries.places(source.project)

        @cache
        def replaced(own: str) -> Replacement:
            return self._replaced(own, source.project, theirs[own])

        def carry(coming: Coming) -> Values | None:
            own = places[coming.values["reading"]].document if coming.values["reading"] in places else ""
            if own not in others:
                return coming.values
            done = replaced(own)
            if coming.table == "first_done":
                return {**coming.values, "content": first_done_carried(done, coming.values["content"])}
            columns = _carried(done, coming.values["spans"])
            self.moved[own] += columns is not None and not coming.values["deleted"]
            return {**coming.values, **columns} if columns else coming.values if coming.values["deleted"] else None

        return carry

    def carry_ours(self, batch: Batch | None, is_planned: Callable[[int, str], bool]) -> None:
        """Carry over what stands here on a text that goes; `is_planned` says which annotations come anew anyway."""
        for own, final in self.finals.items():
            here = self.ours.get(own)
            if here is None or here.sha256 == final.text.sha256:
                continue
            done = self._replaced(own, self.project, here)
            for row in carrying_queries.annotations_on_text(self.project, here.key):
                if is_planned(row.key, row.id):
                    continue
                columns = _carried(done, row.spans)
                (self.gone if columns is None else self.moved)[own] += not row.deleted
                if batch is not None and (columns or not row.deleted):
                    batch.update_later("annotation", row.key, columns or {"deleted": 1})
            for key, content in carrying_queries.first_done_on_text(self.project, here.key) if batch else ():
                assert batch is not None
                if batch.planned_stamp("first_done", key) is None:
                    batch.update_later("first_done", key, {"content": first_done_carried(done, content)})

    def conflicts(self) -> list[Conflict]:
        """What of it a person should look at."""
        found = []
        for own, final in self.finals.items():
            here = self.ours.get(own)
            title = shown(final.text.title or own[:12])
            said = "its text was replaced here" if here == final.text else "its text is replaced by a later one"
            said += f"; {counted(self.moved[own], 'annotation goes', 'annotations go')} along by the words"
            if self.gone[own]:
                said += f", {counted(self.gone[own], 'does not fit and is', 'do not fit and are')} deleted here"
            found.append(Conflict(CARRIED, title, said))
        return found

    def _replaced(self, own: str, holder: Project, text: Text) -> Replacement:
        final = self.finals[own]
        return Replacement(queries.text_of(holder, text.key), queries.text_of(final.holder, final.text.key), ())


def _carried(done: Replacement, spans: str) -> Values | None:
    """The columns of a place in the new text; None if it does not fit."""
    to = carried_to(done, [Span(start, end) for start, end in json.loads(spans)])
    return span_columns(to, quote(done.text, to)) if to else None
