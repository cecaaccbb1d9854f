"""Who says it: quotations and reported speech in an article, and the speaker as far as the text names one.

A name counts as the speaker's where it is the subject of a verb of saying beside the quoted words. A pronoun there is
followed back to the last name that spoke; a pull quote that the scrape tore from its place is paired with the sentence
that breaks off where a quotation should follow. Both are guesses, and told as such.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rag.core.article import QUOTABLE, Article, Sentence
from rag.core.schema import Attribution
from rag.text.saying import NAME, REPORTS, SAYS

_PRONOUN = r"[Hh]e|[Ss]he|[Tt]hey"
# A subject may be followed by a title or a clause between commas before its verb.
_SUBJECT = (
    rf"(?:(?P<name>{NAME})|\b(?P<pronoun>{_PRONOUN})\b)(?:, [^,:“\"]{{2,60}},)? (?:(?:also|later|has|had|then) )?"
)
# What follows one of these is no subject: "his record with Iran".
_NO_SUBJECT = "".join(rf"(?<!\b{word} )" for word in "with of in to from by for at on against about".split())
_ACTIVE = re.compile(rf"(?<![\w’'-]){_NO_SUBJECT}{_SUBJECT}{SAYS}\b")
_REPORTED = re.compile(rf"(?<![\w’'-]){_NO_SUBJECT}{_SUBJECT}{REPORTS}\b")
_NO_ROLE = (
    "a an and as at after before by during early earlier for from in into late later last next not of on or over since "
    "that the their this through to under until when while who with yesterday"
)
_ROLE = (
    rf"(?:the )?(?:[A-ZÀ-Þ][\w.&’'-]* ){{0,2}}(?:(?!(?:{'|'.join(_NO_ROLE.split())})\b)[a-z][\w-]+ ){{1,4}}"
    r"(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b)"
)
"""What may stand between a verb and the name: "said Apple chief executive Tim Cook"."""
_INVERTED = re.compile(rf"[”\"’'],? {SAYS} (?:(?:{_ROLE})?(?P<name>{NAME})|(?P<pronoun>{_PRONOUN})\b)")
_ACCORDING = re.compile(rf"\b[Aa]ccording to (?P<name>{NAME})")
_MARKS = re.compile(r"[“\"]")
_QUOTED = re.compile(r"“[^“”\n]{3,2000}”|\"[^\"\n]{3,2000}\"")
_FIRST_WORDS = frozenset(
    "a an and as at but by for from he her his i if in it its of on or she so that the their there they this to we "
    "when while with yesterday today monday tuesday wednesday thursday friday saturday sunday last earlier".split()
)
MAX_INTRODUCED = 3
"""Sentences: how long a quotation may get by its introduction."""
_LOOK_BACK = 4
"""Sentences: how far back a pronoun's name may stand."""


@dataclass(frozen=True, slots=True)
class _Speaker:
    """Half-open place of a speaker's name, or of a pronoun in its stead."""

    start: int
    end: int
    is_pronoun: bool


def attribution_of(article: Article, start: int, end: int) -> Attribution | None:
    """Who says what stands at `[start, end)`; None where the article speaks in its own voice."""
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
    """The numbers of the sentences where a quotation that the interval is inside of ends and where it begins."""
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
    """The last name before sentence `number` that is the subject of a verb of saying."""
    for sentence in reversed(article.sentences[max(0, number - _LOOK_BACK) : number]):
        speaker = _speaker_in(article.text, sentence)
        if speaker is not None and not speaker.is_pronoun:
            return speaker
    return None


def _speaker_in(text: str, sentence: Sentence) -> _Speaker | None:
    """The speaker that a sentence names for its words, quoted or reported."""
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
    """Where the name begins behind a sentence's first word that is capitalised for its place; None without a name."""
    words = list(re.finditer(r"[\w.’'-]+", text[start:end]))
    for number, word in enumerate(words):
        if word.group().casefold() not in _FIRST_WORDS:
            is_the = number > 0 and words[number - 1].group().casefold() == "the"
            return start + (words[number - 1].start() if is_the else word.start())
    return None


def _torn(article: Article, number: int) -> Attribution:
    """Of a pull quote: the sentence that breaks off where it belongs, if it can be told which; and who speaks there."""
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
    """The numbers of the sentences of each pull quote: from one that opens with a mark to the next that does."""
    first: int | None = None
    for number, sentence in enumerate((*article.sentences, Sentence(0, 0, "heading"))):
        inside = sentence.kind == "pull_quote"
        if first is not None and (not inside or _MARKS.match(article.text, sentence.start)):
            yield range(first, number)
            first = None
        if inside and first is None:
            first = number


def _broken_introductions(article: Article) -> list[int]:
    """The sentences that end with a colon and are followed by no quotation."""
    numbered = enumerate(zip(article.sentences, (*article.sentences[1:], None), strict=True))
    return [
        number
        for number, (sentence, following) in numbered
        if sentence.kind == "fragment"
        and article.text[sentence.start : sentence.end].rstrip().endswith(":")
        and (following is None or not _MARKS.match(article.text, following.start))
    ]


def with_introduction(article: Article, start: int, end: int) -> tuple[int, int]:
    """The interval, begun with the sentence where its quotation begins, which names the speaker or stands beside it.

    The interval itself where that is more than MAX_INTRODUCED sentences away, or can't be quoted.
    """
    numbers = list(_ends_of_quotation(article, start, end))
    if not numbers:
        return start, end
    taken = [s for s in article.sentences[min(numbers) :] if s.start < end]
    if len(taken) > MAX_INTRODUCED or any(s.kind not in QUOTABLE for s in taken):
        return start, end
    return min(start, taken[0].start), end
