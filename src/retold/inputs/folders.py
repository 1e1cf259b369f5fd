"""The files of a folder that may hold articles, in one order on every machine, and none outside it."""

from __future__ import annotations

import os
from collections.abc import Iterator

from retold.model.records import Reject

# Files that stand beside articles: what pages load, what programs and archives keep, what a data set tells of itself.
WITHOUT_ARTICLES = """
avif bmp css eot gif ico jpeg jpg js map mjs otf png psd svg tif tiff ttf webp woff woff2
aac avi flac m4a mkv mov mp3 mp4 ogg opus wav webm
bat c cfg conf cpp db dll exe go h ini ipynb java lock log o part php pl pyc py r rb rs sh so sql sqlite sqlite3
tmp toml ts vtt srt wasm yaml yml asc bib md5 sha1 sha256 sig torrent cdx cdxj retold retold-wal retold-shm retold-lock
"""
PASSED_OVER = frozenset(WITHOUT_ARTICLES.split())
ABOUT = frozenset({"authors", "changelog", "copying", "licence", "license", "makefile", "manifest", "notice", "readme"})
PAGE_NAMES = (".html", ".htm", ".xhtml")
PAGE_PARTS = "_files"  # browsers keep what a saved page loads in a folder of its name


def files(folder: str) -> Iterator[str | Reject]:
    """Each file of a folder and of those in it, sorted by name; a link that leads out of it is a Reject."""
    root = os.path.realpath(folder)
    waiting = [folder]
    while waiting:
        path = waiting.pop()
        try:
            names = sorted(os.listdir(path))
        except OSError as error:
            yield Reject(path, "", f"cannot be read ({error.strerror}). Change its rights or give a copy.")
            continue
        below = [os.path.join(path, name) for name in names if not _passed_over(name, names)]
        for each in below:
            if not os.path.islink(each) and os.path.isdir(each):
                continue
            yield from _file(each, root)
        waiting.extend(reversed([each for each in below if os.path.isdir(each) and not os.path.islink(each)]))


def _file(path: str, root: str) -> Iterator[str | Reject]:
    """A file, or a link to one within the folder; a link to a folder within it would show its files twice."""
    if os.path.islink(path):
        target = os.path.realpath(path)
        if not within(target, root):
            yield Reject(path, "", "is a link that leads out of the folder. Give what it names by its own path.")
            return
        if os.path.isdir(target):
            return
    yield path


def within(path: str, root: str) -> bool:
    """Whether a real path lies in a real folder."""
    return path == root or path.startswith(root.rstrip(os.sep) + os.sep)


def _passed_over(name: str, beside: list[str]) -> bool:
    """Whether a file or folder holds no article by its name."""
    folded = name.casefold()
    stem, _, suffix = folded.removesuffix(".gz").rpartition(".")
    if folded.startswith(".") or folded.endswith("~") or (stem and suffix in PASSED_OVER):
        return True
    if folded.partition(".")[0] in ABOUT:
        return True
    page = name.removesuffix(PAGE_PARTS)
    return page != name and any(page + ending in beside for ending in PAGE_NAMES)
