"""What speaks for a candidate: here, how many articles agree with it."""

from __future__ import annotations

from rag.answering.candidates import rank_candidates
from rag.answering.confidence import load_calibration
from rag.core.article import Article, Hit, Passage, Reading, Sentence, Span
from tests.composing import material


def agreement(*groups: tuple[str, int | None]) -> list[float]:
    """What the candidates of articles of these ids and groups, all saying the same, count as agreement."""
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
