"""Finds who says what in a text: quotations and reported statements, each with its speaker.

The speaker is the subject of a verb of saying (`Keller said that …`, `“…,” said Keller`), or follows `according to`. A
quotation without a verb of its own belongs to the speaker of the quotation just before it in its paragraph, or of the
introduction that ends with a colon before it. Where none of this gives a speaker, the speech has none.

Left out: verbs without an act of speech (`Keller wants …`), and whom a pronoun stands for.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial

from rag.core.article import Sentence
from rag.text.grammar.corrections import speaks_of_itself
from rag.text.grammar.link_text import is_link_text, words_of
from rag.text.grammar.noun_phrases import Phrase
from rag.text.grammar.quotations import Quotation, find_quotations
from rag.text.grammar.saying import has_finite_verb
from rag.text.grammar.speaking_clauses import Clause, find_clauses, leads_to_quotation, stands_alone, start_of_report

FEW_WORDS = 3
"""Most words of a quotation that may be a name or an expression instead of speech."""
_ENDS_SPEECH = re.compile(r"[.,!?…—–-]['’]?\W?\Z")
_ENDS_SENTENCE = re.compile(r"[.!?…]\W{1,2}\Z")
_WORD = re.compile(r"\w")
_NEAR = 10
"""Characters before a clause that are searched for a comma or a mark."""
_LOOKED_AT = 400
"""Characters of reported words in which a verb is looked for, to bound the time."""
_REACH = 100
"""Characters behind a sentence that are searched for what is right instead."""
_CLOSING_MARKS = ("”", '"', "''", "’")
_GOES_ELSEWHERE = re.compile(r"\n|\b(?:and|but|while|as|when|before)\b")
"""Words between two quotations behind which another person may speak."""


@dataclass(frozen=True, slots=True)
class Speech:
    """Words that the text gives as someone's, at `text[start:end]`.

    Attributes:
        start: Start offset in the text, in characters.
        end: End offset, exclusive.
        is_direct: Whether it is a quotation in quotation marks.
        speaker: The half-open interval of the words for the speaker; None if the text doesn't say who speaks.
        pronoun: The place of the pronoun that stands for the speaker, half-open; None if there is none.
    """

    start: int
    end: int
    is_direct: bool
    speaker: tuple[int, int] | None = None
    pronoun: tuple[int, int] | None = None


def find_speeches(text: str, sentences: Sequence[Sentence]) -> tuple[Speech, ...]:
    """Finds the quotations and the reported statements of an article, with their speakers.

    Args:
        text: The article's text.
        sentences: Its sentences, in order. Headings and boilerplate say nothing.

    Returns:
        The speeches, by their start. A quotation may lie in a reported statement.
    """
    finder = _Finder(text, sentences)
    found = [*finder.direct(), *finder.reported()]
    return tuple(sorted(found, key=lambda speech: (speech.start, -speech.end)))


class _Finder:
    """Finds the speeches of one article.

    Args:
        text: The article's text.
        sentences: Its sentences, in order.
    """

    def __init__(self, text: str, sentences: Sequence[Sentence]) -> None:
        self._text = text
        self._sentences = [s for s in sentences if s.kind not in ("heading", "boilerplate")]
        self._starts = [sentence.start for sentence in self._sentences]
        self._quotations = find_quotations(text)
        self._words = cache(partial(words_of, text))
        self._clauses = [
            [self._without_link_text(clause) for clause in find_clauses(text, s, self._quoted_in(s))]
            for s in self._sentences
        ]

    def _quoted_in(self, sentence: Sentence) -> list[tuple[int, int]]:
        """The places of the quotations that overlap the sentence."""
        first = bisect_right(self._quotations, sentence.start, key=lambda quotation: quotation.end)
        last = bisect_left(self._quotations, sentence.end, key=lambda quotation: quotation.start)
        return [(quotation.start, quotation.end) for quotation in self._quotations[first:last]]

    def _without_link_text(self, clause: Clause) -> Clause:
        """The clause without a speaker, if the words for the speaker are link text that a scrape left."""
        name = self._text[clause.who.start : clause.who.end] if clause.who and clause.who.says_who else ""
        return replace(clause, who=None) if is_link_text(name, self._words) else clause

    def direct(self) -> list[Speech]:
        """Returns the quotations that are speech."""
        found: list[Speech] = []
        goes_on: set[int] = set()
        previous: tuple[Quotation, Speech] | None = None
        for quotation in self._quotations:
            first, last = self._sentence_at(quotation.start), self._sentence_at(quotation.end - 1)
            if first is None or last is None:
                continue
            clause = self._clause_of(quotation, first, last)
            chained = None if clause else self._chained(quotation, first, last, previous)
            if not (chained or (clause and clause.who)) and not _is_speech(self._text, quotation):
                continue
            speech = chained or _spoken(quotation.start, quotation.end, True, clause.who if clause else None)
            goes_on |= {speech.start} if quotation.goes_on else set()
            previous = (quotation, speech)
            found.append(speech)
        return _carried_back(found, goes_on)

    def reported(self) -> Iterator[Speech]:
        """Yields the statements without quotation marks: behind a clause, before it or on both sides."""
        for sentence, clauses in zip(self._sentences, self._clauses, strict=True):
            for number, clause in enumerate(clauses):
                if not clause.reports or self._is_own_note(sentence, clause):
                    continue
                ahead = self._text[max(sentence.start, clause.start - _NEAR) : clause.start].rstrip()
                is_next = number > 0 and _ENDS_SENTENCE.search(ahead) is not None
                is_behind = clause.follows or (ahead.endswith(_CLOSING_MARKS) and not is_next)
                # "The test, Vik said, was late": the words before and behind are one clause.
                is_both = number == 0 and ahead.endswith(",") and not is_behind
                begins = max(sentence.start, clause.start - _LOOKED_AT)
                if is_both or (is_behind and self._may_be_said(begins, clause.start)):
                    yield _spoken(sentence.start, clause.start, False, clause.who)
                following = clauses[number + 1] if number + 1 < len(clauses) else None
                end = following.start if following and following.follows else sentence.end
                limit = following.start if following else sentence.end
                start = None if is_behind else self._start_of_said(clause, limit, sentence.end)
                if start is not None and (is_both or self._may_be_said(start, min(end, start + _LOOKED_AT))):
                    yield _spoken(start, end, False, clause.who)

    def _start_of_said(self, clause: Clause, limit: int, end: int) -> int | None:
        """Where the words behind a clause begin. They may begin with another one: `Vik says he warned Lund`."""
        is_next = limit < end and not self._text[clause.end : limit].strip()
        return limit if is_next else start_of_report(self._text, clause, limit)

    def _may_be_said(self, start: int, end: int) -> bool:
        """Whether words are a clause or have a quotation. Nobody says a mere thing: `Vik admitted his guilt.`"""
        return bool(self._quoted_in(Sentence(start, end))) or has_finite_verb(self._text[start:end])

    def _is_own_note(self, sentence: Sentence, clause: Clause) -> bool:
        """Whether the article speaks of itself: `An earlier version of this article said …` is nobody's speech."""
        subject = self._text[clause.who.start : clause.who.end] if clause.who and clause.who.says_who else ""
        words, behind = self._text[sentence.start : sentence.end], self._text[sentence.end : sentence.end + _REACH]
        return speaks_of_itself(words, behind, subject)

    def _sentence_at(self, place: int) -> int | None:
        index = bisect_right(self._starts, place) - 1
        return index if index >= 0 and place < self._sentences[index].end else None

    def _clause_of(self, quotation: Quotation, first: int, last: int) -> Clause | None:
        """The clause right behind a quotation, or else the last one before it in its sentence.

        Behind a whole sentence that is introduced, another sentence begins: `Vik said: “It is late.” Aune disagreed.`
        """
        ended = bisect_right(self._clauses[first], quotation.start, key=lambda clause: clause.end)
        before = self._clauses[first][ended - 1] if ended else None
        leads = before is not None and leads_to_quotation(self._text, before, quotation.start, quotation.end)
        if leads and _ENDS_SENTENCE.search(self._text, max(quotation.start, quotation.end - _NEAR), quotation.end):
            return before
        next_one = bisect_left(self._clauses[last], quotation.end, key=lambda clause: clause.start)
        for clause in (*self._clauses[last][next_one : next_one + 1], *self._alone_behind(quotation, last)):
            if _WORD.search(self._text, quotation.end, clause.start) is None:
                return clause
        return before if before is None or leads else replace(before, who=None)

    def _alone_behind(self, quotation: Quotation, last: int) -> list[Clause]:
        """The clause of a sentence that is nothing but `Keller went on.`, and follows a quotation."""
        if last + 1 >= len(self._sentences) or self._sentences[last].end > quotation.end:
            return []
        following, clauses = self._sentences[last + 1], self._clauses[last + 1][:1]
        if "\n" in self._text[quotation.end : following.start]:
            return []
        return [clause for clause in clauses if stands_alone(self._text, clause, following)]

    def _chained(
        self, quotation: Quotation, first: int, last: int, previous: tuple[Quotation, Speech] | None
    ) -> Speech | None:
        """A quotation without a clause of its own that goes on with the speaker before it."""
        if previous is not None and previous[0].goes_on:
            return replace(previous[1], start=quotation.start, end=quotation.end)
        if first == 0 or self._starts[first] != quotation.start:
            return None
        introduction = self._sentences[first - 1]
        if self._text[introduction.start : introduction.end].endswith(":") and self._clauses[first - 1]:
            return _spoken(quotation.start, quotation.end, True, self._clauses[first - 1][-1].who)
        if previous is None or _WORD.search(self._text, quotation.end, self._sentences[last].end):
            return None
        is_beside = introduction.start <= previous[0].end <= introduction.end
        goes_elsewhere = _GOES_ELSEWHERE.search(self._text, previous[0].end, quotation.start)
        if not is_beside or goes_elsewhere:
            return None
        return replace(previous[1], start=quotation.start, end=quotation.end)


def _carried_back(found: list[Speech], goes_on: set[int]) -> list[Speech]:
    """Gives the speaker of a quotation of several paragraphs to the paragraphs before its speaker is named."""
    for number in range(len(found) - 2, -1, -1):
        one, following = found[number], found[number + 1]
        if one.start in goes_on and one.speaker is None and one.pronoun is None:
            found[number] = replace(one, speaker=following.speaker, pronoun=following.pronoun)
    return found


def _spoken(start: int, end: int, is_direct: bool, who: Phrase | None) -> Speech:
    place = (who.start, who.end) if who else None
    named = who is not None and who.says_who
    return Speech(start, end, is_direct, place if named else None, None if named else place)


def _is_speech(text: str, quotation: Quotation) -> bool:
    """Whether the words in quotation marks are speech, and not a title or an expression."""
    words = text[quotation.start : quotation.end].split()
    long = [word for word in words if len(word) > FEW_WORDS]
    is_title = len(words) > 1 and all(any(letter.isupper() for letter in word) for word in long)
    return not is_title and (len(words) > FEW_WORDS or _ENDS_SPEECH.search(words[-1]) is not None)
