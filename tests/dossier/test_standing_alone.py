"""Which words of an article can be read without what stands around them."""

from __future__ import annotations

import pytest

from rag.core.article import Article
from rag.dossier.standing_alone import begins_whole, is_clean, is_speech, stands_alone


def article(words: str) -> Article:
    return Article(id="0" * 12, path="a", content_hash="", text=words, title="", published="2024-03-04")


@pytest.mark.parametrize(
    "words",
    [
        "The council of Osk voted on Tuesday to rebuild the bridge.",
        "“We will rebuild it,” Mayor Ida Holm told the council of Osk.",
        "Mayor Ida Holm said that she would rebuild the bridge (and the pier).",
        "As of Tuesday, nobody had claimed the bicycle from the river.",
        "The bridge of Osk was opened by the king on May 3, 1954.",
        "In 2019, she-wolves were seen near the bridge of Osk again.",
    ],
)
def test_whole_sentences_stand_alone(words: str) -> None:
    assert stands_alone(article(words), 0, len(words))


@pytest.mark.parametrize(
    "words",
    [
        "He said that the bridge of Osk would be rebuilt soon.",
        "On Tuesday, with the town in uproar, he left the bridge.",
        "This was the third flood that the town of Osk has seen.",
        "But the council of Osk voted against the bridge again.",
        "Now the council of Osk wants to rebuild the old bridge.",
        "Unlike Mell, these towns have built a bridge for their children.",
        "Will the council of Osk ever rebuild the old bridge?",
        "We should rebuild the old bridge of Osk without delay.",
        "The council spends your money on the old bridge of Osk.",
        "Let's not forget that the old bridge of Osk fell down.",
        "The latest news of the bridge of Osk and its town include:",
        "( See also: all articles about the bridge of Osk )",
        '-- "Bridge Of Osk Has Fallen Down Into The River."',
        "the council of Osk voted on Tuesday to rebuild the bridge.",
        "The council of Osk voted on “Tuesday to rebuild the bridge.",
        "Story highlights Council of Osk votes to rebuild the bridge.",
        "Ida Holm Ida HolmCouncil votes to rebuild the bridge of Osk.",
        "Photo of the bridge Photo of the bridge of Osk in the evening.",
        "Workers stand on the bridge of Osk on Monday, March 4, 2024.",
        "Jo Lund/AP The bridge of Osk after the flood of the Tarn.",
        "The bridge of Osk fell | The council votes on Tuesday.",
        "Bridge falls By JO BERG The bridge of Osk fell on Monday.",
        "The bridge of Osk fell.",
    ],
)
def test_what_needs_more_or_is_no_report_does_not(words: str) -> None:
    assert not stands_alone(article(words), 0, len(words))


def test_words_in_quotation_marks_may_be_personal() -> None:
    words = "The mayor of Osk said: “We must rebuild your bridge.”"
    assert stands_alone(article(words), 0, len(words)) and not is_speech(words)
    assert is_speech("“We must rebuild your bridge,” he said.")


def test_a_statement_may_refer_back_but_not_begin_inside_a_sentence() -> None:
    assert begins_whole("He said so.") and begins_whole("“But why?” Holm asked.")
    assert not begins_whole("But he said so.") and not begins_whole("said Holm.")
    assert is_clean(article(words := "He said that it would rain on Tuesday."), 0, len(words))
