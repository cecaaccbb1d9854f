"""Finds the speaker of quoted and reported words in an article.

`rag.text.grammar.tagged_speeches` tells who says what. Here the words of a quote are looked up in it. A speaker is
named only where the text's grammar gives one or the speaker tagger is sure of one. A pronoun is resolved if exactly one
person is named in the sentences before it, and is marked as a guess. A pull quote that the scrape separated from its
context is paired with a sentence that breaks off where a quotation should follow, which is a guess too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rag.core.article import QUOTABLE, Article, Sentence
from rag.core.schema import Attribution
from rag.text.english.function_words import ARTICLES, STOP_WORDS
from rag.text.grammar.antecedents import person_before
from rag.text.grammar.link_text import is_link_text, words_of
from rag.text.grammar.quotations import find_quotations
from rag.text.grammar.speaking_clauses import find_clauses
from rag.text.grammar.speeches import Speech
from rag.text.grammar.tagged_speeches import speeches_of

_OPENING_MARK = re.compile(r"[“\"]")
_WORD = re.compile(r"\w")
_OUTER = " \t\r\n\"“”'‘’`«»,.…"
"""Characters at the ends of a quote that say nothing about who speaks."""
MAX_INTRODUCED = 3
"""Most sentences of a quotation together with its introduction."""
_MARKS = " \t\r\n\"“”'‘’`«»"
_NEAR = 10
"""Characters before a quote that are searched for the end of the sentence before."""
_LONGEST_ROLE = 3
"""Most words that say what a person is, before the name."""
_MAINLY = 0.4
"""Share of a quote that must be one person's words, if the quote does not begin with the name."""


def attribution_of(article: Article, start: int, end: int) -> Attribution | None:
    """Finds the speaker of the words at `[start, end)`.

    Args:
        article: The article.
        start: Start offset in the article's text, in characters.
        end: End offset, exclusive.

    Returns:
        The speaker, with the place of the name; without a name if the text doesn't say who speaks, or if several
        people do. None if the article speaks in its own voice.
    """
    touched = [n for n, s in enumerate(article.sentences) if s.start < end and start < s.end]
    if not touched:
        return None
    if all(article.sentences[n].kind == "pull_quote" for n in touched):
        return _torn(article, touched)
    start, end = _without_outer(article.text, start, end)
    return _of_speeches(article, speeches_of(article), start, end)


def attribution_beside(article: Article, start: int, end: int) -> Attribution | None:
    """Finds the speaker to be named beside a quote.

    A quote of several sentences that are not all one person's words names nobody beside it, if it names the speakers
    itself: the line would claim the other sentences for them too. One person's words in quotation marks are no such
    case, because the marks tell them from the rest.

    Args:
        article: The article.
        start: Start offset of the quote in the article's text, in characters.
        end: End offset, exclusive.

    Returns:
        The speaker, as `attribution_of` gives it; None if the quote itself tells who says what.
    """
    whole = attribution_of(article, start, end)
    touched = [(max(start, s.start), min(end, s.end)) for s in article.sentences if s.start < end and start < s.end]
    is_marked = whole is not None and whole.name is not None and _OPENING_MARK.search(article.text, start, end)
    if whole is None or whole.introduction or is_marked or len(touched) < 2:
        return whole
    each = {attribution_of(article, *place) for place in touched}
    named = [one for one in each if one is not None]
    tells_all = all(one.start is not None and start <= one.start < end for one in named)
    return None if len(each) > 1 and tells_all else whole


def _without_outer(text: str, start: int, end: int) -> tuple[int, int]:
    words = text[start:end]
    bare = words.strip(_OUTER)
    begun = start + len(words) - len(words.lstrip(_OUTER))
    return (begun, begun + len(bare)) if bare else (start, end)


def _of_speeches(article: Article, speeches: Sequence[Speech], start: int, end: int) -> Attribution | None:
    around = [speech for speech in speeches if speech.start <= start and end <= speech.end]
    if around:
        speech = min(around, key=lambda one: one.end - one.start)
        return _named(article, speech) if _is_begun(article, speech.start, start) else Attribution()
    inside = [speech for speech in speeches if _shared(speech, start, end)]
    if not inside:
        return None
    speech = max(inside, key=lambda one: _shared(one, start, end))
    others = [
        o for o in inside if o.speaker != speech.speaker and not (speech.start <= o.start and o.end <= speech.end)
    ]
    if others:
        return Attribution()
    named = speech.speaker or speech.pronoun or (end, end)
    own = [named[0], *(one.start for one in inside if one.speaker == speech.speaker)]
    begins = any(_is_begun(article, start, max(start, place)) for place in own) or _is_role(
        article.text[start : named[0]]
    )
    is_main = begins or _shared(speech, start, end) >= _MAINLY * (end - start)
    if not is_main:
        return None
    return _named(article, speech) if _is_begun(article, 0, start) else Attribution()


def _is_role(words: str) -> bool:
    """Whether the words before a name only say what the person is: `Hotel owner`."""
    role = words.lower().split()
    return (
        0 < len(role) <= _LONGEST_ROLE
        and all(word.isalpha() for word in role)
        and (STOP_WORDS - ARTICLES).isdisjoint(role)
    )


def _shared(speech: Speech, start: int, end: int) -> int:
    """Number of characters of the speech in `[start, end)`."""
    return max(0, min(speech.end, end) - max(speech.start, start))


def _lies_in(one: Speech, other: Speech) -> bool:
    return other.start <= one.start and one.end <= other.end


def _is_begun(article: Article, first: int, start: int) -> bool:
    """Whether no word lies between `first`, or the beginning of the sentence, and `start`."""
    if article.text[max(first, start - _NEAR) : start].rstrip(_MARKS).endswith((".", "!", "?", "…")):
        return True
    begun = max((s.start for s in article.sentences if s.start <= start), default=start)
    return _WORD.search(article.text, max(first, begun), start) is None


def _named(article: Article, speech: Speech) -> Attribution:
    if speech.speaker:
        return _attribution(article.text, *speech.speaker, guessed=False)
    meant = person_before(article.text, article.sentences, speech.pronoun[0]) if speech.pronoun else None
    return _attribution(article.text, *meant, guessed=True) if meant else Attribution()


def _attribution(text: str, start: int, end: int, *, guessed: bool) -> Attribution:
    if guessed and is_link_text(text[start:end], lambda: words_of(text)):
        return Attribution()
    return Attribution(name=text[start:end], start=start, end=end, guessed=guessed)


def _torn(article: Article, touched: Sequence[int]) -> Attribution:
    """The speaker of a pull quote, and the sentence that breaks off where the quote belongs, if both can be paired.

    Sentences of two pull quotes have no one speaker.
    """
    torn, broken = list(_torn_quotes(article)), _broken_introductions(article)
    place = next((index for index, numbers in enumerate(torn) if all(number in numbers for number in touched)), None)
    if place is None or len(torn) != len(broken):
        return Attribution()
    introduction = article.sentences[broken[place]]
    who = next((clause.who for clause in reversed(find_clauses(article.text, introduction))), None)
    meant = (who.start, who.end) if who and who.says_who else None
    if who and not who.says_who:
        meant = person_before(article.text, article.sentences, who.start) or _last_speaker(article, who.start)
    words = article.text[introduction.start : introduction.end]
    named = _attribution(article.text, *meant, guessed=True) if meant else Attribution(guessed=True)
    return named.model_copy(update={"introduction": words})


def _last_speaker(article: Article, place: int) -> tuple[int, int] | None:
    """The last speaker that is named before a place."""
    speeches = speeches_of(article)
    return next((one.speaker for one in reversed(speeches) if one.end <= place and one.speaker), None)


def _torn_quotes(article: Article) -> Iterator[range]:
    """Yields the sentence indices of each pull quote; an opening quotation mark begins a new one."""
    first: int | None = None
    for number, sentence in enumerate((*article.sentences, Sentence(0, 0, "heading"))):
        inside = sentence.kind == "pull_quote"
        if first is not None and (not inside or _OPENING_MARK.match(article.text, sentence.start)):
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
        and (following is None or not _OPENING_MARK.match(article.text, following.start))
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
    begun = [
        quotation.start
        for quotation in find_quotations(article.text, start, end)
        if quotation.start < end and start < quotation.end
    ]
    if not begun:
        return start, end
    taken = [s for s in article.sentences if begun[0] < s.end and s.start < end]
    if len(taken) > MAX_INTRODUCED or any(s.kind not in QUOTABLE for s in taken):
        return start, end
    return min([start, *(s.start for s in taken[:1])]), end
