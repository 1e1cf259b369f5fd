"""What a question names: a file, words, or a file that is not there."""

from __future__ import annotations

import pytest

from retold.archive.given import check_path, is_file
from retold.model.errors import SourceError


@pytest.mark.parametrize("name", ["The ferry sank on Monday.", "5d1f0c3a9be7a210", "https://coast.example/a.html"])
def test_words_ids_and_addresses_are_no_files(name):
    assert not is_file(name)


@pytest.mark.parametrize("name", ["gone.txt", "folder/my claim of monday.html", "week.jsonl.gz"])
def test_a_file_that_is_not_there_is_named(name):
    with pytest.raises(SourceError, match="there is no such file"):
        check_path(name)


def test_a_folder_is_no_text(tmp_path):
    with pytest.raises(SourceError, match="is a folder"):
        is_file(str(tmp_path))


def test_a_file_and_stdin_are_files(tmp_path):
    path = tmp_path / "claim.txt"
    path.write_text("The ferry sank on Monday.")
    assert is_file(str(path))
    assert is_file("-")
