"""What the files of a merge hold that the project does not know, and that a person may have to settle."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from annotator.model.codebook_diff import diff
from annotator.model.codebook_union import key_clashes
from annotator.model.names import key_of
from annotator.operations.merge_preview import CodebookNews, Conflict, Unknown
from annotator.operations.merge_sources import Source
from annotator.operations.words import counted
from annotator.storage import entity_queries, merge_queries, queries, version_queries
from annotator.storage.project import Project
from annotator.storage.version_queries import Version


@dataclass
class Unknowns:
    """Coders, actors and codebooks of the files that the project does not know; looked for before anything comes in."""

    project: Project
    people: list[Unknown] = field(default_factory=list)
    entities: list[Unknown] = field(default_factory=list)
    codebooks: list[CodebookNews] = field(default_factory=list)

    @classmethod
    def of(cls, project: Project, sources: Sequence[Source]) -> "Unknowns":
        """Look through the files."""
        found = cls(project)
        current = version_queries.versions(project)
        for source in sources:
            found._look_for_people(source)
            found._look_for_entities(source)
            if current:
                found._look_for_codebooks(source, current)
        return found

    def _look_for_people(self, source: Source) -> None:
        known = set(merge_queries.ids(self.project, "coder")) | {each.id for each in self.people}
        ours = queries.coders(self.project)
        for each in queries.coders(source.project):
            if each.id not in known:
                alike = tuple((own.id, own.name) for own in ours if key_of(own.name) == key_of(each.name))
                self.people.append(Unknown(each.id, each.name, source.name, alike))

    def _look_for_entities(self, source: Source) -> None:
        ours = entity_queries.registry(self.project)
        there = entity_queries.registry(source.project)
        seen = {each.id for each in self.entities}
        for entity in there.mains:
            if entity.id in ours.by_id or entity.id in seen:
                continue
            for name in there.names(entity):
                same = ours.exact(name)
                if same:
                    by = "name" if key_of(name) == key_of(entity.name) == key_of(same[0].name) else "alias"
                    pairs = tuple((each.id, each.name) for each in same)
                    self.entities.append(Unknown(entity.id, entity.name, source.name, pairs, by))
                    break

    def _look_for_codebooks(self, source: Source, current: Sequence[Version]) -> None:
        known = set(merge_queries.ids(self.project, "codebook"))
        there = version_queries.versions(source.project)
        new = [each for each in there if each.id not in known]
        if not new:
            return
        ours, theirs = current[-1], new[-1]
        self.codebooks.append(
            CodebookNews(
                source.name,
                theirs.version,
                tuple(diff(ours.codebook, theirs.codebook)),
                tuple(key_clashes(ours.codebook, theirs.codebook)),
                apart=not _goes_on_from(ours.id, theirs, there),
            )
        )

    def conflicts(self) -> list[Conflict]:
        """What of it a person should look at."""
        found = [
            Conflict("coder", each.file, f"its {each.name} is not the {own[1]} of this project, unless you say so")
            for each in self.people
            for own in each.ours[:1]
        ]
        for news in self.codebooks:
            if news.apart:
                keys = f"; {', '.join(news.clashes)}" if news.clashes else ""
                many = counted(len(news.changes), "difference")
                said = f"its codebook {news.version} went another way, with {many}; the later one goes on{keys}"
                found.append(Conflict("codebook", news.file, said))
        return found


def _goes_on_from(ours: str, theirs: Version, versions: Sequence[Version]) -> bool:
    by_id = {each.id: each for each in versions}
    at: Version | None = theirs
    while at is not None and at.id != ours:
        at = by_id.get(at.parent or "")
    return at is not None
