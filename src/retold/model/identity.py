"""Ids made from content, so that any machine gives the same id to the same thing."""

from __future__ import annotations

from hashlib import sha256

LENGTH = 16  # hexadecimal digits: 64 bits keep a thousand million versions apart


def identify(*parts: str) -> str:
    """The id of what the parts say; where one part ends and the next begins counts.

    >>> identify("ab", "c") == identify("a", "bc")
    False
    """
    digest = sha256()
    for part in parts:
        encoded = part.encode("utf-8", "surrogatepass")
        digest.update(len(encoded).to_bytes(8, "big"))
        digest.update(encoded)
    return digest.hexdigest()[:LENGTH]
