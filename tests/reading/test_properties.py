"""What holds for any text that is read."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from retold.model.errors import SourceError
from retold.model.records import Version
from retold.reading.read import read_html, read_text

PIECES = st.sampled_from(
    [
        "READ MORE: A thing", "Loading...", "Support The Harwick Courier!", "Jane Doe / NORLAND",
        "Photo: Jane Doe", "By Jane Doe", "The bridge fell on Thursday, the mayor said.", "A question of money",
        "What next?", "AFP", "3 May 2024", "* * *", "«»", "HARWICK, May 3 (Norlandia Press) - The bridge fell.",
        "- a road", "\u200b", "\ufeff", "桥在星期四倒塌了。", "جسر", "Мост", "\u00a0", "\t", "x" * 70, "Share | Print",
        "© 2024 X", "Tags: a, b", "(", "/", "\"", "\r", "\u2028", "\x1c", "\x00",
    ]
)  # fmt: skip
PAGES = st.lists(st.one_of(PIECES, st.text(max_size=40)), max_size=25).flatmap(
    lambda parts: st.lists(st.sampled_from(["\n", "\n\n", "\r\n", " "]), min_size=len(parts), max_size=len(parts)).map(
        lambda gaps: "".join(part + gap for part, gap in zip(parts, gaps, strict=True))
    )
)


def read_or_none(text: str) -> Version | None:
    """The version that a text holds; None where reading refuses it on purpose."""
    try:
        return read_text(text)
    except SourceError:
        return None


@settings(max_examples=300, deadline=None)
@given(PAGES)
@example("a\n\nb")
@example("\ufeffThe bridge fell, he said.")
@example("Photo: Jane Doe\n\nRain")
def test_blocks_are_the_text_and_between_them_is_only_white_space(text):
    version = read_or_none(text)
    if version is None:
        return
    assert version.text == text
    end = 0
    for block in version.blocks:
        piece = text[block.start : block.end]
        assert end <= block.start < block.end <= len(text)
        assert not text[end : block.start].strip()
        assert piece == piece.strip()
        end = block.end
    assert not text[end:].strip()


@settings(max_examples=200, deadline=None)
@given(PAGES)
def test_credits_lie_inside_a_block(text):
    version = read_or_none(text)
    for credit in version.credits if version else ():
        assert any(block.start <= credit.start < credit.end <= block.end for block in version.blocks)
        assert credit.name


@settings(max_examples=100, deadline=None)
@given(PAGES)
def test_reading_twice_is_reading_once(text):
    assert read_or_none(text) == read_or_none(text)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200))
def test_a_page_of_anything_is_read_or_refused(text):
    page = f"<body><p>{text}</p><p>The bridge at Harwick fell on Thursday, the mayor told reporters.</p></body>"
    try:
        version = read_html(page, source="page")
    except SourceError:
        return
    gaps = [*(block.start for block in version.blocks), len(version.text)]
    ends = [0, *(block.end for block in version.blocks)]
    assert all(not version.text[end:start].strip() for end, start in zip(ends, gaps, strict=True))
