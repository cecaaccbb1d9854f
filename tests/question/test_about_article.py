from __future__ import annotations

import pytest

from rag.question.about_article import article_asked, with_this_article


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


@pytest.mark.parametrize(
    ("question", "field", "topic"),
    [
        ("Who's the author of the piece on the mill?", "byline", "the mill"),
        ("Who penned the story about the mill?", "byline", "the mill"),
        ("Who is the article about the mill by?", "byline", "the mill"),
        ("Which journalist wrote about the mill?", "byline", "the mill"),
        ("What is the byline of the article about the mill?", "byline", "the mill"),
        ("When did you publish the story about the mill?", "published", "the mill"),
        ("What year was the article about the mill published?", "published", "the mill"),
        ("What date is the article about the mill from?", "published", "the mill"),
        ("In which section did the article about the mill appear?", "section", "the mill"),
        ("What section is this article in?", "section", None),
    ],
)
def test_a_field_is_asked_for_in_other_words(question: str, field: str, topic: str | None) -> None:
    found = article_asked(question)
    assert found is not None and (found.field, found.topic) == (field, topic)


@pytest.mark.parametrize(
    ("question", "whole"),
    [
        ("Who wrote it?", "Who wrote this article?"),
        ("When was that published?", "When was this article published?"),
        ("Who is the author?", "Who is the author of this article?"),
        ("Who wrote this article?", None),
        ("When was it released?", None),
        ("Where is it from?", None),
        ("How old is it?", None),
        ("What category was it?", None),
        ("Who was the journalist?", None),
        ("Who wrote the law?", None),
    ],
)
def test_it_may_be_this_article_where_it_is_written(question: str, whole: str | None) -> None:
    assert with_this_article(question) == whole
