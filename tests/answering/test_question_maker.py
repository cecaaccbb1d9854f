"""Questions made from sentences: a question in plain English that the sentence answers, or none."""

from __future__ import annotations

import pytest

from rag.answering.question_maker import make_questions
from rag.core.article import Article, Sentence
from tests.fake_library import cite


def article_of(*sentences: str) -> Article:
    text = " ".join(sentences)
    starts = [text.index(sentence) for sentence in sentences]
    found = tuple(Sentence(start, start + len(s)) for start, s in zip(starts, sentences, strict=True))
    return Article("id", "a.txt", "hash", text, "A title", sentences=found)


@pytest.mark.parametrize(
    ("sentence", "question"),
    [
        ("Saddam Hussein invaded Kuwait in 1990.", "Who invaded Kuwait in 1990?"),
        ("The house, with Oman's Foreign Minister Badr al-Busaidi in it.", "Who is Oman's Foreign Minister?"),
        ("Twelve people and two adults were seriously injured.", "How many adults were seriously injured?"),
        ("The 31 turbines are to supply 540,000 homes.", "How many turbines are to supply 540,000 homes?"),
        ("A drone breached US defenses in Jordan, killing three sailors.", "How many sailors were killed in Jordan?"),
        ("It hurts China, the largest buyer of Iranian oil.", "Who is the largest buyer of Iranian oil?"),
        ("The night flight was cancelled because snow fell.", "Why was the night flight cancelled?"),
        ("The district was recaptured by the state in 2016.", "When was the district recaptured by the state?"),
    ],
)
def test_a_plain_sentence_is_turned_into_its_question(sentence: str, question: str) -> None:
    article = article_of("It rained.", sentence)
    (made,) = make_questions(article)
    assert made.text == question
    assert article.text[made.start : made.end] == sentence
    assert made.is_quoted_by(cite(article, sentence[:-1]))
    assert not made.is_quoted_by(cite(article, "It rained."))


@pytest.mark.parametrize(
    "sentence",
    [
        "Saddam Hussein invaded it in 1990.",
        "Ada Quill launched their second attempt.",
        "Two million people were there for it.",
        "He was arrested because of this.",
        "Three years were lost in the courts.",
        "A mass shooting is one in which four or more people are killed by gunfire.",
        "Nothing of the kind.",
        "",
    ],
)
def test_what_would_not_be_understood_alone_is_not_asked(sentence: str) -> None:
    assert list(make_questions(article_of(sentence))) == []


def test_headings_and_fragments_are_not_asked_about() -> None:
    text = "Saddam Hussein invaded Kuwait in 1990."
    for kind in ("heading", "fragment", "pull_quote", "boilerplate"):
        article = Article("id", "a.txt", "hash", text, "A title", sentences=(Sentence(0, len(text), kind),))
        assert list(make_questions(article)) == []
