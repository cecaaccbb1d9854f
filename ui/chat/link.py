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
    """The content of a link: what it asks, and the generation and fingerprint of its answer.

    Both are empty if `write` did not make the link as it is: somebody wrote it, or changed the question.
    """

    question: str
    scope: Scope
    generation: str = ""
    fingerprint: str = ""

    @property
    def tells_answer(self) -> bool:
        """Whether the link says which answer it was made of."""
        return bool(self.fingerprint)


def write(answer: Answer) -> str:
    """Writes the link to an answer as a URL fragment, which browsers do not send to a server."""
    scope = answer.scope or Scope()
    names = {"source": scope.sources, "author": scope.authors, "section": scope.sections, "naming": scope.naming}
    fields = {"q": _asked(answer), **names, "since": scope.since, "until": scope.until}
    given = {name: value for name, value in fields.items() if value}
    told = f"{answer.generation}", fingerprint(answer)
    sums = {"generation": told[0], "answer": told[1], "sum": _sum(_asked(answer), scope, *told)}
    return "#" + urlencode({**given, **sums}, doseq=True)


def read(fragment: str) -> Link | None:
    """Reads a URL fragment; None if it is not a link to an answer."""
    if len(fragment) > MOST or not fragment.startswith("#q="):
        return None
    fields = parse_qs(fragment.removeprefix("#"))
    first = {name: values[0] for name, values in fields.items()}
    if "q" not in first:
        return None
    sources, authors, sections, naming = (
        tuple(fields.get(name, ())) for name in ("source", "author", "section", "naming")
    )
    scope = Scope(
        since=first.get("since"),
        until=first.get("until"),
        sources=sources,
        authors=authors,
        sections=sections,
        naming=naming,
    )
    told = first.get("generation", ""), first.get("answer", "")
    is_whole = first.get("sum") == _sum(first["q"], scope, *told)
    return Link(first["q"], scope, *told) if is_whole else Link(first["q"], scope)


def fingerprint(answer: Answer) -> str:
    """Computes a hash of an answer: the question, the scope, the short answer and every quoted place."""
    others = (citation for other in answer.other_answers for citation in other.citations)
    cited = (*answer.citations, *others, *answer.near_misses)
    places = [(citation.content_hash, citation.start, citation.end) for citation in cited]
    scope = answer.scope or Scope()
    # What a scope of an older release did not have is left out where it is empty, so that its links hold.
    stated = scope.model_dump(exclude=None if scope.naming else {"naming"})
    told = (_asked(answer), stated, answer.status, answer.short_answer, places)
    return hashlib.sha256(repr(told).encode()).hexdigest()[:16]


def _asked(answer: Answer) -> str:
    return answer.standalone_question or answer.question


def _sum(question: str, scope: Scope, generation: str, told: str) -> str:
    """A sum of all that a link says. It shows a changed link, not a forged one."""
    names = scope.authors, scope.sections
    named = (*(names if any(names) else ()), *((scope.naming,) if scope.naming else ()))
    parts = (question, scope.since, scope.until, scope.sources, *named, generation, told)
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:8]
