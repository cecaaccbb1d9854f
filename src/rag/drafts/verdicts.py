"""Decides what a sentence of an article says of a statement."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from rag.drafts.comparing import Comparison, Found
from rag.drafts.draft import DraftStatement
from rag.drafts.evidence import Window
from rag.drafts.naming import pronouns_for
from rag.drafts.quoting import QuotePlaced
from rag.drafts.results import Remark, Verdict
from rag.drafts.speakers import Said, compare_speakers, said_at
from rag.drafts.turning import OWN_WORD
from rag.drafts.words import words_of
from rag.text.english.saying import SAYING_FORMS, SAYING_PARTICIPLES
from rag.text.grammar.denials import is_taken_back

ORDER: tuple[Verdict, ...] = ("stated", "stated_otherwise", "partly", "not_found")
"""The verdicts, the one that decides first."""
LEAST_SHARE = 0.6
"""Least share of a statement's words that a sentence has which says it partly."""
LEAST_MATCHED = 3
"""Fewest words, figures, dates and names that a sentence has which says it otherwise or partly.

It says it partly with one more, if no name is among them.
"""
_SAYING = frozenset(form for form in (*SAYING_FORMS, *SAYING_PARTICIPLES) if " " not in form) | {"according"}
_WORDS_OF_QUOTE = 3
"""Words of a quotation that weigh as much as one word of the sentence around it."""
_BEHIND = 200
"""Characters behind a sentence that are read for words that take it back."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a window says of a statement.

    Attributes:
        comparison: The statement's words beside the window's.
        parts: All parts that were compared, also quotations and the speaker.
        verdict: What follows.
        share: The share of the statement's words and parts that it has, in [0, 1].
        remark: Why it does not state it, if it has its words.
    """

    comparison: Comparison
    parts: tuple[Found, ...]
    verdict: Verdict
    share: float
    remark: Remark | None = None

    @property
    def rank(self) -> tuple[int, bool, float, int]:
        """Sorts evidence, the best first."""
        window = self.comparison.window
        return ORDER.index(self.verdict), self.remark == "unclear", -self.share, window.end - window.start


def judge(statement: DraftStatement, comparison: Comparison, quotes: Sequence[QuotePlaced] = ()) -> Evidence:
    """Judges a window.

    Args:
        statement: The statement.
        comparison: Its words beside those of the window.
        quotes: For each quotation of the statement, its place in the window's article.
    """
    quoted = list(_quotations(statement, comparison, quotes))
    speaker, remark = _speaker(statement, comparison, quotes)
    parts = (*comparison.parts, *quoted, *speaker)
    counts = Counter(part.status for part in parts)
    matched = comparison.matched + sum(part.status == "stated" for part in (*quoted, *speaker))
    lacking = len(comparison.lacking) + counts["not_found"] + counts["otherwise"]
    lacking += sum(_weight(statement, part) for part in quoted if part.status == "not_found")
    share = matched / (matched + lacking) if matched else 0.0
    window = comparison.window
    if is_taken_back(window.text, window.article.text[window.end : window.end + _BEHIND]):
        remark = "denied_later"
    elif comparison.loose or not _is_of_context(statement, window):
        remark = "unclear"
    elif comparison.hedges:
        remark = "hedged" if any(not one.startswith(OWN_WORD) for one in comparison.hedges) else "unclear"
    has_quotation = any(part.status != "not_found" for part in quoted)
    enough = matched >= LEAST_MATCHED or has_quotation
    is_whole = not comparison.lacking and not counts["not_found"]
    verdict: Verdict = "not_found"
    if is_whole and not counts["otherwise"]:
        verdict = "partly" if remark else "stated"
    elif is_whole and counts["otherwise"] == 1 and enough and remark in (None, "as_words_of"):
        verdict = "stated_otherwise"
    elif has_quotation or (share >= LEAST_SHARE and matched >= LEAST_MATCHED + (not _names_someone(parts))):
        verdict = "partly"
    return Evidence(comparison, parts, verdict, share, remark)


def without_contradicted(found: Iterable[Evidence]) -> list[Evidence]:
    """Lowers what two sentences state together to `partly` where one of them alone states it otherwise.

    The other sentence only happens to have the word or the figure that is missing.
    """
    judged = list(found)
    other = {
        (one.comparison.window.article.id, one.comparison.window.first)
        for one in judged
        if one.verdict == "stated_otherwise" and one.comparison.window.last - one.comparison.window.first == 1
    }

    def is_contradicted(one: Evidence) -> bool:
        window = one.comparison.window
        return any((window.article.id, number) in other for number in range(window.first, window.last))

    return [
        replace(one, verdict="partly") if one.verdict == "stated" and is_contradicted(one) else one for one in judged
    ]


def _quotations(statement: DraftStatement, comparison: Comparison, quotes: Sequence[QuotePlaced]) -> Iterator[Found]:
    """What the window says of each quotation."""
    window = comparison.window
    for number, quoted in enumerate(statement.quotations):
        placed = quotes[number] if number < len(quotes) else None
        if placed is None or not (window.start <= placed.start and placed.end <= window.end):
            yield Found("quotation", quoted.start, quoted.end, "not_found")
            continue
        place = placed.start - window.start, placed.end - window.start
        yield Found("quotation", quoted.start, quoted.end, "stated" if placed.is_exact else "otherwise", place)


def _is_of_context(statement: DraftStatement, window: Window) -> bool:
    """Whether a window may be about what the statement takes from those before it."""
    context = statement.context
    if context is None:
        return True
    named = [name for name in context.names if re.search(rf"\b{re.escape(name)}\b", window.article.text)]
    if not context.is_person:
        return bool(named)
    words = words_of(context.names[0])
    is_here = context.names[0] in window.text or next(pronouns_for(window, words), None) is not None
    return bool(named) and is_here


def _names_someone(parts: Iterable[Found]) -> bool:
    return any(part.kind in ("name", "speaker") and part.status == "stated" for part in parts)


def _weight(statement: DraftStatement, part: Found) -> int:
    """What a quotation weighs beyond one word."""
    return len(statement.text[part.start : part.end].split()) // _WORDS_OF_QUOTE


def _speaker(
    statement: DraftStatement, comparison: Comparison, quotes: Sequence[QuotePlaced]
) -> tuple[list[Found], Remark | None]:
    """What the window says of the speaker; and the remark if only the window gives the words as someone's."""
    window, alignment, given = comparison.window, comparison.alignment, statement.speaker
    paired = [
        (window.start + alignment.stated.items[other].start, window.start + alignment.stated.items[other].end)
        for index, other in alignment.pairs.items()
        if given is None or given.said[0] <= alignment.given.items[index].start < given.said[1]
    ]
    said = said_at(window.article, [(placed.start, placed.end) for placed in quotes] or paired)
    repeats = said is not None and _repeats(comparison, said)
    if given is None:
        is_told = said is None or bool(statement.quotations)
        is_told = is_told or (_says(statement, comparison, said) and (repeats or _has_speaker(said, paired)))
        return [], None if is_told else "as_words_of"
    status = compare_speakers(given, said)
    if status == "not_found" and repeats and (given.name or "") in window.text:
        status = "stated"
    if given.place is None:
        return [], None if status == "stated" else "as_words_of"
    where = None
    if said is not None and said.place is not None and window.start <= said.place[0] < window.end:
        where = said.place[0] - window.start, said.place[1] - window.start
    return [Found("speaker", *given.place, status, where)], None


def _repeats(comparison: Comparison, said: Said) -> bool:
    """Whether a statement has all words of the sentence that has a speech, and so those that tell who says it."""
    window, paired = comparison.window, set(comparison.alignment.pairs.values())
    own = [one for one in window.sentences if one.start <= said.speech.start and said.speech.end <= one.end]
    return bool(own) and all(
        number in paired
        for number, item in enumerate(comparison.alignment.stated.items)
        if item.word is not None and own[0].start <= window.start + item.start < own[0].end
    )


def _has_speaker(said: Said | None, paired: Sequence[tuple[int, int]]) -> bool:
    """Whether a statement names the speaker too, although its grammar does not tell."""
    place = (said.speech.speaker or said.speech.pronoun) if said else None
    return place is not None and any(start < place[1] and place[0] < end for start, end in paired)


def _says(statement: DraftStatement, comparison: Comparison, said: Said | None) -> bool:
    """Whether a statement has a word for saying that is no part of what is said.

    "Osk warned the ship" is not told by "Osk says it warned the ship".
    """
    start = comparison.window.start
    speech = (said.speech.start - start, said.speech.end - start) if said else (0, 0)
    alignment = comparison.alignment
    inside = {
        statement.told.items[index].start
        for index, other in alignment.pairs.items()
        if speech[0] <= alignment.stated.items[other].start < speech[1]
    }
    return any(word.lower in _SAYING and word.start not in inside for word in statement.told.words)
