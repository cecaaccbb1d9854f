"""Tells sentences about what a question asks from those about someone or something else, by the question's names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rag.answering.quotes.ranking import RankedSentence
from rag.core.article import Article
from rag.question.overlap import Overlap
from rag.question.question import Question
from rag.text.terms import terms

_WORD = r"[A-ZÀ-Þ][\w’'-]*"
_NAMED_THING = re.compile(rf"\b[Tt]he (?P<name>{_WORD}(?: {_WORD})+)")
"""A thing, event or body by its full name: `the Camp Fire`. A person has no article."""
_SHORT = 3
"""Most letters of an abbreviation, which an article may write in another way: `US`, `U.S.`, `American`."""


def is_about_another(question: Question, sentences: Sequence[RankedSentence]) -> bool:
    """Returns whether what was read tells of someone or something else, however well its words fit.

    Args:
        question: The question.
        sentences: The sentences of all passages read.

    Returns:
        True if no article has any name of the question, or all words of the thing that it names; or for keywords, if no
        passage and no title has any word.
    """
    names_nowhere = all(one.features["names_nowhere"] == 1.0 for one in sentences)
    words_nowhere = question.form == "keywords" and all(one.features["pair_coverage"] == 0.0 for one in sentences)
    return bool(sentences) and (names_nowhere or words_nowhere or not _of_named_things(question.text, sentences))


def on_subject(question: Question, sentences: Sequence[RankedSentence]) -> list[RankedSentence]:
    """Leaves out the sentences of articles without any name of the question, if other articles have some.

    What they tell may be just as it is asked, but is about someone or something else: another shooting, another town.
    So it is if others have all words of the thing that it names in full: another fire. The name of a person whose words
    are asked for does not count, if the question has others.

    Args:
        question: The question.
        sentences: The sentences, in any order; it is kept.
    """
    named = [one for one in sentences if one.features["names_nowhere"] < 1.0]
    speaker = frozenset(terms(question.speaker or ""))
    others = question.words.names - speaker
    if speaker and others:
        subject = replace(question.words, names=others)
        found = {one.reading.hit.passage.id: one.reading.hit.passage for one in named}
        about = {key for key, passage in found.items() if Overlap(subject, passage).names_nowhere < 1.0}
        named = [one for one in named if one.reading.hit.passage.id in about] or named
    return _of_named_things(question.text, named) or named or list(sentences)


def _of_named_things(question: str, sentences: Sequence[RankedSentence]) -> list[RankedSentence]:
    """The sentences of articles that have all words of the things that the question names, or their initials."""
    things = [[*match["name"].split()] for match in _NAMED_THING.finditer(question)]
    articles = {one.article.id: one.article for one in sentences}
    having = {key for key, article in articles.items() if all(_has(article, thing) for thing in things)}
    return [one for one in sentences if one.article.id in having]


def _has(article: Article, thing: Sequence[str]) -> bool:
    """Whether an article has all words of a name; initials (`UN`, `U.N.`) stand for words that follow each other."""
    text, places = f"{article.title}\n{article.text}", range(len(thing))
    missing = [place for place in places if not _has_word(text, thing[place])]
    runs = [(first, last) for first in places for last in places[first + 1 :]] if missing else []
    short = [run for run in runs if _has_initials(text, thing[run[0] : run[1] + 1])]
    return all(any(first <= place <= last for first, last in short) for place in missing)


def _has_word(text: str, word: str) -> bool:
    if word.isupper() and len(word) <= _SHORT:
        return True
    own = re.escape(re.split("[’']", word)[0])
    return re.search(rf"\b{own}(?:s|[’']s?)?\b", text, re.IGNORECASE) is not None


def _has_initials(text: str, words: Sequence[str]) -> bool:
    return re.search(rf"\b{''.join(rf'{word[0]}[.]?' for word in words)}(?!\w)", text) is not None
