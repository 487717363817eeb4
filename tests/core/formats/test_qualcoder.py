"""Projects of QualCoder: codings of every owner, memos, and what is said of files and cases."""

import pytest

from annotator.errors import AnnotatorError
from annotator.formats.format import ReadOptions
from annotator.formats.qualcoder import QUALCODER
from annotator.formats.registry import detect
from annotator.formats.report import Report
from tests.core.formats.qualcoder_file import make


def read(path):
    report = Report()
    return list(QUALCODER.reads(path, report, ReadOptions())), report


@pytest.mark.parametrize("utf16", [False, True], ids=["code points", "UTF-16 units"])
def test_codings_of_all_coders(utf16, tmp_path):
    folder = make(tmp_path / "levy.qda", utf16=utf16)
    assert detect(folder) is QUALCODER
    assert detect(folder / "data.qda") is QUALCODER
    (record,), report = read(folder)
    assert record.text == "Ms 😀 Weber said no.\nThe ministry disagreed."
    told = [(each.coder, each.tag, record.text[slice(*each.spans[0])], each.note) for each in record.annotations]
    assert told == [("ann", "actor", "Weber", "who?"), ("ben", "claim", "The ministry disagreed.", "")]
    assert not report.repaired
    assert [str(each) for each in report.refused] == ["levy.qda, mill.jpg: a source without a text."]


def test_what_is_said_of_files_and_cases(tmp_path):
    (record,), _ = read(make(tmp_path / "levy.qda"))
    assert (record.title, record.date) == ("Levy.txt", "2005-01-26")
    assert record.extra == {"case": "mill owner, ministry", "age": "41", "note": "from the wire"}


def test_what_has_no_place_here_is_counted(tmp_path):
    more = """INSERT INTO annotation VALUES (1, 1, 0, 2, 'hm', 'ann', '');
        INSERT INTO code_image VALUES (1, 2, 1, '', '', 'ann'), (2, 2, 1, '', '', 'ann')"""
    _, report = read(make(tmp_path / "levy.qda", more))
    assert [str(each) for each in report.warnings] == [
        "levy.qda: notes on words without a code left out: 1.",
        "levy.qda: codings of pictures left out: 2.",
    ]


def test_codings_that_fit_nothing_are_refused_by_name(tmp_path):
    more = """INSERT INTO code_text VALUES (7, 9, 1, 'Ms', 0, 2, 'ann', '', '', NULL, NULL);
        INSERT INTO code_text VALUES (8, 1, 1, 'not there', 3, 12, 'ann', '', '', NULL, NULL);
        INSERT INTO code_text VALUES (9, 1, 1, 'said', 5, 9, 'ann', '', '', NULL, NULL)"""
    (record,), report = read(make(tmp_path / "levy.qda", more))
    assert [record.text[slice(*each.spans[0])] for each in record.annotations][1] == "said"
    assert len(report.repaired) == 1
    assert [str(each).partition(", ")[2] for each in report.refused if "coding" in str(each)] == [
        "Levy.txt, coding 7: its code is not in the file.",
        "Levy.txt, coding 8: the text at 3–12 is not “not there”, which does not stand once nearby either.",
    ]


def test_a_view_in_place_of_a_table_and_a_trigger_are_refused(tmp_path):
    for more in (
        "CREATE TRIGGER t AFTER INSERT ON cases BEGIN SELECT 1; END",
        "DROP TABLE cases; CREATE VIEW cases AS SELECT 1 AS caseid, 'x' AS name",
    ):
        with pytest.raises(AnnotatorError, match="as no such file does"):
            read(make(tmp_path / "levy.qda", more))
