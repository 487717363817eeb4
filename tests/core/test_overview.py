"""The overview: the same numbers in its tables, in the report and on the command line, and what coders may not see."""

import csv
import io
import json
from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import CliRunner

from annotator.cli import cli
from annotator.errors import AnnotatorError
from annotator.operations.agreement_details import NONE
from annotator.operations.agreement_paper import number
from annotator.operations.agreement_readings import Which
from annotator.operations.annotations import delete_annotations
from annotator.operations.assigning import draw_sample
from annotator.operations.coders import add_coder
from annotator.operations.overview import overview, sample_documents
from annotator.operations.overview_report import report_html
from annotator.operations.overview_settings import show_speed
from annotator.operations.overview_tables import Table, all_tables
from annotator.operations.progress import Cancelled
from annotator.operations.readings import set_state
from annotator.operations.rounds import return_reading
from annotator.operations.sharing import share
from annotator.operations.training import is_training, scores, set_training
from annotator.storage import queries
from annotator.storage.project import Project
from tests.core.review_tools import annotation, article, coder, project_of, seed_project

TEXT = "Moscow sent 40 lorries to Kyiv, and Kyiv said no. "


class Cells(HTMLParser):
    """The cells of all tables of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._open = False

    def handle_starttag(self, tag, attrs):
        self._open = tag in ("td", "th")
        if self._open:
            self.found.append("")

    def handle_endtag(self, tag):
        self._open = self._open and tag not in ("td", "th")

    def handle_data(self, data):
        if self._open:
            self.found[-1] += data


@pytest.fixture
def seed(tmp_path: Path, shared: Path):
    with seed_project(tmp_path / "seed.annotator", shared) as project:
        yield project


def table(found, own) -> Table:
    return next(each for each in all_tables(found) if each.id == own)


def test_confusion_of_the_seed_is_that_of_the_review(seed: Project) -> None:
    """On the seed review finds 34 agreed and 22 boundary, 1 + 1 of another tag, 17 of Ada alone and 6 of Ben alone."""
    found = overview(seed)
    confused = found.confusion
    assert sum(confused.number(tag, tag) for tag in confused.tags) == 34 + 22
    assert sum(confused.number(tag, NONE) for tag in confused.tags) == 17
    assert sum(confused.number(NONE, tag) for tag in confused.tags) == 6
    others = {(a, b): confused.number(a, b) for a in confused.tags for b in confused.tags if a != b}
    assert {pair: n for pair, n in others.items() if n} == {("claim", "demand"): 1, ("claim", "threat"): 1}
    (behind,) = confused.meetings("claim", "demand")
    text = queries.text_of(seed, behind.document)
    assert (behind.first, behind.second) == (behind.second, behind.first), "both marked the same words"
    assert " ".join(text[slice(*behind.outer)].split()).startswith(behind.quote)
    assert behind.coders == ("Ada", "Ben")


def test_tables_report_and_command_say_the_same(seed: Project) -> None:
    found = overview(seed)
    told = json.loads(CliRunner().invoke(cli, ["agreement", str(seed.path), "--json"]).stdout)
    assert [(each["measure"], each["tag"], each["value"]) for each in told] == [
        (each.measure, each.tag, each.value) for each in found.results
    ]
    page = Cells()
    page.feed(report_html(found))
    for each in all_tables(found):
        for row in each.rows:
            for cell in row:
                assert (f"{cell:,}" if isinstance(cell, int) else cell) in page.found
    assert "Geneva talks" in page.found
    rows = {row[1]: row[2] for row in table(found, "measures").rows if row[0] == "F1, exact"}
    assert rows == {
        "all": ".489",
        "Actor": ".652",
        "Claim": ".296",
        "Threat": ".000",
        "Demand": ".000",
        "Figure": ".182",
    }


def test_tables_are_copied_with_tabs_and_saved_as_csv_without_formulas(tmp_path: Path) -> None:
    listed = [annotation(name, "actor", 0, 6) for name in ("=cmd()", "Ben")]
    with project_of(tmp_path / "p.annotator", [article(TEXT, listed, title="-1+2")]) as project:
        found = overview(project)
    rates = table(found, "rates")
    assert rates.text.splitlines()[1].split("\t")[0] == "=cmd()"
    saved = list(csv.reader(io.StringIO(rates.csv)))
    assert saved[1][0] == "'=cmd()"
    assert list(csv.reader(io.StringIO(table(found, "heat").csv)))[1][0] == "'-1+2"


def test_what_a_name_holds_is_no_markup_in_the_report(tmp_path: Path) -> None:
    listed = [annotation(name, "actor", 0, 6) for name in ("<img src=x>", "Ben")]
    with project_of(tmp_path / "p.annotator", [article(TEXT, listed, title="<script>")]) as project:
        page = report_html(overview(project))
    assert "<img" not in page
    assert "<script" not in page


def test_weeks_count_when_an_article_was_first_done_and_rates_count_words(tmp_path: Path) -> None:
    listed = [annotation("Anna", "actor", 0, 6), annotation("Anna", "figure", 12, 22), annotation("Ben", "actor", 0, 6)]
    with project_of(tmp_path / "p.annotator", [article(TEXT, listed)]) as project:
        found = overview(project)
        (week,) = found.info.weeks
        assert found.info.weeks[week] == {"Anna": 1, "Ben": 1}
        anna, ben = found.coders
        words = queries.document(project, 1).words
        assert anna.rates["actor"] == pytest.approx(1000 / words)
        assert anna.rates["figure"] == pytest.approx(1000 / words)
        assert ben.rates["figure"] == 0
        assert found.info.review["ready for review"] == 1


def test_nobodys_speed_is_counted_unless_the_project_says_so(tmp_path: Path) -> None:
    with project_of(tmp_path / "p.annotator", [article(TEXT, [annotation("Anna", "actor", 0, 6)])]) as project:
        found = overview(project)
        assert not found.speeds
        assert all(each.hourly is None and each.daily is None for each in found.coders)
        assert "speeds" not in [each.id for each in all_tables(found)]
        show_speed(project, True)
        found = overview(project)
        assert found.coders[0].daily == 1
        assert "speeds" in [each.id for each in all_tables(found)]


def test_whoever_codes_learns_nothing_of_the_sample(tmp_path: Path) -> None:
    listed = [annotation("Anna", "actor", 0, 6), annotation("Ben", "actor", 0, 6)]
    with project_of(tmp_path / "p.annotator", [article(TEXT, listed), article("More. " + TEXT, [])]) as project:
        lead = add_coder(project, "Lead")[0]
        anna, ben = coder(project, "Anna"), coder(project, "Ben")
        draw_sample(project, 2, [anna, ben], seed=3)
        assert overview(project, Which(viewer=lead)).sample == (1, 2)
        assert overview(project, Which(viewer=anna)).sample is None
        assert sample_documents(project, anna) == frozenset()
        found = overview(project, Which(viewer=anna))
        assert found.material.articles == ()
        assert [each.name for each in found.coders if each.rates] == ["Anna"]


def test_it_can_be_stopped(seed: Project) -> None:
    def stop(done: int, _total: int) -> None:
        if done > 100:
            raise Cancelled

    with pytest.raises(Cancelled):
        overview(seed, progress=stop)


# ---- training


@pytest.fixture
def training(tmp_path: Path):
    """Two articles with a closed gold; Anna has done the first, with one of two spans as in the gold."""
    golden = [annotation("Lead", "actor", 0, 6, kind="gold"), annotation("Lead", "figure", 12, 14, kind="gold")]
    anna = [annotation("Anna", "actor", 0, 6), annotation("Anna", "figure", 12, 22)]
    with project_of(tmp_path / "p.annotator", [article(TEXT, golden + anna), article("More. " + TEXT, golden)]) as made:
        yield made


def test_a_coders_score_comes_from_what_was_first_done(training: Project) -> None:
    assert scores(training) == []
    set_training(training, [1, 2], True)
    assert is_training(training, 1)
    (score,) = scores(training)
    assert (score.coder, score.documents) == ("Anna", (1,))
    assert score.exact.value == pytest.approx(2 * 1 / (2 + 2))
    assert score.overlap.value == 1
    anna = coder(training, "Anna")
    return_reading(training, 1, anna)
    delete_annotations(training, [each.key for each in queries.annotations_of(training, 1, anna)])
    assert scores(training)[0].exact.value == 0.5
    assert [row[:2] for row in table(overview(training), "training").rows] == [("Anna", 1)]
    set_training(training, [1, 2], False)
    assert scores(training) == []


def test_a_coder_sees_the_own_score_alone(training: Project) -> None:
    set_training(training, [1, 2], True)
    ben, _ = add_coder(training, "Ben")
    set_state(training, 2, ben, "done")
    anna, lead = coder(training, "Anna"), coder(training, "Lead")
    assert [each.coder for each in scores(training)] == ["Anna", "Ben"]
    assert [each.coder for each in scores(training, lead)] == ["Anna", "Ben"]
    assert [each.coder for each in scores(training, anna)] == ["Anna"]
    assert [each.coder for each in scores(training, ben)] == ["Ben"]


def test_without_a_closed_gold_there_is_nothing_to_learn_from(tmp_path: Path) -> None:
    with (
        project_of(tmp_path / "p.annotator", [article(TEXT, [annotation("Anna", "actor", 0, 6)])]) as project,
        pytest.raises(AnnotatorError, match="has no closed agreed version"),
    ):
        set_training(project, [1], True)


def test_a_package_brings_the_gold_of_training_along_and_no_other(training: Project, tmp_path: Path) -> None:
    set_training(training, [2], True)
    ben, _ = add_coder(training, "Ben")
    package = share(training, tmp_path / "ben.annotator", ben).path
    with Project.open(package) as own:
        kept = {(each.document, each.kind) for key in (1, 2) for each in queries.readings_of(own, key)}
        assert kept == {(2, "gold")}
        assert is_training(own, 2)
        assert not is_training(own, 1)
        who = coder(own, "Ben")
        set_state(own, 2, who, "done")
        (score,) = scores(own, who)
        assert score.exact.value == 0


@pytest.mark.parametrize(("value", "told"), [(-0.0004, ".000"), (-0.0006, "-.001"), (0.25, ".250"), (1.0, "1.000")])
def test_a_number_is_written_as_papers_do(value, told):
    assert number(value) == told
