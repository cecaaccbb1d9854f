"""The signals of a candidate: here, how many articles agree with it."""

from __future__ import annotations

from rag.answering.candidates import rank_candidates
from rag.answering.confidence import load_calibration
from rag.core.article import Article, Hit, Passage, Reading, Sentence, Span
from tests.composing import material


def agreement(*groups: tuple[str, int | None]) -> list[float]:
    """The agreement signal of candidates that say the same, from articles with these ids and groups."""
    readings = []
    for rank, (article_id, group) in enumerate(groups, start=1):
        said = "The toll rose to 42."
        story = Article(article_id, "", article_id, said, "", sentences=(Sentence(0, len(said)),), group=group)
        hit = Hit(Passage(rank, story, 0, len(said), story.sentences), rank, 1.0 / rank, 0.5)
        readings.append(Reading(hit, (Span(17, 19, 3.0),), (1.0,)))
    candidates = rank_candidates(material("How high is the toll?", readings, load_calibration("sentence")))
    return [c.signals.agreement for c in sorted(candidates, key=lambda c: c.hit.rank)]


def test_copies_are_one_voice() -> None:
    assert agreement(("a", 1), ("b", 2), ("c", 3)) == [2, 2, 2]
    assert agreement(("a", 1), ("b", 1), ("c", 1)) == [0, 0, 0]
    assert agreement(("a", 1), ("b", 1), ("c", 3)) == [1, 1, 1]
    assert agreement(("a", None), ("b", None)) == [1, 1]


def words(question: str) -> list[str]:
    """The words of the candidates, best first. The reader likes the season more than the day."""
    text = "The mill closed in spring. The register gives 14 April 1987 as its last day."
    sentences = (Sentence(0, 26), Sentence(27, len(text)))
    story = Article("a", "a.txt", "h", text, "The mill", sentences=sentences)
    places = ((text.index(told), told, score) for told, score in (("spring", 7.0), ("14 April 1987", 6.0)))
    spans = tuple(Span(start, start + len(told), score) for start, told, score in places)
    reading = Reading(Hit(Passage(1, story, 0, len(text), sentences), 1, 1.0, 0.5), spans, (0.6, 0.4))
    return [candidate.words for candidate in rank_candidates(material(question, [reading]))]


def test_who_asks_for_a_day_gets_a_day_if_one_is_told() -> None:
    assert words("On what day did the mill close?") == ["14 April 1987"]
    assert words("When did the mill close?")[0] == "spring"
    assert words("At what time did the mill close?")[0] == "spring"  # no hour is told
