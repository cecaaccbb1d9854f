from __future__ import annotations

import pytest

from rag.question.about_article import article_asked


@pytest.mark.parametrize(
    ("question", "field", "topic"),
    [
        ("Who wrote the article about the mill?", "byline", "the mill"),
        ("Who is the author of the op-ed called “Stay”?", "byline", "Stay"),
        ("Who wrote this article?", "byline", None),
        ("When was the story on the new pier published?", "published", "the new pier"),
        ("When did that piece come out?", "published", None),
        ("What is the date of the news article about Hull?", "published", "Hull"),
        ('Which newspaper published the article "Pier opens"?', "source", "Pier opens"),
        ("Whose photograph is in the article about the mill?", "photo", "the mill"),
        ("Who took the pictures for this story?", "photo", None),
        ("where was the interview about the strike printed", "source", "the strike"),
    ],
)
def test_a_field_of_an_article_is_asked_for(question: str, field: str, topic: str | None) -> None:
    found = article_asked(question)
    assert found is not None and (found.field, found.topic) == (field, topic)


@pytest.mark.parametrize(
    "question",
    [
        "Who wrote Hamlet?",
        "When was the bridge opened?",
        "Who wrote it?",
        "Whose photo was stolen?",
        "What does the article say about Hull?",
    ],
)
def test_other_questions_ask_nothing_of_an_article(question: str) -> None:
    assert article_asked(question) is None
