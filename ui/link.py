"""A link to one answer: the question, its scope, and a fingerprint of the answer.

Opening a link asks the question again, so nothing in a link is shown as an answer. The fingerprint only shows whether
the archive still gives the same answer.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from urllib.parse import parse_qs, urlencode

from rag.core.schema import Answer, Scope

MOST = 50_000
"""Most characters of a link; a longer one is ignored. A character of a question may take twelve."""


@dataclass(frozen=True, slots=True)
class Link:
    """The content of a link: what it asks, and the generation and fingerprint of its answer."""

    question: str
    scope: Scope
    generation: str = ""
    fingerprint: str = ""


def write(answer: Answer) -> str:
    """Writes the link to an answer as a URL fragment, which browsers do not send to a server."""
    scope = answer.scope or Scope()
    fields = {"q": _asked(answer), "source": scope.sources, "since": scope.since, "until": scope.until}
    given = {name: value for name, value in fields.items() if value}
    return "#" + urlencode({**given, "generation": answer.generation, "answer": fingerprint(answer)}, doseq=True)


def read(fragment: str) -> Link | None:
    """Reads a URL fragment; None if it is not a link to an answer."""
    if len(fragment) > MOST or not fragment.startswith("#q="):
        return None
    fields = parse_qs(fragment.removeprefix("#"))
    first = {name: values[0] for name, values in fields.items()}
    if "q" not in first:
        return None
    scope = Scope(since=first.get("since"), until=first.get("until"), sources=tuple(fields.get("source", ())))
    return Link(first["q"], scope, first.get("generation", ""), first.get("answer", ""))


def fingerprint(answer: Answer) -> str:
    """Computes a hash of an answer: the question, the scope, the short answer and every quoted place."""
    others = (citation for other in answer.other_answers for citation in other.citations)
    cited = (*answer.citations, *others, *answer.near_misses)
    places = [(citation.content_hash, citation.start, citation.end) for citation in cited]
    told = (_asked(answer), (answer.scope or Scope()).model_dump(), answer.status, answer.short_answer, places)
    return hashlib.sha256(repr(told).encode()).hexdigest()[:16]


def _asked(answer: Answer) -> str:
    return answer.standalone_question or answer.question
