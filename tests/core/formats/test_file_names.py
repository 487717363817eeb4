"""Names of exported files: told apart without regard to case, and in no time however many share a title."""

import time

from annotator.formats.file_names import FileNames


def test_case_alone_tells_no_files_apart():
    names = FileNames()
    assert [names.free(each) for each in ("Talks", "talks", "talks-2", "Talks", "Vote")] == [
        "Talks", "talks-2", "talks-2-2", "Talks-3", "Vote",
    ]  # fmt: skip


def test_thousands_of_one_title_get_numbers_at_once():
    names, began = FileNames(), time.process_time()
    made = {names.free("Without a title") for _ in range(20_000)}
    assert len(made) == 20_000
    assert time.process_time() - began < 5
