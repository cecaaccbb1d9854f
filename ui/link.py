"""A link to one answer: the question as it was understood, what it was asked of, and how to tell the answer again.

Who opens it asks the question anew, so that nothing a link says is ever shown as an answer. What else it carries only
tells whether the archive still answers the same.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from urllib.parse import parse_qs, urlencode

from rag.core.schema import Answer, Scope

MOST = 50_000
"""Characters of a link; a longer one is taken for none. Of the longest question each may take twelve."""


@dataclass(frozen=True, slots=True)
class Link:
    """What a link asks, and the answer that it was made from."""

    question: str
    scope: Scope
    generation: str = ""
    fingerprint: str = ""


def write(answer: Answer) -> str:
    """The link to an answer: what comes after the page's own address. A server is never told of it."""
    scope = answer.scope or Scope()
    fields = {"q": _asked(answer), "source": scope.sources, "since": scope.since, "until": scope.until}
    given = {name: value for name, value in fields.items() if value}
    return "#" + urlencode({**given, "generation": answer.generation, "answer": fingerprint(answer)}, doseq=True)


def read(fragment: str) -> Link | None:
    """What a link asks; None where it asks nothing."""
    if len(fragment) > MOST or not fragment.startswith("#q="):
        return None
    fields = parse_qs(fragment.removeprefix("#"))
    first = {name: values[0] for name, values in fields.items()}
    if "q" not in first:
        return None
    scope = Scope(since=first.get("since"), until=first.get("until"), sources=tuple(fields.get("source", ())))
    return Link(first["q"], scope, first.get("generation", ""), first.get("answer", ""))


def fingerprint(answer: Answer) -> str:
    """What tells two answers apart: what was asked, of what, and every place that is quoted."""
    others = (citation for other in answer.other_answers for citation in other.citations)
    cited = (*answer.citations, *others, *answer.near_misses)
    places = [(citation.content_hash, citation.start, citation.end) for citation in cited]
    told = (_asked(answer), (answer.scope or Scope()).model_dump(), answer.status, answer.short_answer, places)
    return hashlib.sha256(repr(told).encode()).hexdigest()[:16]


def _asked(answer: Answer) -> str:
    return answer.standalone_question or answer.question
