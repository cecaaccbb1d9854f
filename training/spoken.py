"""Makes questions such as "What did X say about Y?" from quotations whose speaker the article names."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence

from rag.answering.asked_speaker import share_said
from rag.answering.candidates import Candidate
from rag.answering.question_maker import MadeQuestion
from rag.answering.speakers import attribution_of
from rag.core.article import Article
from rag.library import Library
from rag.question.speaker import words_asked_in
from rag.text.terms import terms

_QUOTED = re.compile(r"[“\"]([^“”\"]{20,400})[”\"]")
"""A quotation of 20 to 400 characters."""
_PAIR = re.compile(r"\b(?!\w+ly\b)[a-z]{4,} (?!\w+ly\b)[a-z]{4,}\b")
"""Two lower-case words of at least four letters, neither of which ends in "ly"."""


def make_spoken(article: Article) -> Iterator[MadeQuestion]:
    """Makes a question for each sentence that quotes someone by full name. It asks about two of the quoted words."""
    for sentence in article.sentences:
        quoted = _QUOTED.search(article.text, sentence.start, sentence.end)
        said = attribution_of(article, sentence.start, sentence.end) if quoted else None
        if not quoted or not said or not said.name or said.guessed or len(said.name.split()) < 2:
            continue
        pairs = [pair for pair in _PAIR.findall(quoted[1]) if len(set(terms(pair)) - set(terms(said.name))) == 2]
        if pairs:
            text = f"What did {said.name} say about {max(pairs, key=len)}?"
            yield MadeQuestion(text, article, sentence.start, sentence.end)


def spoken_precision(library: Library, count: int) -> tuple[float, int]:
    """Measures the precision of answers to made questions. Each question comes from another article.

    Only questions for which the library finds words of the speaker count.

    Args:
        library: The library.
        count: Number of questions wanted.

    Returns:
        The share, in [0, 1], of questions whose best answer holds the sentence that the question was made from; and the
        number of questions.
    """
    draw = random.Random(8)
    summaries = library.articles()
    right: list[bool] = []
    for summary in draw.sample(summaries, len(summaries)):
        if len(right) == count:
            break
        made = list(make_spoken(library.article(summary.id)))
        question = draw.choice(made) if made else None
        best = _best_said(question.text, library.candidates(question.text)) if question else None
        if question and best:
            # The quote may come from this article or from a copy of it.
            right.append(question.article.text[question.start : question.end] in best.quote)
    return round(sum(right) / max(1, len(right)), 4), len(right)


def _best_said(question: str, candidates: Sequence[Candidate]) -> Candidate | None:
    """The first candidate with the speaker's own words, in the order in which the library gives them."""
    asked = words_asked_in(question)
    said = [(share_said(asked, c.hit.passage, c.start, c.end), c) for c in candidates] if asked else []
    ranked = sorted(said, key=lambda pair: (-pair[0], -pair[1].signals.quote_similarity))
    return next((candidate for share, candidate in ranked if share), None)
