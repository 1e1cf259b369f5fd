"""Agencies by name: known under all their names, told by form, found among other names."""

from __future__ import annotations

import pytest

from retold.text.agencies import agencies_in, house, is_agency


@pytest.mark.parametrize(
    ("name", "usual"),
    [
        ("AP", "AP"),
        ("The Associated Press", "AP"),
        ("Agence France-Presse", "AFP"),
        ("Deutsche Presse-Agentur", "dpa"),
        ("ТАСС", "TASS"),
        ("ИНТЕРФАКС", "Interfax"),
        ("REUTERS", "Reuters"),
        ("Norlandia Press", ""),
        ("Petra", ""),
        ("PETRA", "Petra"),
        ("spa", ""),
    ],
)
def test_a_house_is_told_by_one_name(name, usual):
    assert house(name) == usual


@pytest.mark.parametrize(
    "name", ["Norlandia Press", "Southern Wire", "Agence Norpresse", "Агентство Норпресс", "NPD", "dpa"]
)
def test_a_name_may_read_as_an_agencys(name):
    assert is_agency(name)


@pytest.mark.parametrize("name", ["Jane Doe", "Harwick Courier", "wire services", "From agency reports", "MP", "", "/"])
def test_other_names_do_not(name):
    assert not is_agency(name)


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("dpa/AFP", ["dpa", "AFP"]),
        ("dpa/jd", ["dpa"]),
        ("Le Courrier avec AFP", ["AFP"]),
        ("JANE DOE Norlandia Press", ["Norlandia Press"]),
        ("Norlandia Press Staff", ["Norlandia Press"]),
        ("AFP - Agence France Presse", ["AFP"]),
        ("News Agency of Nigeria", ["News Agency of Nigeria"]),
        ("Jane Doe, MP", []),
        ("Jane Doe", []),
    ],
)
def test_agencies_are_found_among_other_names(line, names):
    assert agencies_in(line) == names
