"""Arranges the quotes of an answer as its form is drawn: by person, by side, by date, and with or without a denial.

No quote is dropped: each is in exactly one place of an arrangement.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from rag.answering.asked_speaker import may_be_one
from rag.core.schema import Answer, Attribution, Citation
from rag.question.question import asked_words
from rag.question.sides import sides_of
from rag.question.speaker import speaker_in
from rag.text.grammar.denials import find_denials
from rag.text.grammar.groups import is_group
from rag.text.terms import terms

_WORD = re.compile(r"[^\W_]+")

Citations = tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Side:
    """A side of a comparison: its words in the question, and the quotes that name this side and not the other."""

    name: str
    citations: Citations


@dataclass(frozen=True, slots=True)
class Comparison:
    """The two sides of a comparison, and the quotes that name both sides or neither."""

    sides: tuple[Side, Side]
    rest: Citations


def asked(answer: Answer) -> str:
    """Returns the question that was answered: a follow-up as it was completed."""
    return answer.standalone_question or answer.question


def by_person(answer: Answer) -> list[tuple[str | None, Citations]]:
    """Groups the quotes of an answer by the person who says them, in the order of each person's first quote.

    The quotes of the person whom the question names are together, in whatever words the texts name this person. All
    other names are compared as they are written.

    Returns:
        The name of each person, with the quotes. The name is "" where the text does not name the speaker, and None
        where nobody is quoted.
    """
    speaker = speaker_in(asked(answer))
    groups: dict[str | None, list[Citation]] = defaultdict(list)
    for citation in answer.citations:
        groups[_person(citation.said_by, speaker)].append(citation)
    return [(name, tuple(said)) for name, said in groups.items()]


def _person(attribution: Attribution | None, speaker: str | None) -> str | None:
    if attribution is None:
        return None
    told = attribution.name
    if speaker is not None and told is not None and not is_group(speaker) and may_be_one(speaker, told):
        return speaker
    return attribution.name or ""


def compared(answer: Answer) -> Comparison | None:
    """Assigns the quotes of a comparison to its two sides.

    Returns:
        The comparison; None if the question has no two sides, or no quote names one of them alone.
    """
    question = asked(answer)
    sides = sides_of(question)
    if not sides:
        return None
    one, other = sides
    said = {citation.number: set(terms(citation.quote)) for citation in answer.citations}
    names_one = [citation for citation in answer.citations if one <= said[citation.number]]
    names_other = [citation for citation in answer.citations if other <= said[citation.number]]
    first = tuple(citation for citation in names_one if citation not in names_other)
    second = tuple(citation for citation in names_other if citation not in names_one)
    if not first and not second:
        return None
    rest = tuple(citation for citation in answer.citations if citation not in (*first, *second))
    return Comparison((Side(_named(question, one), first), Side(_named(question, other), second)), rest)


def _named(question: str, side: frozenset[str]) -> str:
    """The words of the question that have the terms of a side, as they are written."""
    return " ".join(word for word in _WORD.findall(question) if side.intersection(terms(word)))


def denied(answer: Answer) -> tuple[Citations, Citations]:
    """Divides the quotes of a yes-or-no answer into those that deny or doubt what is asked, and the others.

    A quote denies it if the scope of its denial has a word of the question that is no name: "refused to concede". Other
    words for the same are not seen, so the others need not affirm it.

    Returns:
        The quotes that deny or doubt it, and the others.
    """
    words = asked_words(asked(answer))
    wanted = set(words.terms) - words.names
    denying = tuple(
        citation
        for citation in answer.citations
        if any(wanted.intersection(terms(citation.quote[slice(*each.scope)])) for each in find_denials(citation.quote))
    )
    return denying, tuple(citation for citation in answer.citations if citation not in denying)


def by_date(answer: Answer) -> list[tuple[str, Citations]]:
    """Groups the quotes of a timeline by the dates of their articles.

    Returns:
        The dates, "" for none, with the quotes of each: oldest first, or newest first if the answer begins with the
        newest. Quotes without a date are last.
    """
    others = (citation for other in answer.other_answers for citation in other.citations)
    groups: dict[str, list[Citation]] = defaultdict(list)
    for citation in (*answer.citations, *others):
        groups[(citation.published or "")[:10]].append(citation)
    own = [citation.published[:10] for citation in answer.citations if citation.published]
    dates = sorted(filter(None, groups), reverse=bool(own) and own[0] > own[-1])
    return [(date, tuple(groups[date])) for date in (*dates, *(date for date in groups if not date))]


def repeated(answer: Answer, citations: Sequence[Citation]) -> Citations:
    """Returns the quotes behind the first one that only say the short answer again."""
    if answer.short_answer is None or answer.form in ("list", "timeline", "said", "compare", "yes_no"):
        return ()
    return tuple(citation for citation in citations[1:] if citation.short is not None)
