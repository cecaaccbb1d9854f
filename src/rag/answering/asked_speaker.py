"""Finds the words of the speaker whom a question names: "What did X say about Y?".

A reader model knows little about who is speaking. So a rule decides: a sentence that the text attributes to X by name
is an answer, if its passage is about Y.
"""

from __future__ import annotations

import re

from rag.answering.speakers import attribution_of
from rag.core.article import QUOTABLE, Article, Passage, Reading, Span
from rag.core.schema import Attribution
from rag.question.overlap import begins_a_word
from rag.question.speaker import WordsAsked
from rag.text.english.function_words import ARTICLES
from rag.text.english.patterns import any_of
from rag.text.english.saying import SAYING_FORMS
from rag.text.grammar.groups import speaks_for
from rag.text.grammar.tagged_speeches import title_terms
from rag.text.terms import terms

_MOST = 0.75
"""Least share of a statement's terms in a sentence whose speaker is asked for."""
_BESIDE = 40
"""Most characters between a name and what its bearer is called."""
_FIRST_NAME = r"[A-ZÀ-Þ][\w’'-]*\.?"
_NEARBY = 300
"""Characters around a guessed speaker in which the person asked for makes the guess unsure."""
_HE_SAYS = re.compile(rf"\b(?:[Hh]e|[Ss]he) (?:\w+ )?{any_of(SAYING_FORMS)}\b|\b{any_of(SAYING_FORMS)} (?:he|she)\b")
_EVEN, _HALF = 0.0, 0.5
"""Log-odds of a sentence that answers by rule, and the least share of the topic's terms that it needs."""


def is_someone_else(name: str, article: Article, attribution: Attribution | None) -> bool:
    """Returns whether the text names a speaker who can't be the person asked for, or speaks for no group asked for.

    Args:
        name: The name in the question.
        article: The article.
        attribution: The attribution of the words. A guess from a pronoun counts, unless the person is named nearby;
            one from a torn quote does not.
    """
    if attribution is None or attribution.name is None or attribution.introduction is not None:
        return False
    if attribution.guessed and attribution.start is not None and _is_named_near(name, article.text, attribution.start):
        return False
    return _has_name(attribution.name) and not _may_speak(name, attribution.name, article)


def is_said_by(name: str, article: Article, attribution: Attribution | None) -> bool:
    """Returns whether the text names the person asked for as the speaker, or someone of the group asked for.

    Args:
        name: The name in the question.
        article: The article.
        attribution: The attribution of the words; a guessed one does not count.
    """
    told = _told(attribution)
    return told is not None and _may_speak(name, told, article)


def is_untold(name: str, article: Article, start: int, end: int) -> bool:
    """Returns whether a place has words of which the text does not tell that they may be those of a person.

    Args:
        name: The name in the question.
        article: The article.
        start: Start offset in the article's text, in characters.
        end: End offset, exclusive.

    Returns:
        False if the article speaks in its own voice, if the person speaks, if "he" or "she" does and the person is
        named nearby, or if a speaker without a name is called what the article calls the person: "the mayor", where
        it has "mayor Otto Lind".
    """
    attribution = attribution_of(article, start, end)
    if attribution is None:
        return False
    is_unsure = attribution.name is None or attribution.guessed
    if is_unsure and _HE_SAYS.search(article.text, start, end) and _is_named_near(name, article.text, start):
        return False
    if attribution.name is None:
        return True
    return not (_may_speak(name, attribution.name, article) or _is_called(article.text, name, attribution.name))


def _is_named_near(name: str, text: str, place: int) -> bool:
    """Whether the last word of a name stands near a place of the text."""
    last = re.escape(name.rsplit(maxsplit=1)[-1])
    return re.search(rf"\b{last}\b", text[max(0, place - _NEARBY) : place + _NEARBY]) is not None


def _is_called(text: str, name: str, called: str) -> bool:
    """Whether the text has a noun for a person beside the last word of the name."""
    noun, last = (re.escape(words.split()[-1]) for words in (called, name))
    return not _has_name(called) and any(
        re.search(rf"\b{one}\b[^.\n]{{0,{_BESIDE}}}\b{other}\b", text, re.IGNORECASE)
        for one, other in ((noun, last), (last, noun))
    )


def _may_speak(name: str, told: str, article: Article) -> bool:
    """Whether a speaker may be the person asked for, or speaks for the group asked for."""
    if may_be_one(name, told):
        return not _is_namesake(name, told, article.text)
    return speaks_for(name, told, article.text)


def _is_namesake(name: str, told: str, text: str) -> bool:
    """Whether a speaker who is told by surname has another first name in the text, and none has the one asked for.

    A title is no first name: "President Obama" is a surname alone.
    """
    *before, last = name.split()
    first = [word for word in before if not _is_title(word)]
    own = [word for word in told.split() if not _is_title(word)]
    if not first or own != [last] or name in text:
        return False
    others = re.findall(rf"\b((?:{_FIRST_NAME} ){{1,3}}){re.escape(last)}\b", text)
    named = [words.split() for words in others if not _is_title(words.split()[-1])]
    return bool(named) and not any(other in first for words in named for other in words)


def _is_title(word: str) -> bool:
    return title_terms().issuperset(terms(word))


def may_be_one(name: str, other: str) -> bool:
    """Returns whether two names may be one person's, titles aside: Otto Keller is not Anna Keller."""
    one, two = (set(terms(words)) - title_terms() for words in (name, other))
    return bool(one and two) and (one <= two or two <= one)


def _has_name(told: str) -> bool:
    """Whether the words for a speaker have a name. "The mayor" may be anyone."""
    first, *others = told.split()
    return any(word[:1].isupper() for word in others) or (first[:1].isupper() and first.casefold() not in ARTICLES)


def _told(attribution: Attribution | None) -> str | None:
    """The speaker's name; None if the text gives no name or it is a guess."""
    return attribution.name if attribution is not None and not attribution.guessed else None


def with_words_asked(asked: WordsAsked, reading: Reading) -> Reading:
    """Replaces the spans inside the speaker's sentences by the whole sentences, with even odds (log-odds 0).

    Args:
        asked: The speaker and the topic of the question.
        reading: The reading of one passage.

    Returns:
        A reading of the same hit. Its spans are the same if the passage has no sentence of the speaker on the topic.
    """
    passage = reading.hit.passage
    own = [s for s in passage.sentences if s.kind in QUOTABLE and share_said(asked, passage, s.start, s.end)]
    others = (span for span in reading.spans if not any(s.start <= span.start < s.end for s in own))
    spans = (*(Span(s.start, s.end, _EVEN) for s in own), *others)
    return Reading(reading.hit, tuple(sorted(spans, key=lambda span: -span.score)), reading.evidence)


def with_speakers_asked(statement: frozenset[str], reading: Reading) -> Reading:
    """Puts the speakers of the passage's sentences that have the statement first, with even odds (log-odds 0).

    Args:
        statement: The terms of what was said.
        reading: The reading of one passage.

    Returns:
        A reading of the same hit. If the text names a speaker of the statement, only such speakers are left.
    """
    found = []
    for sentence in reading.hit.passage.sentences:
        place = speaker_of(statement, reading.hit.passage.article, sentence.start, sentence.end)
        if place is not None and sentence.kind in QUOTABLE:
            found.append(Span(*place, _EVEN))
    return Reading(reading.hit, tuple(found), reading.evidence) if found else reading


def speaker_of(statement: frozenset[str], article: Article, start: int, end: int) -> tuple[int, int] | None:
    """Finds the speaker of a statement in a sentence.

    Args:
        statement: The terms of what was said.
        article: The article.
        start: Start offset of the sentence, in characters.
        end: End offset, exclusive.

    Returns:
        The half-open interval of the name, if the sentence has most terms of the statement and names its speaker.
    """
    said = statement.intersection(terms(article.text[start:end]))
    if not statement or len(said) < _MOST * len(statement):
        return None
    told = attribution_of(article, start, end)
    if told is None or told.guessed or told.start is None or told.end is None:
        return None
    return (told.start, told.end) if start <= told.start and told.end <= end else None


def share_said(asked: WordsAsked, passage: Passage, start: int, end: int) -> float:
    """Measures how much of the topic is in the speaker's words at `[start, end)`.

    A term counts half if only the rest of the passage or the title has it.

    Args:
        asked: The speaker and the topic of the question.
        passage: The passage.
        start: Start offset in the article's text, in characters.
        end: End offset, exclusive.

    Returns:
        The share of the topic's terms, from 0.5 to 1; without a topic 1. It is 0 if the share is below 0.5, or if the
        text does not name this speaker there.
    """
    if not is_said_by(asked.name, passage.article, attribution_of(passage.article, start, end)):
        return 0.0
    return share_of_topic(asked.topic, passage, start, end)


def share_of_topic(topic: frozenset[str], passage: Passage, start: int, end: int) -> float:
    """Measures how much of a topic is in the words at `[start, end)`, as `share_said` does, whoever says them.

    Args:
        topic: The terms of the topic.
        passage: The passage.
        start: Start offset in the article's text, in characters.
        end: End offset, exclusive.

    Returns:
        The share of the topic's terms, from 0.5 to 1, or 0 if it is below 0.5; without a topic 1.
    """
    said = set(terms(passage.article.text[start:end]))
    around = _terms_around(passage)
    counted = sum(1.0 if term in said else 0.5 if term in around else 0.0 for term in topic)
    share = counted / len(topic) if topic else 1.0
    return share if share >= _HALF else 0.0


def is_off_topic(asked: WordsAsked, passage: Passage, start: int, end: int) -> bool:
    """Returns whether the words at `[start, end)` are the speaker's, and nothing around them is on the topic.

    Nor are they, if the article never names whom or what the words are to be about.

    Args:
        asked: The speaker and the topic of the question.
        passage: The passage.
        start: Start offset in the article's text, in characters.
        end: End offset, exclusive.
    """
    is_said = is_said_by(asked.name, passage.article, attribution_of(passage.article, start, end))
    if not is_said or not asked.topic:
        return False
    return asked.topic.isdisjoint(_terms_around(passage)) or (bool(asked.about) and not _names(asked, passage.article))


def _names(asked: WordsAsked, article: Article) -> bool:
    """Whether an article names whom or what the words are to be about, in any form of the name."""
    whole = f"{article.title}\n{article.text}".lower()
    return any(begins_a_word(stem, whole) for stem in terms(asked.about))


def _terms_around(passage: Passage) -> set[str]:
    """The terms of the passage and of its article's title."""
    return {*terms(passage.text), *terms(passage.article.title)}
