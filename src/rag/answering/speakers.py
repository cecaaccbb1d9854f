"""Finds the speaker of quoted and reported words in an article.

A name is the speaker's if it is the subject of a verb of saying in the same sentence, or in a sentence where the
quotation begins or ends. A pronoun is resolved to the last speaker that was named. A pull quote that the scrape
separated from its context is paired with a sentence that breaks off where a quotation should follow. The speakers of
pronouns and pull quotes are guesses and are marked as guesses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rag.core.article import QUOTABLE, Article, Sentence
from rag.core.schema import Attribution
from rag.text.english.calendar import WEEKDAYS
from rag.text.english.function_words import FIRST_WORDS, NO_ROLE_WORDS, NO_SUBJECT_AFTER, SPEAKING_PRONOUNS
from rag.text.english.patterns import any_of, capitalised, in_either_case
from rag.text.english.saying import BEFORE_SAYING
from rag.text.saying import NAME, REPORTS, SAYS

_PRONOUN = in_either_case(SPEAKING_PRONOUNS)
# A subject may be followed by a title or a clause between commas before its verb.
_SUBJECT = rf"(?:(?P<name>{NAME})|\b(?P<pronoun>{_PRONOUN})\b)(?:, [^,:“\"]{{2,60}},)? (?:{any_of(BEFORE_SAYING)} )?"
# A name after one of these words is not a subject: "his record with Iran".
_NO_SUBJECT = "".join(rf"(?<!\b{word} )" for word in NO_SUBJECT_AFTER)
_ACTIVE = re.compile(rf"(?<![\w’'-]){_NO_SUBJECT}{_SUBJECT}{SAYS}\b")
_REPORTED = re.compile(rf"(?<![\w’'-]){_NO_SUBJECT}{_SUBJECT}{REPORTS}\b")
_ROLE = (
    rf"(?:the )?(?:[A-ZÀ-Þ][\w.&’'-]* ){{0,2}}(?:(?!{any_of(NO_ROLE_WORDS)}\b)[a-z][\w-]+ ){{1,4}}"
    rf"(?!{any_of(capitalised(WEEKDAYS))}\b)"
)
"""The role between a verb and a name: "said Apple chief executive Tim Cook"."""
_INVERTED = re.compile(rf"[”\"’'],? {SAYS} (?:(?:{_ROLE})?(?P<name>{NAME})|(?P<pronoun>{_PRONOUN})\b)")
_ACCORDING = re.compile(rf"\b[Aa]ccording to (?P<name>{NAME})")
_MARKS = re.compile(r"[“\"]")
_QUOTED = re.compile(r"“[^“”\n]{3,2000}”|\"[^\"\n]{3,2000}\"")
_FIRST_WORDS = FIRST_WORDS.union(WEEKDAYS)
MAX_INTRODUCED = 3
"""Most sentences of a quotation together with its introduction."""
_LOOK_BACK = 4
"""Number of sentences before a pronoun that are searched for its name."""


@dataclass(frozen=True, slots=True)
class _Speaker:
    """The place of a speaker's name or pronoun, half-open, in characters of the article's text."""

    start: int
    end: int
    is_pronoun: bool


def attribution_of(article: Article, start: int, end: int) -> Attribution | None:
    """Finds the speaker of the words at `[start, end)`.

    Args:
        article: The article.
        start: Start offset in the article's text, in characters.
        end: End offset, exclusive.

    Returns:
        The speaker, with the place of the name; without a name if the text names none. None if the article speaks in
        its own voice.
    """
    touched = [n for n, s in enumerate(article.sentences) if s.start < end and start < s.end]
    if not touched:
        return None
    if all(article.sentences[n].kind == "pull_quote" for n in touched):
        return _torn(article, touched[0])
    for number in dict.fromkeys((*touched, *_ends_of_quotation(article, start, end))):
        speaker = _speaker_in(article.text, article.sentences[number])
        if speaker is not None:
            return _named(article, number, speaker)
    return None


def _ends_of_quotation(article: Article, start: int, end: int) -> Iterator[int]:
    """Yields the indices of the sentences where a quotation that overlaps the interval ends and begins."""
    line = article.text.rfind("\n", 0, start) + 1
    for match in _QUOTED.finditer(article.text, line):
        if match.start() >= end:
            return
        if match.end() > start:
            for place in (match.end() - 1, match.start()):
                yield from (n for n, s in enumerate(article.sentences) if s.start <= place < s.end)


def _named(article: Article, number: int, speaker: _Speaker) -> Attribution:
    if not speaker.is_pronoun:
        return _attribution(article.text, speaker, guessed=False)
    meant = _antecedent(article, number)
    return _attribution(article.text, meant, guessed=True) if meant else Attribution()


def _attribution(text: str, speaker: _Speaker, guessed: bool) -> Attribution:
    name = text[speaker.start : speaker.end]
    return Attribution(name=name, start=speaker.start, end=speaker.end, guessed=guessed)


def _antecedent(article: Article, number: int) -> _Speaker | None:
    """The last speaker named before sentence `number`."""
    for sentence in reversed(article.sentences[max(0, number - _LOOK_BACK) : number]):
        speaker = _speaker_in(article.text, sentence)
        if speaker is not None and not speaker.is_pronoun:
            return speaker
    return None


def _speaker_in(text: str, sentence: Sentence) -> _Speaker | None:
    """The speaker that the sentence names, for quoted or reported words."""
    quotes = _MARKS.search(text, sentence.start, sentence.end) or sentence.kind == "fragment"
    for pattern in (_INVERTED, _ACTIVE if quotes else _REPORTED, _ACCORDING):
        for match in pattern.finditer(text, sentence.start, sentence.end):
            group = "name" if match["name"] else "pronoun"
            start = _behind_opening(text, match.start(group), match.end(group)) if group == "name" else None
            if group == "pronoun" or start is not None:
                end = match.start(group) + len(re.sub(r"(?:['’]s|[.'’-])$", "", match[group]))
                return _Speaker(match.start(group) if start is None else start, end, start is None)
    return None


def _behind_opening(text: str, start: int, end: int) -> int | None:
    """Start of the name after words that are capitalised only because a sentence begins; None if nothing is left."""
    words = list(re.finditer(r"[\w.’'-]+", text[start:end]))
    for number, word in enumerate(words):
        if word.group().casefold() not in _FIRST_WORDS:
            is_the = number > 0 and words[number - 1].group().casefold() == "the"
            return start + (words[number - 1].start() if is_the else word.start())
    return None


def _torn(article: Article, number: int) -> Attribution:
    """The speaker of a pull quote, and the sentence that breaks off where the quote belongs, if both can be paired."""
    torn, broken = list(_torn_quotes(article)), _broken_introductions(article)
    place = next((index for index, numbers in enumerate(torn) if number in numbers), None)
    if place is None or len(torn) != len(broken):
        return Attribution()
    introduction = article.sentences[broken[place]]
    speaker = _speaker_in(article.text, introduction)
    meant = _antecedent(article, broken[place]) if speaker is None or speaker.is_pronoun else speaker
    words = article.text[introduction.start : introduction.end]
    named = _attribution(article.text, meant, guessed=True) if speaker and meant else Attribution(guessed=True)
    return named.model_copy(update={"introduction": words})


def _torn_quotes(article: Article) -> Iterator[range]:
    """Yields the sentence indices of each pull quote; an opening quotation mark begins a new one."""
    first: int | None = None
    for number, sentence in enumerate((*article.sentences, Sentence(0, 0, "heading"))):
        inside = sentence.kind == "pull_quote"
        if first is not None and (not inside or _MARKS.match(article.text, sentence.start)):
            yield range(first, number)
            first = None
        if inside and first is None:
            first = number


def _broken_introductions(article: Article) -> list[int]:
    """Indices of the fragments that end with a colon and are not followed by a quotation."""
    numbered = enumerate(zip(article.sentences, (*article.sentences[1:], None), strict=True))
    return [
        number
        for number, (sentence, following) in numbered
        if sentence.kind == "fragment"
        and article.text[sentence.start : sentence.end].rstrip().endswith(":")
        and (following is None or not _MARKS.match(article.text, following.start))
    ]


def with_introduction(article: Article, start: int, end: int) -> tuple[int, int]:
    """Extends an interval inside a quotation to the left, to the sentence where the quotation begins.

    That sentence usually names the speaker.

    Args:
        article: The article.
        start: Start offset in the article's text, in characters.
        end: End offset, exclusive.

    Returns:
        The new start and end. They are unchanged if the interval is not in a quotation, would get more than
        MAX_INTRODUCED sentences, or would have a sentence that can't be quoted.
    """
    numbers = list(_ends_of_quotation(article, start, end))
    if not numbers:
        return start, end
    taken = [s for s in article.sentences[min(numbers) :] if s.start < end]
    if len(taken) > MAX_INTRODUCED or any(s.kind not in QUOTABLE for s in taken):
        return start, end
    return min(start, taken[0].start), end
