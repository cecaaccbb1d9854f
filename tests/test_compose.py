"""What is quoted and when nothing is: hand-made readings, so that each rule is seen alone."""

from __future__ import annotations

from collections.abc import Sequence

from rag.article import Article, Hit, Passage, Reading, Sentence, Span
from rag.compose import compose
from rag.confidence import Calibration

TEXT = "Oman mediated the talks. Two hundred missiles flew. He described it as"
SENTENCES = (Sentence(0, 24), Sentence(25, 51), Sentence(52, 70, "fragment"))
# Confidence is the logistic function of the span's own score and nothing else.
PLAIN = Calibration(weights={"score": 1.0}, bias=0.0, threshold=0.5, precision=0.5)


def alike(texts: Sequence[str]) -> list[float]:
    """Every quote is as like the question as any other."""
    return [0.5] * len(texts)


def reading(*spans: tuple[int, int, float], article_id: str = "a", text: str = TEXT, rank: int = 1) -> Reading:
    article = Article(article_id, f"{article_id}.txt", f"hash-{article_id}", text, "Talks", sentences=SENTENCES)
    hit = Hit(Passage(rank, article, 0, len(text), SENTENCES), rank, 1.0 / rank, 0.5)
    return Reading(hit, tuple(Span(*span) for span in spans), tuple(0.1 * (3 - i) for i in range(len(SENTENCES))))


def test_the_quote_is_the_whole_sentence_and_the_short_answer_stands_inside_it() -> None:
    answer = compose("q", [reading((0, 4, 3.0))], PLAIN, alike, generation=7)
    citation = answer.citations[0]
    assert (answer.status, answer.generation) == ("answered", 7)
    assert (answer.short_answer, citation.quote) == ("Oman", "Oman mediated the talks.")
    assert TEXT[citation.start : citation.end] == citation.quote
    assert citation.short == "Oman"


def test_a_span_that_is_the_sentence_has_no_short_answer() -> None:
    answer = compose("q", [reading((0, 23, 3.0))], PLAIN, alike, generation=1)
    assert (answer.short_answer, answer.text) == (None, "Oman mediated the talks.")


def test_a_fragment_is_never_quoted_even_when_it_scores_best() -> None:
    answer = compose("q", [reading((55, 64, 9.0), (0, 4, 2.0))], PLAIN, alike, generation=1)
    assert [citation.quote for citation in answer.citations] == ["Oman mediated the talks."]


def test_a_list_is_quoted_with_the_sentence_that_announces_it() -> None:
    text = "Iran has set conditions. Chief among them: lifting sanctions. Nobody agreed."
    sentences = (Sentence(0, 24), Sentence(25, 61), Sentence(62, 76))
    article = Article("a", "a.txt", "h", text, "Talks", sentences=sentences)
    hit = Hit(Passage(1, article, 0, len(text), sentences), 1, 1.0, 0.5)
    for span in (Span(9, 23, 3.0), Span(43, 60, 3.0)):
        answer = compose("q", [Reading(hit, (span,), (0.9, 0.9, 0.1))], PLAIN, alike, generation=1)
        assert answer.text == "Iran has set conditions. Chief among them: lifting sanctions."
        assert answer.short_answer == text[span.start : span.end]


def test_only_fragments_are_nothing_readable() -> None:
    answer = compose("q", [reading((55, 64, 9.0))], PLAIN, alike, generation=1)
    assert (answer.status, answer.reason) == ("no_answer", "nothing_readable")


def test_below_the_threshold_there_is_no_answer_but_near_misses() -> None:
    answer = compose("q", [reading((0, 4, -1.0))], PLAIN, alike, generation=1)
    assert (answer.status, answer.reason, answer.text, answer.citations) == ("no_answer", "below_threshold", "", ())
    assert 0 < answer.confidence < 0.5
    assert [miss.quote for miss in answer.near_misses] == ["Oman mediated the talks."]


def test_no_hits_are_nothing_retrieved() -> None:
    assert compose("q", [], PLAIN, alike, generation=1).reason == "nothing_retrieved"


def test_the_same_answer_in_another_article_is_cited_beside_the_first() -> None:
    answer = compose(
        "q", [reading((0, 4, 3.0)), reading((0, 4, 2.0), article_id="b", rank=2)], PLAIN, alike, generation=1
    )
    assert [(citation.number, citation.article_id) for citation in answer.citations] == [(1, "a"), (2, "b")]
    assert answer.other_answers == ()


def test_another_answer_above_the_threshold_is_shown_apart() -> None:
    answer = compose("q", [reading((0, 4, 3.0), (25, 36, 1.0))], PLAIN, alike, generation=1)
    assert [other.short_answer for other in answer.other_answers] == ["Two hundred"]
    assert len(answer.citations) == 1


def test_overlapping_passages_do_not_cite_one_sentence_twice() -> None:
    answer = compose("q", [reading((0, 4, 3.0)), reading((0, 4, 2.5), rank=2)], PLAIN, alike, generation=1)
    assert len(answer.citations) == 1


def test_agreement_of_another_article_raises_confidence_when_it_is_weighed() -> None:
    weighed = PLAIN.model_copy(update={"weights": {**PLAIN.weights, "agreement": 1.0}})
    alone = compose("q", [reading((0, 4, 1.0))], weighed, alike, generation=1)
    both = compose(
        "q", [reading((0, 4, 1.0)), reading((0, 4, 1.0), article_id="b", rank=2)], weighed, alike, generation=1
    )
    assert both.confidence > alone.confidence


def test_of_two_equal_spans_the_one_in_a_quote_more_like_the_question_is_more_probable() -> None:
    weighed = PLAIN.model_copy(update={"weights": {"score": 1.0, "quote_similarity": 2.0}})

    def missiles(texts: Sequence[str]) -> list[float]:
        return [0.9 if "missiles" in text else 0.1 for text in texts]

    answer = compose("q", [reading((0, 4, 1.0), (25, 36, 1.0))], weighed, missiles, generation=1)
    assert answer.short_answer == "Two hundred"


def test_why_is_answered_by_the_sentence_and_not_by_a_word_of_it() -> None:
    answer = compose("Why did the talks happen?", [reading((0, 4, 3.0))], PLAIN, alike, generation=1)
    assert (answer.text, answer.short_answer) == ("Oman mediated the talks.", None)
