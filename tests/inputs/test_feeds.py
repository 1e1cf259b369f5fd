"""Feeds and lists of feeds in: an entry is an article, whatever dialect it is told in."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from retold.inputs.pieces import Piece
from retold.model.records import Kind
from tests.inputs.inputs import BODY, OTHER, packed, read_all


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own, which is also the current one."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


RSS = f"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Harwick Courier</title><link>https://courier.example/</link><language>en-gb</language>
<item><title>Bridge &amp; river</title><link>https://courier.example/1</link><guid isPermaLink="false">tag:c-1</guid>
<pubDate>Thu, 02 May 2024 08:00:00 +0200</pubDate><dc:creator>Ann Ode</dc:creator><category>Town</category>
<description>A teaser.</description>
<content:encoded><![CDATA[<p>{BODY}</p><p>{OTHER}</p><script>alert(1)</script>
<img src="x" onerror="alert(1)">]]></content:encoded></item>
<item><title>Only a title</title><link>https://courier.example/2</link></item>
<item><description>{BODY}</description></item>
</channel></rss>""".encode()
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://courier.example/"><title>Harwick Courier</title>
<entry><title type="html">Bridge &amp;amp; river</title><link href="1"/><id>tag:c-1</id>
<updated>2024-05-02T06:00:00Z</updated>
<author><name>Ann Ode</name></author><category term="Town"/>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>{BODY}</p><p>{OTHER}</p></div></content></entry>
<entry><title>Only a title</title><id>c-2</id><link href="https://courier.example/2"/></entry>
</feed>""".encode()
JSON = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Harwick Courier",
        "language": "en",
        "items": [
            {
                "id": "tag:c-1",
                "url": "https://courier.example/1",
                "title": "Bridge & river",
                "content_html": f"<p>{BODY}</p><p>{OTHER}</p><script>alert(1)</script>",
                "date_published": "2024-05-02T06:00:00Z",
                "authors": [{"name": "Ann Ode"}],
                "tags": ["Town"],
            },
            {"id": "c-2", "url": "https://courier.example/2", "title": "Only a title"},
            "no item",
        ],
    }
).encode()


@pytest.mark.parametrize(
    ("data", "published"),
    [
        (RSS, "2024-05-02T08:00:00+02:00"),
        (ATOM, "2024-05-02T06:00:00Z"),
        (JSON, "2024-05-02T06:00:00Z"),
        (packed(RSS), "2024-05-02T08:00:00+02:00"),
        (RSS.decode().replace("utf-8", "utf-16").encode("utf-16"), "2024-05-02T08:00:00+02:00"),
        (RSS.replace(b"<?xml", b"<!-- <a> --><?xml").replace(b"&amp;", b"&"), "2024-05-02T08:00:00+02:00"),
        (
            b'<?xml version="1.0"?><!DOCTYPE rss PUBLIC "-//N//DTD RSS 0.91//EN" "http://n.example/rss.dtd">'
            + RSS[39:],
            "2024-05-02T08:00:00+02:00",
        ),
    ],
    ids=["rss", "atom", "json", "packed", "wide", "sloppy", "doctype"],
)
def test_an_entry_is_an_article(data, published):
    Path("feed").write_bytes(data)
    first, second = read_all("feed")[0][:2]
    assert first.text.split("\n\n") == [BODY.strip(), OTHER.strip()]
    assert (first.title, first.outlet, first.author, first.section) == (
        "Bridge & river",
        "Harwick Courier",
        "Ann Ode",
        "Town",
    )
    assert (first.source_id, first.url, first.published) == ("tag:c-1", "https://courier.example/1", published)
    assert (second.text, second.blocks[0].kind) == ("Only a title", Kind.TITLE)
    assert second.url == "https://courier.example/2"


def test_what_is_no_item_is_refused():
    Path("feed.json").write_bytes(JSON)
    assert [(each.place, each.reason[:12]) for each in read_all("feed.json")[1]] == [("3", "is a string.")]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"<rss", "a broken feed"),
        (b"<rss><chan", "a broken feed"),
        (b'{"version": "https://jsonfeed.org/version/1", "items": ', "a broken JSON Feed"),
        (b'{"version": "https://jsonfeed.org/version/1", "items": 3}', 'without a list of "items"'),
        (b"<opml><body/></opml>", "names no feed"),
        (b"<opml", "names no feed"),
    ],
)
def test_a_broken_feed_is_refused(data, says):
    Path("feed").write_bytes(data)
    versions, rejects = read_all("feed")
    assert versions == []
    assert [each.source for each in rejects] == ["feed"]
    assert says in rejects[0].reason


LIST = """<?xml version="1.0"?><opml version="2.0"><body><outline text="Town">
<outline text="Courier" type="rss" xmlUrl="https://courier.example/feed"/>
<outline text="Here" xmlUrl="below/rss.xml"/></outline>
<outline text="Twice" xmlUrl="below/rss.xml"/></body></opml>"""


def test_a_list_names_files_beside_it_and_addresses():
    Path("house/below").mkdir(parents=True)
    Path("house/below/rss.xml").write_bytes(RSS)
    Path("house/list.opml").write_text(LIST)
    versions, rejects = read_all("house/list.opml")
    assert [each.source for each in versions] == [f"house/below/rss.xml#{number}" for number in (1, 2, 3)]
    assert [(each.source, each.place) for each in rejects] == [("house/list.opml", "1")]
    assert "https://courier.example/feed is the address of a feed" in rejects[0].reason
    assert "pip install 'retold[fetch]'" in rejects[0].reason


def test_the_addresses_of_a_list_are_fetched_where_something_fetches():
    Path("list.opml").write_text(LIST.replace("below/rss.xml", "https://ellery.example/feed"))
    versions, rejects = read_all("list.opml", fetch=lambda address: iter([Piece(address, "1", "plain", BODY)]))
    assert [each.source for each in versions] == ["https://courier.example/feed#1", "https://ellery.example/feed#1"]
    assert rejects == []
