"""Colours: text stands out from its ground, and inks that mean something apart from each other, to every eye."""

from __future__ import annotations

import re
from itertools import combinations

import numpy as np
import pytest

from retold.web.pages import STATIC

CSS = STATIC["report.css"].read_text("utf-8")
LEAST_CONTRAST, LEAST_APART = 4.5, 60.0
# Text and the grounds that it stands on, by the names of their properties.
TEXTS = [
    *((ink, ground) for ink in ("ink", "quiet", "link", "content", "name") for ground in ("paper", "card")),
    ("ink", "name-fill"),  # what a search has found
    ("ink", "note-fill"),
    ("note", "note-fill"),
    ("content", "content-fill"),
    ("name", "name-fill"),
    ("same", "same-fill"),
    ("only", "only-fill"),
    ("paper", "link"),  # a button
    ("paper", "same"),
    ("paper", "only"),
]
INKS = ("content", "name", "same", "only")  # what marks and matrices are drawn with
# Machado, Oliveira and Fernandes 2009, severity 1, in linear RGB.
EYES = {
    "normal": np.eye(3),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritanopia": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}
XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)


def properties(start: str) -> dict[str, str]:
    """The colours of the first block that starts so."""
    block = CSS[CSS.index(start) :].partition("{")[2].partition("}")[0]
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block))


LIGHT = properties(":root {")
DARK = LIGHT | properties(':root[data-theme="dark"] {')
SCHEMES = {"light": LIGHT, "dark": DARK}


def linear(colour: str) -> np.ndarray:
    """A colour as light."""
    given = np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)]) / 255
    return np.where(given <= 0.04045, given / 12.92, ((given + 0.055) / 1.055) ** 2.4)


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, as WCAG has it."""
    darker, lighter = sorted(float(XYZ[1] @ linear(colour)) for colour in (one, other))
    return (lighter + 0.05) / (darker + 0.05)


def apart(one: str, other: str, eye: str) -> float:
    """How far apart an eye sees two colours: CIE76, the distance in CIELAB."""
    first, second = (_lab(np.clip(EYES[eye] @ linear(colour), 0, 1)) for colour in (one, other))
    return float(np.linalg.norm(first - second))


def _lab(light: np.ndarray) -> np.ndarray:
    share = XYZ @ light / XYZ.sum(axis=1)
    root = np.where(share > (6 / 29) ** 3, np.cbrt(share), share / (3 * (6 / 29) ** 2) + 4 / 29)
    return np.array([116 * root[1] - 16, 500 * (root[0] - root[1]), 200 * (root[1] - root[2])])


def test_the_dark_colours_are_the_same_by_the_system_and_by_the_button():
    assert properties(':root:not([data-theme="light"]) {') == properties(':root[data-theme="dark"] {') != {}
    assert set(LIGHT) == set(DARK)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("text", "ground"), TEXTS)
def test_text_stands_out_from_its_ground(scheme: str, text: str, ground: str):
    colours = SCHEMES[scheme]
    assert contrast(colours[text], colours[ground]) >= LEAST_CONTRAST


@pytest.mark.parametrize("eye", EYES)
@pytest.mark.parametrize("scheme", SCHEMES)
def test_inks_that_mean_something_are_far_apart_to_every_eye(scheme: str, eye: str):
    inks = sorted({SCHEMES[scheme][name] for name in INKS})
    found = {pair: apart(*pair, eye) for pair in combinations(inks, 2)}
    assert found
    assert min(found.values()) >= LEAST_APART, found


def test_what_is_measured_is_what_others_measure():
    """Black on white, and a red and a green that protanopes and deuteranopes confound."""
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert apart("#000000", "#ffffff", "normal") == pytest.approx(100, abs=0.01)
    confounded = [apart("#b32d2d", "#6a6a00", eye) for eye in ("normal", "protanopia", "deuteranopia")]
    assert confounded[0] > 2 * confounded[1]
    assert apart("#ff0000", "#00ff00", "normal") == pytest.approx(170.6, abs=0.5)
