"""Questions for someone's words, made from quotations whose speaker the article names: "What did X say about Y?"."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rag.article import Article
from rag.candidates import Candidate
from rag.library import Library
from rag.quotations import attribution_of
from rag.spoken import Speaker
from rag.words import terms

_QUOTED = re.compile(r"[“\"]([^“”\"]{20,400})[”\"]")
_PAIR = re.compile(r"\b(?!\w+ly\b)[a-z]{4,} (?!\w+ly\b)[a-z]{4,}\b")


@dataclass(frozen=True, slots=True)
class SpokenQuestion:
    """A question, and the sentence that it was made from, at `article.text[start:end]`."""

    text: str
    article: Article
    start: int
    end: int

    def is_quoted_by(self, candidate: Candidate) -> bool:
        """Whether the candidate quotes this sentence, from this article or a copy of it."""
        return self.article.text[self.start : self.end] in candidate.quote


def make_spoken(article: Article) -> Iterator[SpokenQuestion]:
    """A question for each sentence that quotes someone by full name, about two of the words quoted."""
    for sentence in article.sentences:
        quoted = _QUOTED.search(article.text, sentence.start, sentence.end)
        said = attribution_of(article, sentence.start, sentence.end) if quoted else None
        if not quoted or not said or not said.name or said.guessed or len(said.name.split()) < 2:
            continue
        pairs = [pair for pair in _PAIR.findall(quoted[1]) if len(set(terms(pair)) - set(terms(said.name))) == 2]
        if pairs:
            text = f"What did {said.name} say about {max(pairs, key=len)}?"
            yield SpokenQuestion(text, article, sentence.start, sentence.end)


def spoken_precision(library: Library, count: int) -> tuple[float, int]:
    """The share of so many made questions, one an article, to which the speaker's words that come first are the right
    ones; and how many questions that is: those for which any of the speaker's words are found.
    """
    draw = random.Random(8)
    summaries = library.articles()
    right: list[bool] = []
    for summary in draw.sample(summaries, len(summaries)):
        made = list(make_spoken(library.article(summary.id)))
        if made and len(right) < count:
            question = draw.choice(made)
            best = _best_said(question.text, library.candidates(question.text))
            right += [question.is_quoted_by(best)] if best else []
    return round(sum(right) / max(1, len(right)), 4), len(right)


def _best_said(question: str, candidates: Sequence[Candidate]) -> Candidate | None:
    """The first of the candidates that are the speaker's words, in the order in which the library would give them."""
    speaker = Speaker.asked_for(question)
    said = [(speaker.share(c.hit.passage, c.start, c.end), c) for c in candidates] if speaker else []
    ranked = sorted(said, key=lambda pair: (-pair[0], -pair[1].signals.quote_similarity))
    return next((candidate for share, candidate in ranked if share), None)
