"""The commands as a shell sees them: answers, JSON keys, exit codes, and one sentence for everything that is wrong."""

import io
import json
import os
import sqlite3
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from annotator import __version__
from annotator.cli import cli
from annotator.cli.output import safe
from annotator.formats.registry import FORMATS
from annotator.storage.project import Project

ROOT = Path(__file__).resolve().parents[2]


def call(*words, code=0):
    """Run a command in this process; returns what it printed."""
    result = CliRunner().invoke(cli, [str(word) for word in words])
    assert result.exit_code == code, result.output
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert "Traceback" not in result.output
    return result


def answer(*words, code=0):
    return json.loads(call(*words, "--json", code=code).stdout)


def refused(*words):
    """Run a command that fails; returns its one sentence."""
    result = call(*words, code=2)
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1, result.stderr
    return result.stderr.strip()


def program(*words, code=0, **options):
    """Run the program in a process of its own."""
    command = [sys.executable, "-m", "annotator", *map(str, words)]
    child = subprocess.run(command, cwd=ROOT, capture_output=True, **{"text": True, **options})
    assert child.returncode == code, child.stdout + child.stderr
    assert "Traceback" not in child.stderr
    return child


@pytest.fixture
def project(tmp_path):
    path = tmp_path / "p.annotator"
    call("new", path)
    return path


@pytest.fixture
def articles(tmp_path):
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "one.txt").write_text(
        "date 2024-03-14\n\nVeldria closes all its ports\n\nThe ports are closed, said Dornath.\n"
    )
    (folder / "two.txt").write_text("Nothing happened.\n")
    return folder


@pytest.fixture
def annotated(tmp_path):
    path = tmp_path / "set.jsonl"
    one = {
        "text": "The ports are closed, said Dornath.",
        "annotations": [
            {"id": 1, "tag": "claim", "spans": [[4, 20]], "coder": "Ann"},
            {"id": 2, "tag": "actor", "spans": [[27, 34]], "coder": "Ann"},
            {"tag": "actor", "spans": [[27, 34]]},
        ],
        "relations": [{"type": "source", "source": 1, "target": 2}],
    }
    path.write_text(json.dumps(one) + "\n")
    return path


# ---- new


def test_new_makes_a_project_with_the_built_in_codebook(tmp_path):
    said = call("new", tmp_path / "made").stdout
    assert said == f"Made {tmp_path / 'made.annotator'}.\n"
    told = answer("info", tmp_path / "made.annotator")
    assert told["title"] == "made"
    assert list(told["by_tag"]) == ["actor", "claim", "threat", "demand", "figure"]


def test_new_takes_title_and_codebook(tmp_path):
    book = tmp_path / "book.yaml"
    book.write_text(
        "id: mine\nversion: '7'\ntitle: Mine\ntags:\n- {id: hope, label: Hope, keys: [h], "
        "color: {light: '#123ea5', dark: '#5b96ef'}}\n"
    )
    assert answer("new", tmp_path / "p", "--codebook", book, "--title", "Hopes")["title"] == "Hopes"
    assert list(answer("info", tmp_path / "p.annotator")["by_tag"]) == ["hope"]


def test_new_names_the_line_of_a_bad_codebook_and_leaves_nothing(tmp_path):
    book = tmp_path / "book.yaml"
    book.write_text("id: mine\ntags:\n- {id: [}\n")
    assert "book.yaml, line 3" in refused("new", tmp_path / "p", "--codebook", book)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["book.yaml"]


def test_new_never_overwrites(project):
    assert "exists already" in refused("new", project)


# ---- import


def test_import_of_a_folder_says_what_it_did_and_what_it_did_not(project, articles):
    (articles / "empty.txt").write_text("")
    (articles / "noise.txt").write_bytes(bytes(range(256)) * 8)
    (articles / "again.txt").write_text("Nothing happened.\n")
    with zipfile.ZipFile(articles / "slides.pptx", "w") as made:
        made.writestr("[Content_Types].xml", "")
        made.writestr("ppt/presentation.xml", "")
    told = answer("import", project, articles, code=1)
    assert told == {
        "documents": 2,
        "annotations": 0,
        "relations": 0,
        "repaired": 0,
        "refused": 3,
        "skipped_documents": 1,
        "warnings": told["warnings"],
    }
    said = "\n".join(told["warnings"])
    assert "articles/empty.txt: empty." in said
    assert "articles/noise.txt: not a text file (binary data)." in said
    assert "articles/two.txt: already there" in said
    assert "1 presentation: not read yet." in said
    again = call("import", project, articles, code=1).stdout
    assert again.startswith("Nothing new: 3 documents already there; 3 refused.\n")
    assert "1 presentation: not read yet." in again


def test_import_proposes_title_and_date_and_leaves_the_text_alone(project, articles):
    assert call("import", project, articles / "one.txt").exit_code == 0
    with Project.open(project) as found:
        assert found.rows("SELECT title, date FROM document") == [("Veldria closes all its ports", "2024-03-14")]
        assert found.rows("SELECT text FROM document_text")[0][0] == (articles / "one.txt").read_text()


def test_import_of_annotations_counts_them_and_names_the_coder(project, annotated):
    told = answer("import", project, annotated, "--coder", "Zoe")
    assert (told["documents"], told["annotations"], told["relations"], told["refused"]) == (1, 3, 1, 0)
    coders = {each["name"]: each["annotations"] for each in answer("info", project)["coders"]}
    assert coders == {"Ann": 2, "Zoe": 1}


def test_import_without_coder_is_accepted(project, annotated):
    assert answer("import", project, annotated)["annotations"] == 3


def test_import_twice_is_no_fault(project, annotated):
    call("import", project, annotated)
    told = answer("import", project, annotated)
    assert (told["documents"], told["annotations"], told["skipped_documents"]) == (0, 0, 1)
    assert "Nothing new" in call("import", project, annotated).stdout


def test_import_deletes_what_is_absent_only_if_told(project, annotated):
    call("import", project, annotated)
    line = json.loads(annotated.read_text())
    del line["annotations"][1], line["relations"]
    annotated.write_text(json.dumps(line) + "\n")
    call("import", project, annotated)
    assert answer("info", project)["annotations"] == 3
    call("import", project, annotated, "--delete-absent")
    assert answer("info", project)["annotations"] == 2


def test_import_in_an_encoding_that_was_chosen(project, tmp_path):
    (tmp_path / "ru.txt").write_bytes("Порты закрыты.\n".encode("cp866"))
    call("import", project, tmp_path / "ru.txt", "--encoding", "cp866")
    with Project.open(project) as found:
        assert found.rows("SELECT text FROM document_text")[0][0] == "Порты закрыты.\n"
    assert "no text encoding" in refused("import", project, tmp_path / "ru.txt", "--encoding", "cp99999")


def test_a_bad_line_is_refused_with_its_number_and_the_rest_comes_in(project, annotated):
    annotated.write_text(annotated.read_text() + "{not json\n" + json.dumps({"text": "Another."}) + "\n")
    told = answer("import", project, annotated, code=1)
    assert (told["documents"], told["refused"]) == (2, 1)
    assert any("set.jsonl, line 2" in each for each in told["warnings"])


def test_nothing_is_imported_when_one_of_the_paths_is_not_there(project, articles):
    assert "no file or folder" in refused("import", project, articles, articles / "three.txt")
    assert answer("info", project)["documents"] == 0


def test_an_unknown_format_is_named(project, articles):
    assert "“brat9”" in refused("import", project, articles, "--format", "brat9")


# ---- export, formats, info, check, sample


def test_export_goes_by_the_name_of_the_file_and_comes_back(project, annotated, tmp_path):
    call("import", project, annotated)
    told = answer("export", project, tmp_path / "out.jsonl")
    files = [str(tmp_path / "out.jsonl"), str(tmp_path / "out.jsonl.project.json")]
    assert told == {"documents": 1, "annotations": 3, "relations": 1, "files": files, "lost": {}, "not_done": 2}
    call("new", tmp_path / "q")
    assert answer("import", tmp_path / "q.annotator", tmp_path / "out.jsonl")["annotations"] == 3


def test_export_says_what_stays_behind(project, annotated, articles, tmp_path):
    call("import", project, annotated, articles)
    said = call("export", project, tmp_path / "out.jsonl", "--coder", "Ann").stdout
    assert "2 documents without a reading that was asked for" in said


def test_export_to_a_name_that_tells_no_format_asks_for_one(project, tmp_path):
    assert "does not tell the format: say --format with one of " in refused("export", project, tmp_path / "out.bin")
    assert call("export", project, tmp_path / "out.bin", "--format", "jsonl")


def test_export_into_a_folder_that_is_not_there_is_one_sentence(project, tmp_path):
    assert "nowhere" in refused("export", project, tmp_path / "nowhere" / "out.jsonl")


def test_formats_lists_the_registry():
    told = answer("formats")
    assert [each["name"] for each in told] == [each.name for each in FORMATS]
    assert all(set(each) == {"name", "reads", "writes", "extra", "installed"} for each in told)
    assert {"name": "jsonl", "reads": True, "writes": True, "extra": None, "installed": True} in told
    assert "jsonl" in call("formats").stdout


def test_info_has_the_promised_keys(project, annotated):
    call("import", project, annotated)
    told = answer("info", project)
    assert told.keys() >= {"title", "documents", "annotations", "relations", "by_tag", "coders"}
    assert told["by_tag"] == {"actor": 2, "claim": 1, "threat": 0, "demand": 0, "figure": 0}
    assert told["coders"][0] == {"name": "Ann", "documents": 1, "annotations": 2, "states": {"in work": 1}}
    said = call("info", project).stdout
    assert "1 document, 3 annotations, 1 relation" in said


def test_check_ends_with_0_or_1(project, annotated):
    call("import", project, annotated)
    assert call("check", project).stdout == "Nothing is wrong.\n"
    assert answer("check", project) == {"problems": []}
    with sqlite3.connect(project) as raw:
        raw.execute("UPDATE annotation SET quote = 'x' WHERE key = 1")
    (problem,) = answer("check", project, code=1)["problems"]
    assert set(problem) == {"kind", "where", "message"}
    assert "1 problem" in call("check", project, code=1).stdout


def test_sample_is_built_once_and_its_path_printed(tmp_path, own_home):
    path = tmp_path / "deep" / "sample.annotator"
    assert call("sample", path).stdout.strip() == str(path)
    before = path.stat().st_mtime_ns
    assert answer("sample", path) == {"project": str(path)}
    assert path.stat().st_mtime_ns == before
    assert str(own_home) in call("sample").stdout


# ---- how commands end


def test_help_and_version_are_plain():
    said = call("--help").stdout
    for name in ("new", "import", "export", "formats", "info", "check", "sample"):
        assert f"\n  {name} " in said
        assert call(name, "--help").stdout.startswith("Usage: ")
    assert __version__ in call("--version").stdout


@pytest.mark.parametrize("name", ["info", "check", "export", "import"])
@pytest.mark.parametrize("fault", ["missing", "folder", "empty", "text", "truncated", "foreign"])
def test_every_command_says_in_one_sentence_what_is_wrong_with_a_project(tmp_path, articles, name, fault):
    path = tmp_path / "x.annotator"
    if fault == "folder":
        path.mkdir()
    elif fault == "empty":
        path.touch()
    elif fault == "text":
        path.write_text("Dear reader, this is no project at all. " * 50)
    elif fault == "truncated":
        call("new", path)
        path.write_bytes(path.read_bytes()[:5000])
    elif fault == "foreign":
        raw = sqlite3.connect(path)
        raw.execute("CREATE TABLE shopping (item TEXT)")
        raw.commit()
        raw.close()
    more = {"export": [tmp_path / "out.jsonl"], "import": [articles]}.get(name, [])
    said = refused(name, path, *more)
    assert "x.annotator" in said
    assert said.endswith(".")


def test_wrong_use_ends_with_2():
    for words in (["import"], ["import", "x"], ["export", "x"], ["nothing"], ["info", "--colour"], ["new"]):
        assert "Usage:" in call(*words, code=2).stderr


def test_names_that_would_steer_a_terminal_are_shown_as_escapes(project, articles):
    (articles / "\u202efdp.exe\x1b[31m\n.txt").write_text("")
    said = call("import", project, articles, code=1).stdout
    assert not set("\u202e\x1b") & set(said)
    assert "\\u202e" in said
    assert safe("Łódź 👩‍👩‍👧 שלום a\u2028b\x00") == "Łódź 👩‍👩‍👧 שלום a\\u2028b\\u0000"


# ---- as a program of its own


def test_the_module_is_the_program(tmp_path):
    path = tmp_path / "p.annotator"
    assert program("new", path).stdout == f"Made {path}.\n"
    assert json.loads(program("info", path, "--json").stdout)["documents"] == 0
    assert program("info", tmp_path / "q", code=2).stderr == f"There is no file {tmp_path / 'q'}.\n"


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_answers_survive_a_terminal_that_knows_few_letters(project, articles, encoding):
    (articles / "Łódź – שלום.txt").write_text("")
    env = {**os.environ, "PYTHONIOENCODING": encoding}
    child = program("import", project, articles, code=1, env=env, encoding="utf-8", errors="replace")
    assert "refused" in child.stdout


def test_file_names_that_are_no_unicode_are_no_stumbling_block(project, articles):
    try:
        (Path(os.fsdecode(os.fsencode(articles) + b"/caf\xe9.txt"))).write_text("Coffee.\n")
    except OSError:
        pytest.skip("this file system takes Unicode names only")
    assert answer("import", project, articles)["documents"] == 3
    assert program("export", project, os.fsdecode(os.fsencode(articles) + b"/\xe9.jsonl"))


def test_a_reader_that_goes_away_ends_the_program_quietly(project):
    command = [sys.executable, "-m", "annotator", "formats", "--json"]
    read, write = os.pipe()
    os.close(read)
    child = subprocess.run(command, cwd=ROOT, stdout=write, stderr=subprocess.PIPE, text=True)
    os.close(write)
    assert child.returncode == 2
    assert child.stderr == ""


def test_a_full_disk_behind_the_answer_is_one_sentence(project):
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full here")
    with open("/dev/full", "w") as full:
        command = [sys.executable, "-m", "annotator", "info", str(project)]
        child = subprocess.run(command, cwd=ROOT, stdout=full, stderr=subprocess.PIPE, text=True)
    assert child.returncode == 2
    assert child.stderr.count("\n") == 1
    assert "Traceback" not in child.stderr


def test_ctrl_c_takes_an_import_back_and_says_so(tmp_path, articles):
    for number in range(4000):
        (articles / f"{number}.txt").write_text(f"Text {number}. " * 200)
    stopped = (stopped_import(tmp_path / f"{attempt}.annotator", articles) for attempt in range(10))
    path, *told = next(each for each in stopped if each[1] != 0)  # 0: it was over before the key came
    assert told == [2, "", "Stopped."]
    assert answer("info", path)["documents"] == 0
    assert answer("check", path) == {"problems": []}


def stopped_import(path, articles):
    """An import into a new project, with Ctrl+C once articles are written: path, exit code and what it said."""
    call("new", path)
    command = [sys.executable, "-m", "annotator", "import", str(path), str(articles)]
    child = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    raw = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
    while not raw.execute("SELECT count(*) FROM document").fetchone()[0] and child.poll() is None:
        pass
    raw.close()
    child.send_signal(2)
    out, err = child.communicate(timeout=60)
    return path, child.returncode, out, err.strip()


def test_json_answers_are_ascii(project, tmp_path):
    (tmp_path / "Łódź.txt").write_text("")
    out = io.BytesIO(call("import", project, tmp_path / "Łódź.txt", "--json", code=1).stdout.encode())
    assert out.getvalue().isascii()
