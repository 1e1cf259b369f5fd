"""The language of a text that none of our stop words know: said where its letters leave no doubt, else left open."""

from __future__ import annotations

import subprocess
import sys

import pytest

from retold.inputs.guess import language_of

TEXTS = {
    "en": "The council voted on Thursday to rebuild the old bridge, and the mayor said that work would begin in May.",
    "de": "Der Rat hat am Donnerstag beschlossen, die alte Brücke neu zu bauen, und die Arbeiten beginnen im Mai.",
    "pt": "A câmara votou na quinta-feira a favor da reconstrução da ponte velha sobre o rio. A obra começa em maio.",
    "it": "Il consiglio ha votato giovedì per ricostruire il vecchio ponte sul fiume. I lavori iniziano a maggio.",
    "nl": "De gemeenteraad heeft donderdag besloten de oude brug over de rivier te herbouwen; het werk begint in mei.",
    "pl": "Rada miasta zdecydowała w czwartek o odbudowie starego mostu na rzece, a prace mają się rozpocząć w maju.",
    "sv": "Kommunfullmäktige beslutade på torsdagen att bygga upp den gamla bron över floden. Arbetet börjar i maj.",
    "tr": "Belediye meclisi perşembe günü nehrin üzerindeki eski köprünün yeniden yapılmasına karar verdi.",
    "uk": "Міська рада у четвер вирішила відбудувати старий міст через річку, роботи почнуться у травні.",
    "fa": "شورای شهر روز پنجشنبه تصمیم گرفت پل قدیمی روی رودخانه را بازسازی کند و کار در ماه مه آغاز خواهد شد.",
    "cs": "Zastupitelstvo ve čtvrtek rozhodlo o obnově starého mostu přes řeku a práce mají začít v květnu.",
    "hu": "A városi tanács csütörtökön úgy döntött, hogy újjáépíti a folyón átívelő régi hidat a városban.",
    "ja": "市議会は木曜日、川にかかる古い橋を再建することを決めた。工事は五月に始まる。",
}


@pytest.mark.parametrize("language", TEXTS)
def test_a_paragraph_shows_its_language(language):
    assert language_of(TEXTS[language]) == language


@pytest.mark.parametrize("text", ["", "12 : 7", "Harwick 3, Ellery 1", "Ode, Lund, Marsk", "…", "\0\ud800"])
def test_what_shows_no_language_has_none(text):
    assert language_of(text) == "und"


def test_the_model_is_loaded_only_where_it_is_needed():
    asked = "import sys; from retold.inputs.guess import language_of; language_of('The mayor said that it is shut.')"
    ran = subprocess.run(
        [sys.executable, "-c", f"{asked}; print('numpy' in sys.modules)"], capture_output=True, text=True, check=True
    )
    assert ran.stdout == "False\n"
