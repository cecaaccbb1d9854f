"""Orders candidates by who takes an office over, where the question asks who holds it or who got it."""

from __future__ import annotations

from rag.answering.agreement import contradict
from rag.answering.candidates import Candidate
from rag.question.offices import asks_who_took_over, is_taken_over, takes_over
from rag.question.question import Question


def successors_first(question: Question, candidates: list[Candidate], threshold: float) -> list[Candidate]:
    """Puts those first who take over the office asked for.

    "Who is the mayor?": the newest who takes the office over, if the article is newer than the best candidate's. "Who
    was elected mayor?": whoever the sentence says was elected; who only holds the office elsewhere does not answer.

    Args:
        question: The question.
        candidates: The candidates, best first.
        threshold: Least probability of a candidate that is put first.

    Returns:
        The candidates, best first; for "Who was elected mayor?" without those who contradict the elected.
    """
    likely = [candidate for candidate in candidates if candidate.confidence >= threshold]
    if asks_who_took_over(question.text):
        elected = [candidate for candidate in likely if takes_over(question.text, candidate.quote)]
        others = [one for one in candidates if not any(one is c or contradict(one.value, c.value) for c in elected)]
        return [*elected, *others]
    newest = _newest_successor(question, candidates[0], likely) if likely else None
    return candidates if newest is None else [newest, *(one for one in candidates if one is not newest)]


def _newest_successor(question: Question, best: Candidate, likely: list[Candidate]) -> Candidate | None:
    """The newest candidate that takes the office over in an article newer than the best candidate's."""
    since = best.article.published
    later = [
        candidate
        for candidate in likely
        if since is not None
        and (candidate.article.published or "") > since
        and is_taken_over(question.text, candidate.quote, candidate.article.published)
    ]
    return max(later, key=lambda candidate: candidate.article.published or "", default=None)
