"""Where a short answer begins and ends, for any span that the reader picks."""

from __future__ import annotations

import pytest

from rag.answering.candidates import rank_candidates
from rag.core.article import Article, Hit, Passage, Reading, Sentence, Span
from tests.composing import answer_to, material

TEXT = 'In May they met in separate rooms near Muscat on 4 May 2018. She called the talks "calm and constructive."'


def shown(question: str, *picked: str) -> list[str]:
    sentences = (Sentence(0, 60), Sentence(61, len(TEXT)))
    article = Article("a", "a.txt", "h", TEXT, "Talks", sentences=sentences)
    hit = Hit(Passage(1, article, 0, len(TEXT), sentences), 1, 1.0, 0.5)
    spans = tuple(Span(TEXT.index(words), TEXT.index(words) + len(words), 3.0) for words in picked)
    ranked = rank_candidates(material(question, [Reading(hit, spans, (0.5, 0.5))]))
    return [candidate.words for candidate in ranked]


@pytest.mark.parametrize(
    ("question", "picked", "words"),
    [
        ("Where did they meet?", "in separate rooms", "separate rooms"),
        ("Where did they meet?", "near Muscat", "near Muscat"),
        ("When did they meet?", "In May", "May"),
        ("When did they meet?", "on 4 May 2018", "4 May 2018"),
        ("How did they meet?", "in separate rooms", "in separate rooms"),
        ("How did she describe the talks?", 'calm and constructive."', "calm and constructive"),
        ("How did she describe the talks?", '"calm and constructive."', '"calm and constructive."'),
    ],
)
def test_a_short_answer_is_the_name_of_what_is_asked_for(question: str, picked: str, words: str) -> None:
    assert shown(question, picked) == [words]


def test_what_has_no_letter_and_no_digit_answers_nothing() -> None:
    assert shown("How did she describe the talks?", '."') == []


def test_a_name_begins_before_its_particle() -> None:
    text = "Foreign Minister Badr bin Hamad al-Busaidi spoke of the de Gaulle airport."
    article = Article("a", "a.txt", "h", text, "Talks", sentences=(Sentence(0, len(text)),))
    hit = Hit(Passage(1, article, 0, len(text), article.sentences), 1, 1.0, 0.5)
    for picked, shown in (("bin Hamad al-Busaidi", "Badr bin Hamad al-Busaidi"), ("de Gaulle", "de Gaulle")):
        span = Span(text.index(picked), text.index(picked) + len(picked), 3.0)
        assert answer_to("Who?", [Reading(hit, (span,), (0.9,))]).short_answer == shown


@pytest.mark.parametrize(
    ("picked", "shown"),
    [
        ("UK, Germany", "UK, Germany, and the Kingdom of Spain"),
        ("Germany", "Germany"),  # one was asked for
        ("UK, Germany, and the Kingdom of Spain", "UK, Germany, and the Kingdom of Spain"),
        ("Rome, Italy", "Rome, Italy"),  # "and spoke" is no name
    ],
)
def test_a_list_of_names_is_shown_to_its_end(picked: str, shown: str) -> None:
    text = "The UK, Germany, and the Kingdom of Spain agreed in Rome, Italy, and spoke of it."
    article = Article("a", "a.txt", "h", text, "Talks", sentences=(Sentence(0, len(text)),))
    hit = Hit(Passage(1, article, 0, len(text), article.sentences), 1, 1.0, 0.5)
    span = Span(text.index(picked), text.index(picked) + len(picked), 3.0)
    answer = answer_to("Which allies?", [Reading(hit, (span,), (0.9,))])
    assert answer.short_answer == shown
