"""What each option of ``retold compare`` does to an answer, whatever the answer is."""

from __future__ import annotations

import json
import os
import stat

import pytest

ASKED = ("compare", "a.txt", "b.txt")


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """A folder of its own, so that no file is written elsewhere."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def two(answer, answered):
    """Two articles that tell one story."""
    return answer(answered(["a.txt", "b.txt"]))


@pytest.mark.parametrize("form", [["--json"], ["--format", "json"], ["--json", "--format", "json"]])
def test_json_is_one_document_and_nothing_else(run, two, form):
    told = run(*ASKED, *form)
    assert [article["source"] for article in told.document["articles"]] == ["a.txt", "b.txt"]
    assert told.out.endswith("}\n")
    assert (told.code, told.err) == (0, "")


def test_words_of_any_script_are_written_as_they_are(run, two):
    assert "«Zażółć»" in run(*ASKED, "--json").out


@pytest.mark.parametrize(
    ("given", "code", "words"),
    [
        ([], 2, "Nothing given, 2 to 200 articles wanted. Name two files"),
        ([f"{n}.txt" for n in range(201)], 2, "201 given, 2 to 200 articles wanted. Compare them in smaller groups."),
        (["-", "a.txt", "-"], 2, "only once"),
        (["a.txt", "b.txt", "--json", "--format", "html"], 2, "contradict"),
        (["a.txt", "b.txt", "--format", "pdf"], 2, "'pdf' is not one of 'text', 'json', 'html'"),
        (["a.txt", "b.txt", "--width", "12"], 2, "40<=x<=400"),
        (["a.txt", "b.txt", "--jsn"], 2, "--json"),
        (["a.txt", "b.txt", "-o", "nowhere/report.html"], 2, "There is no folder nowhere"),
    ],
)
def test_a_question_that_makes_no_sense_is_refused_before_any_work(run, two, given, code, words):
    told = run("compare", *given)
    assert (told.code, told.out) == (code, "")
    assert words in told.err
    assert two == []


def test_an_article_is_never_overwritten_by_the_answer(run, two, folder):
    (folder / "a.txt").write_text("Ten died.")
    told = run(*ASKED, "-o", "./a.txt")
    assert told.code == 2
    assert "a.txt is one of the articles" in told.err
    assert (folder / "a.txt").read_text() == "Ten died."


@pytest.mark.parametrize(
    ("same", "rejects", "flags", "code"),
    [
        (True, (), [], 0),
        (True, (), ["--exit-code"], 0),
        (False, (), [], 0),
        (False, (), ["--exit-code"], 4),
        (True, (("c.txt", "is empty"),), [], 3),
        (False, (("c.txt", "is empty"),), ["--exit-code"], 3),
    ],
)
def test_the_exit_code_says_what_came_of_it(run, answer, answered, same, rejects, flags, code):
    answer(answered(["a.txt", "b.txt"], same_story=same, rejects=rejects))
    assert run(*ASKED, "--json", *flags).code == code


def test_what_was_left_out_is_named_on_stderr_even_when_quiet(run, answer, answered):
    answer(answered(["a.txt", "b.txt"], rejects=(("c.txt", "is empty"), ("d", "is a folder"))))
    told = run(*ASKED, "c.txt", "d", "--json", "--quiet")
    assert told.err == "retold: c.txt: is empty\nretold: d: is a folder\n"
    assert len(told.document["rejects"]) == 2


@pytest.mark.parametrize("name", ["answer.json", "answer.JSON"])
def test_the_ending_of_the_file_chooses_the_format(run, two, folder, name):
    told = run(*ASKED, "-o", name)
    assert (told.code, told.out, told.err) == (0, "", f"retold: wrote {name}\n")
    assert json.loads((folder / name).read_text())["schema_version"] == "1"


def test_a_format_asked_for_by_name_wins_over_the_ending(run, two, folder):
    run(*ASKED, "--json", "-o", "answer.html")
    assert json.loads((folder / "answer.html").read_text())["articles"]


def test_quiet_writes_without_a_word(run, two):
    assert run(*ASKED, "--quiet", "-o", "answer.json").err == ""


def test_a_dash_for_the_file_is_stdout(run, two):
    assert run(*ASKED, "--json", "-o", "-").document["articles"]


def test_an_answer_is_written_whole_or_not_at_all(run, two, folder, monkeypatch):
    (folder / "answer.json").write_text("yesterday's")

    def full(*names):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    told = run(*ASKED, "-o", "answer.json")
    assert (told.code, told.out) == (1, "")
    assert told.err == ("retold: answer.json cannot be written: No space left on device. Name another file after -o.\n")
    assert [place.name for place in folder.iterdir()] == ["answer.json"]
    assert (folder / "answer.json").read_text() == "yesterday's"


def test_a_folder_given_as_the_file_is_refused(run, two, folder):
    (folder / "answers").mkdir()
    told = run(*ASKED, "--json", "-o", "answers")
    assert told.code == 1
    assert "answers cannot be written: Is a directory" in told.err


def test_a_new_file_has_the_permissions_of_any_new_file(run, two, folder):
    (folder / "other").touch()
    run(*ASKED, "-o", "answer.json")
    assert (folder / "answer.json").stat().st_mode == (folder / "other").stat().st_mode


def test_a_replaced_file_keeps_its_permissions(run, two, folder):
    (folder / "answer.json").touch(mode=0o600)
    run(*ASKED, "-o", "answer.json")
    assert stat.S_IMODE((folder / "answer.json").stat().st_mode) == 0o600


def test_a_link_stays_a_link(run, two, folder):
    (folder / "latest.json").symlink_to("monday.json")
    run(*ASKED, "-o", "latest.json")
    assert (folder / "latest.json").is_symlink()
    assert json.loads((folder / "monday.json").read_text())["articles"]


def test_a_device_is_written_to_and_stays_one(run, two):
    assert run(*ASKED, "--json", "-o", os.devnull).code == 0
    assert stat.S_ISCHR(os.stat(os.devnull).st_mode)


@pytest.mark.parametrize(
    ("flags", "environment", "wish"),
    [
        ([], {}, (100, False, False)),
        (["--all"], {}, (100, True, False)),
        (["--width", "72"], {}, (72, False, False)),
        (["--color"], {}, (100, False, True)),
        (["--color"], {"NO_COLOR": "1"}, (100, False, True)),
        (["--no-color"], {}, (100, False, False)),
    ],
)
def test_the_picture_is_drawn_as_wished(run, two, monkeypatch, flags, environment, wish):
    seen = drawn(monkeypatch)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert run(*ASKED, *flags).out == "a picture\n"
    assert seen == [wish]


@pytest.mark.parametrize(
    ("flags", "environment", "wish"),
    [
        ([], {}, (64, True)),
        ([], {"NO_COLOR": "1"}, (64, False)),
        ([], {"NO_COLOR": ""}, (64, True)),
        (["--color"], {"NO_COLOR": "1"}, (64, True)),
        (["--width", "90", "--no-color"], {}, (90, False)),
        (["-o", "answer.txt"], {}, (100, False)),
    ],
)
def test_a_terminal_gets_its_width_and_colour(run, two, monkeypatch, flags, environment, wish):
    seen = drawn(monkeypatch)
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    for name, value in ({"COLUMNS": "64"} | environment).items():
        monkeypatch.setenv(name, value)
    run(*ASKED, "--quiet", *flags)
    assert [(width, colour) for width, _, colour in seen] == [wish]


def drawn(monkeypatch):
    """The wishes with which the picture is drawn, from now on."""
    seen = []

    def picture(document, *, width, everything, colour):
        seen.append((width, everything, colour))
        return "a picture"

    monkeypatch.setattr("retold.pictures.terminal.picture", picture)
    return seen


STEPS = (("reading", 1, 2), ("reading", 2, 2), ("aligning", 1, 1))


def test_progress_as_json_is_a_line_a_step_on_stderr(run, answer, answered):
    answer(answered(["a.txt", "b.txt"]), steps=STEPS)
    told = run(*ASKED, "--json", "--progress", "json")
    lines = [json.loads(line) for line in told.err.splitlines()]
    assert [(line["step"], line["done"], line["total"]) for line in lines] == list(STEPS)
    assert told.document


@pytest.mark.parametrize("flags", [[], ["--progress", "off"], ["--quiet", "--progress", "json"]])
def test_progress_is_silent_where_nobody_watches(run, answer, answered, flags):
    answer(answered(["a.txt", "b.txt"]), steps=STEPS)
    assert run(*ASKED, "--json", *flags).err == ""
