"""The command as a whole: help, version, exit codes, and what it does when things go wrong."""

from __future__ import annotations

import errno
import os
import subprocess
import sys

import pytest

from retold import __version__
from retold.cli.app import COMMANDS
from retold.cli.exits import MEANINGS
from retold.model.errors import LanguageError, SourceError, UsageError


@pytest.mark.parametrize("flag", ["--help", "-h"])
def test_help_names_every_command(run, flag):
    told = run(flag)
    assert told.code == 0
    assert all(name in told.out for name in COMMANDS)
    assert told.err == ""


def test_help_without_a_topic_is_the_help_of_retold(run):
    assert run("help").out == run("--help").out


def test_help_on_a_command_is_its_help(run):
    assert run("help", "compare").out == run("compare", "--help").out


def test_help_tells_every_exit_code(run):
    lines = run("help", "exit-codes").out.splitlines()
    assert [int(line.split()[0]) for line in lines if line.strip()[:1].isdigit()] == sorted(MEANINGS)


def test_help_tells_every_format(run):
    told = run("help", "formats").out
    assert all(f"  {form}  " in told for form in ("text", "json", "html"))


def test_help_on_nothing_known_says_on_what_there_is_help(run):
    told = run("help", "cooking")
    assert told.code == 2
    assert "'cooking'" in told.err
    assert all(topic in told.err for topic in ("exit-codes", "formats", "compare"))


@pytest.mark.parametrize("flag", ["--version", "-V"])
def test_the_version_is_told(run, flag):
    assert run(flag).out == f"retold {__version__}\n"


def test_a_misspelt_command_is_answered_with_the_right_one(run):
    told = run("compere", "a.txt", "b.txt")
    assert told.code == 2
    assert "compare" in told.err


def test_no_command_at_all_shows_what_there_is(run):
    told = run()
    assert told.code == 2
    assert "Commands:" in told.err + told.out


@pytest.mark.parametrize(
    ("error", "code", "words"),
    [
        (SourceError("a.txt", "is gone"), 3, "retold: a.txt: is gone\n"),
        (UsageError("Too many.\nGive fewer."), 2, "retold: Too many.\nretold: Give fewer.\n"),
        (LanguageError("xx.toml lacks marks"), 1, "retold: xx.toml lacks marks\n"),
        (OSError(errno.ENOSPC, "No space left on device", "/tmp/x"), 1, "retold: /tmp/x: No space left on device\n"),
    ],
)
def test_each_error_has_its_code_and_its_words(run, answer, error, code, words):
    answer(error)
    told = run("compare", "a.txt", "b.txt")
    assert (told.code, told.out, told.err) == (code, "", words)


def test_ctrl_c_ends_quietly_with_130(run, answer):
    answer(KeyboardInterrupt())
    told = run("compare", "a.txt", "b.txt")
    assert (told.code, told.out, told.err.strip()) == (130, "", "")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_prints_a_script_for_the_shell(run, shell):
    told = run("completion", shell)
    assert told.code == 0
    assert "_RETOLD_COMPLETE" in told.out
    assert told.err == ""


def test_the_bash_script_is_sound(run):
    script = run("completion", "bash").out
    subprocess.run(["bash", "-n"], input=script.encode(), check=True)


@pytest.mark.parametrize(
    ("typed", "offered"),
    [("comp", {"compare", "completion"}), ("compare --fo", {"--format"}), ("compare --format h", {"html"})],
)
def test_a_shell_is_offered_what_fits(typed, offered):
    line = {"COMP_WORDS": f"retold {typed}", "COMP_CWORD": str(len(typed.split()))}
    asked = os.environ | line | {"_RETOLD_COMPLETE": "bash_complete"}
    told = subprocess.run([sys.executable, "-m", "retold"], env=asked, capture_output=True, text=True, check=True)
    assert {line.partition(",")[2] for line in told.stdout.splitlines()} == offered


@pytest.mark.parametrize("locale", ["C", "POSIX", "en_US.ISO-8859-1"])
def test_output_is_utf8_under_any_locale(locale):
    program = "from retold.cli.app import main; from retold.cli.output import show; main(['-V']); show('\\xab\\u017c')"
    asked = os.environ | {"LC_ALL": locale, "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    told = subprocess.run([sys.executable, "-c", program], env=asked, capture_output=True, check=True)
    assert told.stdout.decode("utf-8").splitlines()[1] == "«ż"


def test_a_question_that_is_refused_at_once_ends_as_it_should(tmp_path):
    """Meanwhile a model is being loaded, which must not be cut off within somebody else's code."""
    (tmp_path / "one.txt").write_text("One text.")
    asked = [sys.executable, "-m", "retold", "compare", str(tmp_path / "one.txt")]
    assert [subprocess.run(asked, capture_output=True, check=False).returncode for _ in range(3)] == [2, 2, 2]


def test_a_reader_that_leaves_early_is_no_error():
    program = "from retold.cli.output import show; show('word ' * 1_000_000)"
    told = subprocess.run(
        ["sh", "-c", '"$0" -c "$1" | head -c 4; exit 0', sys.executable, program], capture_output=True, check=True
    )
    assert told.stdout == b"word"
    assert told.stderr == b""


def test_everything_asked_for_is_given_in_order(run, answer, answered):
    asked = answer(answered(["b.txt", "a.txt"]))
    run("compare", "b.txt", "a.txt", "--json")
    assert asked == [("b.txt", "a.txt")]
