"""Long work: what is given is compared, or added, by a process of its own, which can be watched."""

from __future__ import annotations

import json
import shutil
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some
from starlette.testclient import TestClient

import retold
from retold.web import jobs
from retold.web.jobs import FETCHED, Inputs, safe_name
from retold.web.views.job import added, step
from tests.web.conftest import PATIENCE, asking, compared, golden, over, token


def files(paths: list[Path]) -> list[tuple[str, Any]]:
    return [("files", (path.name, path.read_bytes())) for path in paths]


@pytest.fixture
def own(demo: str, tmp_path: Path) -> str:
    """A copy of the demo archive, to write in."""
    return str(shutil.copy(demo, tmp_path / "news.retold"))


def test_files_are_compared_as_the_command_compares_them(client: TestClient, monkeypatch: pytest.MonkeyPatch):
    paths = golden()[:3]
    location = compared(client, client.post("/compare", data={"token": token(client)}, files=files(paths)))
    monkeypatch.chdir(paths[0].parent)
    expected = retold.compare([path.name for path in paths]).to_json()
    assert client.get(f"{location}.json").text.rstrip() == expected.rstrip()
    page = client.get(location)
    assert "Same story, 1 origin" in page.text
    report = client.get(f"{location}.html")
    assert report.headers["content-disposition"].startswith("attachment")
    assert "sha256-" in report.headers["content-security-policy"]


def test_pasted_texts_are_compared_and_the_same_have_the_same_address(client: TestClient):
    texts = [path.read_text("utf-8") for path in golden()[:2]]
    sent = {"token": token(client), "text": [*texts, "  "]}
    location = compared(client, client.post("/compare", data=sent))
    assert compared(client, client.post("/compare", data=sent)) == location
    assert [article["source"] for article in client.get(f"{location}.json").json()["articles"]] == [
        "pasted 1.txt",
        "pasted 2.txt",
    ]


def test_one_text_is_not_enough_and_the_job_says_so(client: TestClient):
    answer = client.post("/compare", data={"token": token(client), "text": "One short text about a ferry."})
    told = over(client, answer.headers["location"])
    assert told["state"] == "failed"
    assert told["complaints"] == ["1 article was given; 2 to 200 are wanted. Name the files to compare, or one JSON "
                                  "file of records."]  # fmt: skip
    page = client.get(answer.headers["location"]).text
    assert "Nothing could be compared" in page
    assert "2 to 200 are wanted" in page


def test_nothing_given_is_told_at_once(client: TestClient):
    answer = client.post("/compare", data={"token": token(client), "text": ["", " "]})
    assert answer.status_code == 400
    assert "Nothing was given" in answer.text


def test_a_comparison_that_is_not_kept_says_what_to_do(client: TestClient):
    answer = client.get("/comparisons/0123456789abcdef")
    assert answer.status_code == 404
    assert "Give the texts again" in answer.text
    assert client.get("/comparisons/..%2F..%2Fetc").status_code == 404


def test_what_is_added_stands_in_the_archive_and_on_the_next_page(own: str):
    record = {"id": "new-1", "outlet": "Harbour Post", "title": "Mole mended", "text": "The mole is mended. " * 20}
    with asking(own) as client:
        before = client.get("/index.json").json()["articles"]
        sent = [("files", ("new.jsonl", json.dumps(record).encode()))]
        answer = client.post("/add", data={"token": token(client)}, files=sent)
        told = over(client, answer.headers["location"])
        assert told["state"] == "done", told
        assert told["answer"]["articles"] == 1
        assert "1 new article" in client.get(answer.headers["location"]).text
        assert client.get("/index.json").json()["articles"] == before + 1
        assert "Mole mended" in client.get("/stories?words=mended").text


def test_a_job_tells_its_events_until_it_is_over(client: TestClient):
    answer = client.post("/compare", data={"token": token(client), "text": "One short text about a ferry."})
    with client.stream("GET", f"{answer.headers['location']}/events") as events:
        assert events.headers["content-type"].startswith("text/event-stream")
        told = [line for line in events.iter_lines() if line]
    assert told[-2] == "event: end"
    assert json.loads(told[-1].removeprefix("data: "))["state"] == "failed"


def test_a_given_file_is_never_taken_for_a_module_or_an_option(client: TestClient, tmp_path: Path):
    """The job runs in the folder of what was given: click.py there must not be what retold imports."""
    text = golden()[0].read_bytes()
    evil = f"open({str(tmp_path / 'owned')!r}, 'w')\n".encode()
    sent = [("files", (name, evil)) for name in ("click.py", "json.py", "--output=x.py")]
    sent += [("files", ("a.txt", text)), ("files", ("b.txt", golden()[1].read_bytes()))]
    location = compared(client, client.post("/compare", data={"token": token(client)}, files=sent))
    assert client.get(location).status_code == 200
    assert not (tmp_path / "owned").exists()


@given(some.text(max_size=120))
def test_the_name_of_a_file_leads_nowhere(name: str):
    kept = safe_name(name)
    assert kept
    assert kept == Path(kept).name
    assert not kept.startswith(("-", "."))
    assert safe_name(name, [kept]) != kept


@pytest.mark.parametrize("letter", ["桥", "\U00020000", "é", "x"])
def test_the_name_of_a_file_is_never_longer_than_a_disk_takes(letter: str, tmp_path: Path):
    inputs = Inputs(tmp_path)
    for _ in range(2):
        inputs.put(letter * 300 + "." + letter * 300, b"text")
    assert sorted(path.name for path in inputs.folder.iterdir()) == sorted(inputs.names)


@given(some.text(max_size=30))
def test_no_file_that_is_given_is_taken_for_the_archive_of_what_is_fetched(name: str):
    assert safe_name(name) != FETCHED
    assert safe_name(FETCHED) != FETCHED
    assert not safe_name(f"{FETCHED}-journal").startswith(FETCHED)


@pytest.mark.parametrize(
    "address", ["https://a.example/\0", "https://a.example/\x1b[2J", "file:///etc/passwd", "--private"]
)
def test_an_address_is_one_of_the_web_and_holds_no_controls(demo: str, address: str):
    with asking(demo, can_fetch=True) as client:
        answer = client.post("/compare", data={"token": token(client), "addresses": f"{address}\nhttps://b.example/"})
        assert answer.status_code == 400
        assert "is no address" in answer.text


def test_not_thousands_of_addresses_are_fetched_at_once(demo: str):
    with asking(demo, can_fetch=True) as client:
        sent = {"token": token(client), "addresses": "https://a.example/ " * 201}
        assert "at most 200 are wanted at once" in client.post("/add", data=sent).text


def test_no_job_is_taken_where_many_wait(own: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(jobs, "WAITING", 0)
    with asking(own) as client:
        answer = client.post("/add", data={"token": token(client), "text": "One text."})
        assert (answer.status_code, answer.headers["retry-after"]) == (429, "30")
        assert "Too many jobs are waiting" in answer.text


PROGRAMS = [
    ("print('no JSON')", "Retold has made a mistake: JSONDecodeError"),
    ("import sys; sys.stderr.write('x' * 3_000_000)", "Retold has made a mistake: ValueError"),
    ("import os; os.kill(os.getpid(), 9)", "The system has ended the work (signal 9), often for want of memory"),
]


@pytest.mark.parametrize(("program", "told"), PROGRAMS)
def test_a_job_that_breaks_is_over_and_says_why(own: str, monkeypatch: pytest.MonkeyPatch, program: str, told: str):
    monkeypatch.setattr(jobs, "PROGRAM", (sys.executable, "-c", program))
    with asking(own) as client:
        answer = client.post("/add", data={"token": token(client), "text": "One text."})
        found = over(client, answer.headers["location"])
        assert found["state"] == "failed"
        assert told in " ".join(found["complaints"])


def test_a_job_is_not_told_the_password(own: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("RETOLD_PASSWORD", "a long and quiet harbour")
    program = "import os, json; print(json.dumps({'told': 'RETOLD_PASSWORD' in os.environ}))"
    monkeypatch.setattr(jobs, "PROGRAM", (sys.executable, "-c", program))
    with asking(own) as client:
        answer = client.post("/add", data={"token": token(client), "text": "One text."})
        assert over(client, answer.headers["location"])["answer"] == {"told": False}


def test_a_job_that_is_stopped_takes_along_what_it_started(own: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    program = (
        "import subprocess, sys, pathlib, signal, time; signal.signal(signal.SIGINT, signal.SIG_IGN);"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)']);"
        f"pathlib.Path({str(tmp_path / 'child')!r}).write_text(str(child.pid)); time.sleep(600)"
    )
    monkeypatch.setattr(jobs, "PROGRAM", (sys.executable, "-c", program))
    monkeypatch.setattr(jobs, "PATIENCE", 0.2)
    with asking(own) as client:
        client.post("/add", data={"token": token(client), "text": "One text."})
        end = time.monotonic() + PATIENCE
        while not (tmp_path / "child").exists() or not (tmp_path / "child").read_text():
            assert time.monotonic() < end
            time.sleep(0.05)
    assert not is_alive(int((tmp_path / "child").read_text()))


def is_alive(process: int) -> bool:
    """Whether a process runs; one that has ended and was not yet buried does not."""
    try:
        return " Z " not in Path(f"/proc/{process}/stat").read_text()
    except FileNotFoundError:
        return False


def test_nothing_is_left_behind(demo: str):
    with asking(demo) as client:
        folder = client.app.state.server.jobs.folder
        compared(client, client.post("/compare", data={"token": token(client)}, files=files(golden()[:2])))
        assert [path.name for path in folder.iterdir()] == ["comparisons"]
    assert not folder.exists()


@pytest.mark.parametrize(
    ("job", "told"),
    [
        ({"step": "", "done": 0, "total": 0}, "starting"),
        ({"step": "reading", "done": 12, "total": 0}, "reading, 12"),
        ({"step": "reading", "done": 1200, "total": 20000}, "reading, 1,200 of 20,000"),
    ],
)
def test_how_far_a_job_is_in_words(job: dict[str, Any], told: str):
    assert step(job) == told


def test_what_an_addition_brought_in_words():
    answer = {"articles": 1, "versions": 0, "known": 2, "rejects": 3, "learned": {"stories": 11, "origins": 28}}
    assert added(answer) == [
        "1 new article, 0 new versions of known ones, 2 known already.",
        "3 inputs could not be read.",
        "The archive now tells 11 stories, which go back to 28 origins.",
    ]
