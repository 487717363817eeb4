"""`python -m benchmarks.coding_help`: what each help saves the hand, span by span.

A scripted coder (`scripted.py`) enters gold annotations in the real window by key and mouse events: with no help, with
each help alone, and with all together. The window's own log of timings counts them (`timing.py`). The proposers know
other articles only. The seed comes from the folder of `ANNOTATOR_SHARED`; a news article with about as many spans, the
people and organisations of GUM, from that of `ANNOTATOR_CORPORA`. What is missing is left out and said.
"""

import os
import shutil
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from annotator.formats.report import Report
from annotator.model.codebook_yaml import default_codebook
from annotator.model.records import DocumentRecord
from annotator.model.span import Span
from annotator.model.trim import trim
from annotator.operations.annotations import tag_span
from annotator.operations.coders import add_coder
from annotator.operations.import_records import import_records
from annotator.operations.learning import learn
from annotator.operations.naming_actors import name_actor
from annotator.operations.projects import create_project
from annotator.operations.proposal_settings import set_proposals
from annotator.operations.readings import set_state
from annotator.propose import PROPOSERS
from annotator.propose.learned import Learned, is_installed
from annotator.settings import Settings
from annotator.storage import queries
from annotator.storage.project import Project
from ui.app import open_window
from ui.article_view import words
from ui.proposals.learner import Learner
from ui.timing_log import timing_file

from .figures import corpora_folder
from .proposal_corpora import GoldArticle, coded_articles, gum
from .scripted import ScriptedCoder, Wanted, Ways
from .timing import Summary, read_log, summarise

RESULTS = Path(__file__).resolve().parent / "results" / "coding.md"
SIZE = (1366, 768)
GOAL = 0.60
_NEVER = 2**31 - 1  # milliseconds
_SEED_SPANS = 75  # of the other articles the one that comes nearest is taken
EVERY = tuple(each.name for each in PROPOSERS if each.needs != "spacy")
MOUSE, KEYS = "one hand on the keys, one on the mouse", "keys alone"


@dataclass(frozen=True)
class Help:
    """One row: what the coder may use, and which proposers are on."""

    told: str
    ways: Ways
    proposers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Row:
    """What came of it."""

    help: Help
    summary: Summary
    coder: ScriptedCoder


def helps(*, mouse: bool, tags: Sequence[str]) -> list[Help]:
    """The rows of a table; the first is plain one-key tagging."""
    found = [Help("none: select, tag key", Ways(mouse=mouse))]
    found += [
        Help(
            f"proposals: {each.label.lower()}",
            Ways(mouse=mouse, proposals=True, again=each.name == "before"),
            (each.name,),
        )
        for each in PROPOSERS
        if each.name in EVERY and (each.name != "learned" or is_installed())
    ]
    found += [
        Help("proposals: all of them", Ways(mouse=mouse, proposals=True, again=True), EVERY),
        Help("tag all the same (O)", Ways(mouse=mouse, same=True)),
        Help("keyboard selection (W)", Ways(mouse=mouse, wider=True)),
        Help("cues and search (Shift+N, Ctrl+F)", Ways(mouse=mouse, cues=True, find=True)),
    ]
    if mouse:
        found += [
            Help("clicks in a row, in place of a drag", Ways(clicks=True)),
            Help("a tag kept armed (K)", Ways(armed=tuple(tags))),
        ]
    together = Ways(mouse, clicks=mouse, wider=True, cues=True, find=True, same=True, proposals=True, again=True)
    few, names = ("before", "speech acts", "figures"), "statements, numbers and what was tagged before"
    if mouse:
        armed = Ways(**{**vars(together), "armed": tuple(tags)})
        found.append(Help("all together, all proposers", armed, EVERY))
        found.append(Help(f"all together, with {names}", armed, few))
        found.append(Help("the same, no tag kept armed", together, few))
    else:
        found.append(Help("all together, all proposers", together, EVERY))
        found.append(Help(f"all together, with {names}", together, few))
    return found


# ---- projects


def make_project(path: Path, article: GoldArticle, others: Sequence[GoldArticle]) -> None:
    """A project in which a coder has finished the other articles, with their actors named; the article comes last."""
    with create_project(path, title="Coding") as project:
        coder, _ = add_coder(project, "Gold")
        records = [
            DocumentRecord(text=each.text, title=each.name, language=each.language) for each in (*others, article)
        ]
        import_records(project, records, report=Report(), format_name="gold")
        for key, each in zip(queries.document_keys(project, None), others, strict=False):
            for tag, span in dict.fromkeys(each.gold):
                made = tag_span(project, key, coder, tag, [span]).current
                if tag == "actor" and made is not None:
                    name_actor(project, made, "name", each.text[span.start : span.end])
            set_state(project, key, coder, "done")


def open_copy(source: Path, path: Path, proposers: Sequence[str]) -> None:
    """A copy in which these proposers are on, with the coder at work and the last article at hand."""
    shutil.copy(source, path)
    with Project.open(path) as project:
        if proposers:
            set_proposals(project, True, proposers=proposers)
        coder = queries.coders(project)[0]
        last = queries.documents(project)[-1]
        Settings().set_place(project.meta("project"), {"coder": coder.id, "document": last.id, "caret": 0})


def reachable(article: GoldArticle) -> list[Wanted]:
    """What can be made by selecting words and pressing a tag key: gold that ends within a word cannot."""
    codebook = default_codebook()
    found = []
    for tag, span in dict.fromkeys(article.gold):
        kind = codebook.tag(tag)
        whole = words.snap(article.text, span)
        if kind and trim(article.text, whole, kind.trim, article.language).span == span:
            found.append((tag, Span(*span)))
    return found


def run(source: Path, folder: Path, help_: Help, wanted: Sequence[Wanted], learned: Learned | None = None) -> Row:
    """Open the window anew, let the coder work, and read the log."""
    path = folder / "copy.annotator"
    for old in folder.glob("copy.annotator*"):
        old.unlink()
    open_copy(source, path, help_.proposers)
    timing_file().unlink(missing_ok=True)
    Settings().set("timing", True)
    window = open_window(path)
    window.resize(*SIZE)
    window.activateWindow()
    window.desk.article.setFocus()
    QApplication.processEvents()
    coder = ScriptedCoder(window, list(wanted), help_.ways)
    if learned is not None:
        learner = window.findChild(Learner)
        assert learner is not None
        for timer in learner.findChildren(QTimer):
            timer.stop()
            timer.setInterval(_NEVER)  # it would learn just this, row by row
        window.desk.proposals.learn(learned)
    coder.settle()
    coder.work()
    window.close()
    window.deleteLater()
    QApplication.processEvents()
    with timing_file().open(encoding="utf-8") as file:
        summary = summarise(read_log(file))
    assert summary.spans == len(set(wanted)), (summary.spans, len(wanted))
    return Row(help_, summary, coder)


# ---- the page


def table(title: str, rows: Sequence[Row]) -> str:
    """Rows of one article and one way to work."""
    base = rows[0].summary
    lines = [f"### {title}\n"]
    lines.append(
        "| help | keys | pointer moves | together | of none | s per span | of none | proposals taken, mended, passed |"
    )
    lines.append("|---|--:|--:|--:|--:|--:|--:|---|")
    plain = base.hand_seconds(base.spans)
    for row in rows:
        each, coder = row.summary, row.coder
        seconds = each.hand_seconds(each.spans + coder.passed)
        share = each.keys_and_moves / base.keys_and_moves
        met = "**" if share <= GOAL else ""
        told = f"{coder.taken}, {coder.mended}, {coder.passed}" if row.help.proposers else ""
        lines.append(
            f"| {row.help.told} | {each.keys} | {each.moves} | {each.keys_and_moves} | {met}{share:.0%}{met} "
            f"| {seconds / each.spans:.2f} | {seconds / plain:.0%} | {told} |"
        )
    return "\n".join([*lines, ""])


def measure(article: GoldArticle, others: Sequence[GoldArticle], folder: Path) -> str:
    """All rows of an article, with a mouse and without."""
    source, wanted = folder / "source.annotator", reachable(article)
    source.unlink(missing_ok=True)
    make_project(source, article, others)
    with Project.open(source, read_only=True) as project:
        learned = learn(project, queries.coders(project)[0].key) if is_installed() else None
    lost = len(set(article.gold)) - len(wanted)
    told = f"{len(wanted)} spans in {len(article.text.split())} words; the proposers know {len(others)} other articles."
    told += f" {lost} more spans end within a word and are left out." if lost else ""
    tags = [tag for tag in dict.fromkeys(tag for tag, _ in wanted) if sum(tag == each for each, _ in wanted) > 5]
    parts = [f"## {article.name}\n", told + "\n"]
    for title, mouse in ((MOUSE, True), (KEYS, False)):
        rows = []
        for each in helps(mouse=mouse, tags=tags):
            rows.append(run(source, folder, each, wanted, learned if "learned" in each.proposers else None))
            last = rows[-1].summary
            print(f"{article.name}, {title}, {each.told}: {last.keys} + {last.moves}", file=sys.stderr, flush=True)
        parts.append(table(title[0].upper() + title[1:], rows))
    return "\n".join(parts)


_HEAD = """# Hand work per span

{about}

Per span the model counts 0.28 s for a key, 1.1 s for a move of the pointer, 0.1 s for a button down or up, 0.4 s for
each way of a hand between mouse and keys, 1.35 s to make up one's mind, once for each span and once for each proposal
that is wrong. “Together” are keys and pointer moves; “of none” compares with plain one-key tagging in the first row of
the same table. The goal is {goal:.0%} of it for the seed (bold where it is met). Reading, and scrolling while one
reads, is not counted. A coder who answers every proposal pays one key for each that is wrong: proposals that are more
often wrong than right cost more than they save, and the table says so. The rules for statements and numbers were made
while looking at the seed and the sample; other articles fare worse. In the last rows only those proposers are on that
save something on the seed. With a tag kept armed the article is first gone through for that tag alone, where a click
takes what is proposed for it, then for the other proposals, each of which is answered, then for the rest.
"""


def main() -> int:
    """Print the page and write it to the results."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as home:
        os.environ["HOME"] = home
        for name in ("CONFIG", "DATA", "STATE", "CACHE"):
            os.environ[f"XDG_{name}_HOME"] = f"{home}/{name.lower()}"
        _application = QApplication.instance() or QApplication([])
        about = __doc__.partition("\n\n")[2].replace("\n", " ").strip()
        parts = [_HEAD.format(about=about, goal=GOAL)]
        folder = Path(home)
        ours = coded_articles()
        seed = next((each for each in ours if each.name == "seed"), None)
        if seed is not None:
            parts.append(measure(seed, [each for each in ours if each is not seed], folder))
        else:
            parts.append("Not measured: the seed is not there.\n")
        corpus = gum(corpora_folder(), named=False)
        if corpus:
            alike = min(corpus, key=lambda each: (abs(len(each.gold) - _SEED_SPANS), each.name))
            parts.append(measure(alike, [each for each in corpus if each is not alike], folder))
        else:
            parts.append("Not measured: an article that is not the seed, for the corpus GUM is not there.\n")
    page = "\n".join(parts)
    print(page)
    RESULTS.write_text(page, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
