"""Deciding a place: each function is what one key of a reviewer does, and one undoable step.

The agreed version (gold) holds what was decided; the coders' readings stay as they are. A decision keeps who, when,
why, and what it stood between; when one of those readings changes, the place is open again.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from annotator.errors import AnnotatorError
from annotator.model.changes import Changes
from annotator.model.span import normalised, quote
from annotator.operations.gold_writing import GoldWriter, Wanted
from annotator.operations.reviewing import Case, sameness
from annotator.operations.values import as_json
from annotator.operations.words import counted, shown
from annotator.review.decisions import BOTH, DECIDED, EDITED, MEETING, NEITHER, TAKE, Decision, alike, between, majority
from annotator.review.readings import Mark, Sameness
from annotator.storage import queries, review_queries
from annotator.storage.ids import derived_id
from annotator.storage.project import Project
from annotator.storage.step import Step

_LONGEST = 2_000  # characters of a reason or a note


@dataclass(frozen=True)
class Why:
    """Why a place was decided so: a reason from the project's list or in own words, and the rule (id) at stake."""

    reason: str = ""
    rule: str = ""


NO_REASON = Why()


@dataclass(frozen=True)
class _Verdict:
    """What is written for a place."""

    choice: str
    wanted: tuple[Wanted, ...] = ()
    took: tuple[str, ...] = ()
    defensible: tuple[str, ...] = ()
    basis: str = ""
    note: str = ""


def take_reading(
    project: Project,
    case: Case,
    number: int,
    reviewer: int,
    *,
    why: Why = NO_REASON,
    others_defensible: bool = False,
    basis: str = "",
) -> Changes:
    """Take what the reading with this number, from 1, has at the place, be it nothing.

    `others_defensible` notes that the other readings could be defended too; `basis` is the rule that proposed it.
    """
    verdict = replace(_taken(case, number, others_defensible), basis=basis)
    return _decide(project, [(case, verdict)], reviewer, why)


def take_both(project: Project, case: Case, reviewer: int, *, why: Why = NO_REASON) -> Changes:
    """Take what every reading has at the place; what all have alike comes in once."""
    return _decide(project, [(case, _both(case))], reviewer, why)


def take_neither(project: Project, case: Case, reviewer: int, *, why: Why = NO_REASON) -> Changes:
    """Decide that nothing is to be tagged here."""
    return _decide(project, [(case, _Verdict(NEITHER))], reviewer, why)


def take_edited(
    project: Project,
    case: Case,
    tag: str,
    spans: Iterable[Sequence[int]],
    reviewer: int,
    *,
    base: Mark | None = None,
    why: Why = NO_REASON,
) -> Changes:
    """Take what the reviewer made of it: this tag on these spans (code points, end exclusive).

    Values and links are those of `base`, one of the marks of the place. Raises AnnotatorError for an unknown tag or a
    span that does not lie in the text.
    """
    version = queries.codebook_version(project)
    if version is None or version[1].tag(tag) is None:
        raise AnnotatorError(f"The codebook of this project has no tag “{tag}”.")
    text = queries.text_of(project, case.document)
    pieces = normalised(spans, len(text))
    wanted = Wanted(tag, pieces, quote(text, pieces))
    if base is not None:
        kept = base.attributes if base.tag == tag else "{}"
        wanted = replace(wanted, attributes=kept, source=base.id, speaks_for=(base.id,))
    wanted = replace(wanted, answers_for=tuple(mark.id for mark in case.place.marks))
    return _decide(project, [(case, _Verdict(EDITED, (wanted,)))], reviewer, why)


def take_majority(project: Project, case: Case, reviewer: int, *, why: Why = NO_REASON) -> Changes:
    """Take what more than half of the readings have; the rule is written into the decision.

    Raises AnnotatorError where there is no majority, or fewer than three readings.
    """
    return _decide(project, [(case, _by_majority(case))], reviewer, why)


def leave_for_meeting(project: Project, case: Case, reviewer: int, *, note: str = "", why: Why = NO_REASON) -> Changes:
    """Leave a place open, for all to talk about. What was decided there before is taken out of the agreed version."""
    return _decide(project, [(case, _Verdict(MEETING, note=_line(note)))], reviewer, why)


def give_reason(project: Project, case: Case, reviewer: int, why: Why) -> Changes:
    """Write or change why a place was decided as it is."""
    decision = case.decision
    if decision is None:
        raise AnnotatorError("Decide the place first: a reason belongs to a decision.")
    label = f"Reason for {shown(case.place.quote)}: {_line(why.reason) or 'none'}"
    with project.step(label, coder=reviewer, document=case.document) as step:
        content = replace(decision, rule=why.rule).content()
        changed = step.update("decision", decision.key, {"reason": _line(why.reason), "content": as_json(content)})
    if not changed:
        return Changes("The reason is as it was", history=False, undoable=False)
    return Changes(label, documents=frozenset({case.document}), document=case.document)


# ---- the same decision elsewhere


def like_this(case: Case, cases: Iterable[Case]) -> list[Case]:
    """Those of these places that wait for a decision and hold the same words under the same tags; `case` left out."""
    told = alike(case.place)
    return [
        each
        for each in cases
        if each.waits and each.place.id != case.place.id and each.settles_golds == case.settles_golds
        and alike(each.place) == told
    ]  # fmt: skip


def decide_alike(project: Project, case: Case, others: Sequence[Case], reviewer: int) -> Changes:
    """Decide other places as `case` is decided: what was taken there is taken here, whoever made it. One step.

    Show `like_this` first: these are the places it is for. Raises AnnotatorError where the place has no decision that
    can be repeated (an edited span belongs to its text).
    """
    decision = case.decision
    if case.state != DECIDED or decision is None:
        raise AnnotatorError("Decide this place first; then the same can be done elsewhere.")
    if decision.choice == EDITED:
        raise AnnotatorError("What was edited belongs to this place alone: it cannot be repeated elsewhere.")
    verdicts = [(each, _repeated(case, decision, each)) for each in others]
    return _decide(project, verdicts, reviewer, Why(decision.reason, decision.rule))


def _repeated(case: Case, decision: Decision, other: Case) -> _Verdict:
    if decision.choice == NEITHER:
        return _Verdict(NEITHER)
    if decision.choice == BOTH:
        return _both(other)
    if decision.choice == MEETING:
        return _Verdict(MEETING, note=decision.note)
    taken = [n for n, reader in enumerate(case.readers) if reader.id in decision.took]
    told = {(mark.tag, mark.quote) for number in taken for mark in case.place.of_reading(number)}
    for number in range(len(other.readers)):
        if {(mark.tag, mark.quote) for mark in other.place.of_reading(number)} == told:
            return replace(_taken(other, number + 1, bool(decision.defensible)), basis="as at a place like it")
    raise AnnotatorError(f"At {shown(other.place.quote)} no reading says what was taken here.")


# ---- verdicts


def _taken(case: Case, number: int, others_defensible: bool) -> _Verdict:
    if not 1 <= number <= len(case.readers):
        raise AnnotatorError(f"There is no reading {number} here; there are {len(case.readers)}.")
    marks = [(mark, unit) for unit in case.place.units if (mark := unit.marks[number - 1]) is not None]
    wanted = tuple(Wanted.copy_of(mark, unit=unit) for mark, unit in marks)
    others = tuple(reader.id for each, reader in enumerate(case.readers, 1) if each != number)
    defensible = others if others_defensible else ()
    return _Verdict(TAKE, wanted, (case.readers[number - 1].id,), defensible)


def _both(case: Case) -> _Verdict:
    wanted: dict[object, Wanted] = {}
    for unit in case.place.units:
        for mark in unit.there:
            wanted.setdefault((mark.tag, mark.spans), Wanted.copy_of(mark, unit=unit))
    took = tuple(reader.id for number, reader in enumerate(case.readers) if case.place.of_reading(number))
    return _Verdict(BOTH, tuple(wanted.values()), took)


def _by_majority(case: Case) -> _Verdict:
    found = majority(case.place)
    if found is None:
        raise AnnotatorError("No majority here: choose a reading by its number.")
    marks, basis = found
    units = zip(marks, case.place.units, strict=True)
    wanted = tuple(Wanted.copy_of(*each, unit=unit) for each, unit in units if each)
    ids = {mark.id for each in marks for mark in each}
    took = tuple(
        reader.id
        for number, reader in enumerate(case.readers)
        if any(mark.id in ids for mark in case.place.of_reading(number))
    )
    return _Verdict(TAKE, wanted, took, basis=basis)


# ---- writing


def _decide(project: Project, verdicts: Sequence[tuple[Case, _Verdict]], reviewer: int, why: Why) -> Changes:
    if not verdicts:
        return Changes("No place like this one waits", history=False, undoable=False)
    documents = sorted({case.document for case, _ in verdicts})
    single = documents[0] if len(documents) == 1 else None
    first = verdicts[0]
    label = _said(*first) if len(verdicts) == 1 else f"The same decision for {counted(len(verdicts), 'place')}"
    with project.step(label, coder=reviewer, document=single, documents=len(documents)) as step:
        same = sameness(project)
        readings: set[int] = set()
        for document in documents:
            writer = GoldWriter(step, document, reviewer)
            readings.add(writer.reading)
            for case, verdict in verdicts:
                if case.document == document:
                    _write(step, writer, case, verdict, reviewer, why, same)
    return Changes(label, documents=frozenset(documents), readings=frozenset(readings), document=single)


def _write(
    step: Step, writer: GoldWriter, case: Case, verdict: _Verdict, reviewer: int, why: Why, same: Sameness
) -> None:
    _refuse_if_changed(step, case, same)
    ids = [mark.id for mark in case.place.marks]
    earlier = writer.decisions.touching(ids)
    old = [
        *writer.copies_of(ids),
        *(own for decision in earlier for own in decision.gold),
        *(mark.id for mark in case.gold),
        *(mark.id for mark in case.place.marks if mark.reading == writer.reading),
    ]
    gold = writer.settle(dict.fromkeys(old), verdict.wanted)
    person = queries.coder(step.project, reviewer)
    about = queries.document(step.project, case.document)
    if person is None or about is None:
        raise AnnotatorError("The reviewer or the article is not in the project any more.")
    own = derived_id("decision", about.id, person.id, *sorted(ids))
    decision = Decision(
        key=0,
        id=own,
        document=case.document,
        reviewer=reviewer,
        choice=verdict.choice,
        rule=why.rule,
        basis=verdict.basis,
        note=verdict.note,
        at=datetime.now(UTC).isoformat(timespec="seconds"),
        readers=frozenset(reader.id for reader in case.readers),
        took=verdict.took,
        defensible=verdict.defensible,
        between=between(case.place, case.readers, same),
        gold=gold,
    )
    start, end = case.place.outer
    writer.write_decision(
        own,
        {
            "document": case.document,
            "reviewer": reviewer,
            "place": f"{start}-{end}",
            "kind": case.place.kind,
            "choice": verdict.choice,
            "reason": _line(why.reason),
            "content": as_json(decision.content()),
        },
    )
    for each in earlier:
        if each.reviewer == reviewer and each.id != own:
            step.delete("decision", each.key)


def _refuse_if_changed(step: Step, case: Case, same: Sameness) -> None:
    now = review_queries.marks_by_key(step.project, [mark.key for mark in case.place.marks])
    for mark in case.place.marks:
        there = now.get(mark.key)
        if there is None or same.state(there) != same.state(mark):
            raise AnnotatorError(f"{shown(mark.quote)} was changed meanwhile: look at the place again.")


def _said(case: Case, verdict: _Verdict) -> str:
    quoted = shown(case.place.quote)
    if verdict.choice == NEITHER:
        return f"Nothing is tagged at {quoted}"
    if verdict.choice == MEETING:
        return f"For the meeting: {quoted}"
    if verdict.choice == BOTH:
        return f"Took {'both' if len(case.readers) == 2 else 'all'} for {quoted}"
    if verdict.choice == EDITED:
        return f"Took an edited span for {quoted}"
    if verdict.basis:
        return f"Took what the rule proposes for {quoted} ({verdict.basis})"
    number = next(n for n, reader in enumerate(case.readers, 1) if reader.id == verdict.took[0])
    return f"Took reading {number} for {quoted}"


def _line(text: str) -> str:
    line = " ".join(text.split())
    if len(line) > _LONGEST:
        raise AnnotatorError(f"A reason or note may have at most {_LONGEST:,} characters.")
    return line
