"""The agency with which a paragraph opens, in every form that agencies use."""

from __future__ import annotations

import pytest

from retold.reading.datelines import dateline
from retold.reading.pagewords import page_words

WORDS = page_words("und")  # every language's words at once


@pytest.mark.parametrize(
    ("paragraph", "name"),
    [
        ("HARWICK, May 3 (Norlandia Press) - The bridge fell.", "Norlandia Press"),
        ("HARWICK (Norlandia Press) — The bridge fell.", "Norlandia Press"),
        ("HARWICK/AVERNESS, May 3 (Norlandia Press) - The bridge fell.", "Norlandia Press"),
        ("May 3 (Norlandia Press) - The bridge fell.", "Norlandia Press"),
        ("Harwick, May 3 (PTI) The bridge fell on Sunday.", "PTI"),
        ("Harwick [Norland], May 3 (ANI): The bridge fell.", "ANI"),
        ("HARWICK, Dec. 29 (UPI) -- The bridge fell.", "UPI"),
        ("Harwick, Norland (CNN)The bridge fell.", "CNN"),
        ("(CNN) -- The bridge fell.", "CNN"),
        ("(CNN) The bridge fell.", "CNN"),
        ("HARWICK, October 16 (RIA Novosti), Ina Volk - The bridge fell.", "RIA Novosti"),
        ("HARWICK (CBS Harwick/AP) — The bridge fell.", "CBS Harwick/AP"),
        ("HARWICK (FOX 13) - The bridge fell.", "FOX 13"),
        ("AFP - The bridge fell.", "AFP"),
        ("AFP — The bridge fell.", "AFP"),
        ("Norlandia Press, HARWICK - The bridge fell.", "Norlandia Press"),
        ("HARWICK, May 3, Norlandia Press — The bridge fell.", "Norlandia Press"),
        ("Moscow. May 3. INTERFAX - The bridge fell.", "INTERFAX"),
        ("Лукоярск. 3 мая. ИНТЕРФАКС - Мост упал.", "ИНТЕРФАКС"),
        ("Лукоярск. 3 мая. INTERFAX.RU - Мост упал.", "INTERFAX.RU"),
        ("МОСКВА, 3 мая. /ТАСС/. Мост упал.", "ТАСС"),
        ("MOSCOW, May 3. /TASS/. The bridge fell.", "TASS"),
        ("МОСКВА, 3 мая - РИА Новости. Мост упал.", "РИА Новости"),
        ("МОСКВА, 3 мая — РИА Новости, Ина Волк. Мост упал.", "РИА Новости"),
        ("ЛУКОЯРСК, 3 мая (Норпресс) — Мост упал.", "Норпресс"),
        ("Harwick (dpa/lno) - Die Brücke fiel.", "dpa/lno"),
        ("Harwick (dpa) Die Brücke fiel am Sonntag.", "dpa"),
        ("Harwick an der Elm (npd) - Die Brücke fiel.", "npd"),
        ("Harwick/Norburg (dpa) - Die Brücke fiel.", "dpa"),
        ("HARWICK (dpa-AFX) - Die Brücke fiel.", "dpa-AFX"),
        ("Harwick, 3 mai (AFP) - Le pont est tombé.", "AFP"),
        ("HARWICK, 3 May. (EUROPA PRESS) - El puente cayó.", "EUROPA PRESS"),
        ("Orvane, 3 may (EFE).- El puente cayó.", "EFE"),
        ("Orvane (EFE).- El puente cayó.", "EFE"),
        ("Orvane de los Ríos (EFE).- El puente cayó.", "EFE"),
        ("(ANSA) - ORVANE, 3 MAG - Il ponte è caduto.", "ANSA"),
        ("Orvane, 3 mai 2026 (Lusa) - A ponte caiu.", "Lusa"),
        ("HARWICK (ANP) - De brug viel.", "ANP"),
        ("HARWICK, May 3 /PRNewswire/ -- The bridge fell.", "PRNewswire"),
        ("(Adds details) HARWICK, May 3 (Norlandia Press) - The bridge fell.", "Norlandia Press"),
        ("新华社北京5月3日电 桥塌了。", "新华社"),
        ("【共同】橋が落ちた。", "共同"),
        ("(서울=연합뉴스) 다리가 무너졌다.", "연합뉴스"),
    ],
)
def test_a_dateline_names_its_agency_at_its_place(paragraph, name):
    found = dateline(paragraph, WORDS)
    assert found is not None
    start, end, said = found
    assert said == name
    assert paragraph[start:end].strip("()/[]") == name


@pytest.mark.parametrize(
    "paragraph",
    [
        "HARWICK, Norland — The bridge fell.",
        "HARWICK, U.S. — The bridge fell.",
        "Agence France Presse (AFP) said the bridge fell.",
        "Agence France Presse (AFP) Norland bureau chief fell.",
        "The European Union (EU) - a bloc - met.",
        "The League of Coastal States (LCS) The plan.",
        "Frankfurt am Main (62) - a place.",
        "President Renn (NPD) Norland's leader fell.",
        "Reuters – the agency – said so.",
        "Bloomberg - a mayor - left.",
        "The mayor of Harwick (SPD) - a lawyer - resigned.",
        "HARWICK fell (again). The town slept.",
        "The town (AFP) slept.",
        "Harwick (Norland) - The bridge fell.",
        "Harwick (population 300) - The bridge fell.",
        "Mayor Jane Doe (Harwick) - a lawyer - left.",
    ],
)
def test_brackets_and_dashes_of_prose_are_no_dateline(paragraph):
    assert dateline(paragraph, WORDS) is None
