"""What the probability of a sentence is computed from, and that it is fitted and applied in the same way."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.answering.candidates import rank_candidates
from rag.answering.confidence import Regression, candidates_only, load_calibration, log_odds
from rag.answering.quotes.confidence import answer_features
from rag.answering.quotes.ranking import RankedSentence, rank_sentences
from rag.answering.quotes.selection import Quote
from rag.core.article import Article, Hit, Passage, Reading, Sentence, Span
from rag.text.segment import segment
from tests.composing import asked, material

TEXT = 'Keller opened the bridge. "It will stand," Keller said. "It will fall," Moor said. Sold at'
PLACES = (Sentence(0, 25), Sentence(26, 55), Sentence(56, 82), Sentence(83, 90, "fragment"))


def bridge(rank: int = 1) -> Reading:
    article = Article("a", "a.txt", "hash", TEXT, "Bridge", sentences=PLACES)
    hit = Hit(Passage(rank, article, 0, len(TEXT), PLACES), rank, 1 / 61, 0.4)
    return Reading(hit, (Span(0, 6, 1.5),), (0.6, 0.1, 0.05, 0.2))


def sentences(question: str, *readings: Reading) -> dict[str, RankedSentence]:
    given = material(question, readings)
    return {one.text: one for one in rank_sentences(given, rank_candidates(given))}


def test_only_what_can_be_quoted_is_ranked() -> None:
    assert set(sentences("Who opened the bridge?", bridge())) == {TEXT[s.start : s.end] for s in PLACES[:3]}


def test_the_features_of_a_sentence() -> None:
    first, second, _ = sentences("Who opened the bridge?", bridge()).values()
    assert first.features["evidence"] == pytest.approx(math.log(0.6 / 0.4))
    assert second.features["evidence_gap"] == pytest.approx(math.log(0.1 / 0.9) - math.log(0.6 / 0.4))
    assert (first.features["span"], second.features["span"]) == (1.5, -12.0)
    assert (first.features["lead"], second.features["lead"]) == (1.0, 0.5)
    assert first.features["candidate"] == pytest.approx(1 / (1 + math.exp(-1.5)))
    assert (first.features["quoted"], second.features["quoted"]) == (0.0, 1.0)
    assert first.features["reciprocal_rank"] == 0.25


def test_the_speaker_asked_for_and_another_one_are_told_apart() -> None:
    found = sentences("What did Keller say about the bridge?", bridge())
    own, other = found['"It will stand," Keller said.'], found['"It will fall," Moor said.']
    assert (own.features["said_by_asked"], own.features["said_by_other"]) == (1.0, 0.0)
    assert (other.features["said_by_asked"], other.features["said_by_other"]) == (0.0, 1.0)
    assert own.features["quoted_if_said"] == 1.0


def test_a_sentence_of_two_passages_is_ranked_once() -> None:
    assert len(sentences("Who opened the bridge?", bridge(1), bridge(2))) == 3


def test_a_reader_without_regressions_quotes_its_candidates_alone() -> None:
    found = list(sentences("Who opened the bridge?", bridge()).values())
    best, *others = sorted(found, key=lambda one: -one.probability)
    assert best.text == "Keller opened the bridge."
    assert all(one.probability < 1e-6 for one in others)
    given = material("Who opened the bridge?", [bridge()])
    candidates = rank_candidates(given)
    quote = Quote(best.article, best.sentence.start, best.sentence.end, best)
    confidence = candidates_only(0.5).answer.probability(answer_features(given.question, candidates, [quote]))
    assert confidence == pytest.approx(candidates[0].confidence)


def test_the_shipped_regressions_use_the_features_that_there_are() -> None:
    quotes = load_calibration("reader").quotes
    (first, *_) = sentences("Who opened the bridge?", bridge()).values()
    assert set(quotes.sentence.weights) == set(first.features)
    quote = Quote(first.article, first.sentence.start, first.sentence.end, first)
    assert set(quotes.answer.weights) == set(answer_features(asked("Who?"), [], [quote]))
    assert 0.0 < quotes.threshold < 1.0


@given(st.floats(0, 1), st.floats(-1e6, 1e6), st.floats(-1e3, 1e3))
def test_probabilities_stay_in_their_range(probability: float, value: float, weight: float) -> None:
    assert abs(log_odds(probability)) < 9.3
    assert 0.0 <= Regression(weights={"x": weight}, bias=0.0).probability({"x": value}) <= 1.0


def test_a_word_or_two_are_quoted_only_as_a_quotation_or_with_a_number() -> None:
    text = "Why? The bridge is closed. “No,” Keller said. “Never.” Twelve boats. 12 boats."
    places = segment(text)
    article = Article("w", "w.txt", "hash", text, "Bridge", sentences=places)
    one = Reading(Hit(Passage(9, article, 0, len(text), places), 1, 1 / 61, 0.4), (), (0.1,) * len(places))
    found = sentences("Why is the bridge closed?", one)
    assert [text for text, sentence in found.items() if sentence.says_nothing] == ["Why?", "Twelve boats."]
