"""What one person said: words of others, and words whose speaker the text does not tell."""

from __future__ import annotations

import pytest

from rag.answering.asked_speaker import is_off_topic, is_said_by, is_someone_else, is_untold
from rag.answering.speakers import attribution_of
from rag.core.article import Article, Hit, Passage, Reading, Span
from rag.question.speaker import WordsAsked
from rag.text.segment import segment
from tests.composing import PLAIN, answer_to

SPOKEN = PLAIN.model_copy(update={"spoken": 0.9})
MILL = (
    'Surveyor Per Moe said the roof of the mill will fall. "The mill is old." "Nobody asked us about the roof," the '
    "guild said. The surveyor added that the mill was wet. The mill stands in Osk."
)


def mill() -> Article:
    return Article("a", "a.txt", "hash", MILL, "The mill", sentences=segment(MILL))


@pytest.mark.parametrize(
    ("words", "untold"),
    [
        ("Surveyor Per Moe said", False),
        ("“The mill is old.”", True),
        ("“Nobody asked us", True),  # the guild is nobody's name and not what the article calls Moe
        ("The surveyor added", False),  # that is what the article calls him
        ("The mill stands", False),  # nobody says it
    ],
)
def test_words_are_untold_unless_the_person_may_have_said_them(words: str, untold: bool) -> None:
    article = mill()
    start = MILL.index(words.strip("“”"))
    sentence = next(s for s in article.sentences if s.start <= start < s.end)
    assert is_untold("Per Moe", article, sentence.start, sentence.end) == untold
    assert is_untold("Tora Vik", article, sentence.start, sentence.end) == (words != "The mill stands")


@pytest.mark.parametrize(
    ("text", "words", "is_other"),
    [
        ("Lund met Per Moe’s team.\n\n“It is late,” he told The Post.", "“It is late", False),
        ("Per Moe’s team came.\n\n“It is late,” he told The Post.", "“It is late", True),
        ("Per Moe’s Lundish team came.\n\n“It is late,” he told The Post.", "“It is late", True),
        ("Lund sings. Moe dances.\n\n“It is late,” he told The Post.", "“It is late", False),
    ],
)
def test_he_may_be_the_person_who_is_named_nearby(text: str, words: str, is_other: bool) -> None:
    article = Article("a", "a.txt", "hash", text, "The mill", sentences=segment(text))
    start = text.index(words)
    sentence = next(s for s in article.sentences if s.start <= start < s.end)
    told = attribution_of(article, sentence.start, sentence.end)
    assert is_someone_else("Ida Lund", article, told) is is_other
    assert is_untold("Ida Lund", article, sentence.start, sentence.end) is is_other


def reading(*, with_own: bool) -> Reading:
    """The article, or the part of it without the person's own words."""
    article = mill()
    sentences = article.sentences if with_own else article.sentences[1:3]
    passage = Passage(1, article, sentences[0].start, sentences[-1].end, sentences)
    spans = tuple(Span(s.start, s.end, 3.0) for s in sentences)
    return Reading(Hit(passage, 1, 1.0, 0.5), spans, tuple(1 / (len(spans) + 1) for _ in spans))


def test_untold_words_do_not_stand_beside_the_words_of_the_person() -> None:
    answer = answer_to("What did Per Moe say about the mill?", [reading(with_own=True)], SPOKEN)
    quotes = [citation.quote for citation in answer.citations]
    assert any("Per Moe" in quote for quote in quotes)
    assert not any("old" in quote or "Nobody" in quote for quote in quotes)


def test_untold_words_are_shown_if_there_is_nothing_else() -> None:
    answer = answer_to("What did Per Moe say about the mill?", [reading(with_own=False)])
    shown = [citation.quote for citation in (*answer.citations, *answer.near_misses)]
    assert any("old" in quote for quote in shown)


PORT = (
    'Osk closed the port on Monday. Norwegian Trade Minister Ida Lund said the port was too shallow. "The port is '
    'deep," Otto Vik said. Norway said the port would open in May.'
)


def port_quotes(question: str) -> list[str]:
    article = Article("p", "p.txt", "hash", PORT, "The port", sentences=segment(PORT))
    passage = Passage(1, article, 0, len(PORT), article.sentences)
    spans = tuple(Span(s.start, s.end, 3.0) for s in article.sentences)
    one = Reading(Hit(passage, 1, 1.0, 0.5), spans, tuple(1 / (len(spans) + 1) for _ in spans))
    return [citation.quote for citation in answer_to(question, [one], SPOKEN).citations]


def test_a_country_speaks_through_those_whom_the_article_calls_its_own() -> None:
    quotes = " ".join(port_quotes("What did Norway say about the port?"))
    assert "shallow" in quotes
    assert "would open" in quotes
    assert "deep" not in quotes


def test_the_words_of_a_person_on_something_else_are_no_answer() -> None:
    article = mill()
    passage = Passage(1, article, 0, len(MILL), article.sentences)
    first = article.sentences[0]
    asked_of = [WordsAsked("Per Moe", frozenset(topic)) for topic in ({"ferri"}, {"mill"}, set())]
    assert [is_off_topic(asked, passage, first.start, first.end) for asked in asked_of] == [True, False, False]
    assert not is_off_topic(WordsAsked("Tora Vik", frozenset({"ferri"})), passage, first.start, first.end)


def test_words_in_an_article_that_never_names_whom_they_are_to_be_about_are_no_answer() -> None:
    article = mill()
    passage = Passage(1, article, 0, len(MILL), article.sentences)
    first = article.sentences[0]
    asked_of = [WordsAsked("Per Moe", frozenset({"osk", "roof"}), about) for about in ("Bergen", "Osk", "Osks", "")]
    told = [is_off_topic(asked, passage, first.start, first.end) for asked in asked_of]
    assert told == [True, False, False, False]


@pytest.mark.parametrize(
    ("text", "is_hers"),
    [
        ("Tora Vik opened the mill. The mill is safe, Vik said.", True),
        ("Otto Vik, a diver, saw the mill. The mill is safe, Vik said.", False),
        ("Mayor Vik opened the mill. The mill is safe, Vik said.", True),
        ("Otto Vik met Tora Vik. The mill is safe, Vik said.", True),  # either may have said it
        ("Everyone came. The mill is safe, Vik said.", True),
        ("President Otto Vik saw the mill. The mill is safe, Vik said.", False),
        ("President Otto Vik saw the mill. The mill is safe, President Vik said.", False),
        ("Norwegian President Vik saw the mill. The mill is safe, President Vik said.", True),
    ],
)
def test_a_surname_is_not_of_someone_whom_only_a_namesake_bears_there(text: str, is_hers: bool) -> None:
    article = Article("v", "v.txt", "hash", text, "The mill", sentences=segment(text))
    attribution = attribution_of(article, text.index("The mill is safe"), len(text))
    assert is_said_by("Tora Vik", article, attribution) == is_hers
    assert is_said_by("Mayor Vik", article, attribution)  # a title is no first name
