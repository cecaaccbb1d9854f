"""Finds out from articles whether a person is a man or a woman, so that "she" is not taken for a man.

A title beside the name ("Mrs Ilvar"), a noun ("the actress Ida Lund", "Aldo, a mother of two") or a pronoun that stands
for the name tells it. Left out: what a first name alone tells.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Literal

from rag.core.article import Article
from rag.text.english.patterns import any_of, capitalised
from rag.text.english.people import MENS_NOUNS, MENS_TITLES, TITLES, WOMENS_NOUNS, WOMENS_TITLES
from rag.text.grammar.antecedents import person_before

Sex = Literal["he", "she"]
_MENTIONS = 20
"""Most sentences per article that name the person and are searched for a pronoun."""
_MEN = capitalised(MENS_TITLES) | capitalised(MENS_NOUNS) | MENS_NOUNS
_WOMEN = capitalised(WOMENS_TITLES) | capitalised(WOMENS_NOUNS) | WOMENS_NOUNS
_TELLING = rf"(?P<word>{any_of(_MEN | _WOMEN)})"
_BETWEEN = r"(?:(?!(?:of|to|for|by|with|from|in|at|whose|and)\b)[\w’'-]+ ){0,3}?"
_PRONOUN = re.compile(r"\b(?:he|she)\b", re.IGNORECASE)
_OTHER = {"he": re.compile(r"\bher\b", re.IGNORECASE), "she": re.compile(r"\bhi[ms]\b", re.IGNORECASE)}
"""Pronouns of the other sex. Before "she", "his" stands for the name: `His predecessor said that she …`."""
_POSSESSIVE = re.compile(r"[’']s?\Z")


def told_sex(name: str, articles: Sequence[Article]) -> Sex | None:
    """Finds the pronoun that articles use for a person.

    Args:
        name: The name, with or without first names and titles.
        articles: The articles.

    Returns:
        "he" or "she"; None if the articles tell neither, or both about as often.
    """
    words = _without_titles(name)
    if not words:
        return None
    told = Counter(sex for article in articles for sex in _by_words(words, article.text))
    if len(told) != 1:
        told += Counter(sex for article in articles for sex in _by_pronouns(words, article))
    (sex, often), *others = told.most_common() or [("he", 0)]
    return sex if often and all(often >= 2 * times for _, times in others) else None


def _by_words(words: Sequence[str], text: str) -> list[Sex]:
    """What titles and nouns beside the name tell."""
    *first, last = map(re.escape, words)
    full = "".join(f"(?:{word} )?" for word in first) + last
    patterns = (rf"\b{_TELLING}\.? {full}\b", rf"\b{full}, (?:an?|the|\w+[’']s) {_BETWEEN}{_TELLING}\b")
    found = [match["word"] for pattern in patterns for match in re.finditer(pattern, text)]
    return ["he" if word in _MEN else "she" for word in found]


def _by_pronouns(words: Sequence[str], article: Article) -> list[Sex]:
    """What the pronouns tell that stand for the name or a part of it, in its sentence or in the next one."""
    text, sentences = article.text, article.sentences
    named = re.compile(rf"\b{any_of(words)}\b")
    places = [n for n, one in enumerate(sentences) if named.search(text, one.start, one.end)][:_MENTIONS]
    found: list[Sex] = []
    for number in sorted({near for place in places for near in (place, place + 1) if near < len(sentences)}):
        start = sentences[number].start
        pronoun = _PRONOUN.search(text, start, sentences[number].end)
        if pronoun and _OTHER[pronoun.group().lower()].search(text, start, pronoun.start()):
            continue
        meant = person_before(text, sentences, pronoun.start()) if pronoun else None
        if pronoun and meant and set(_without_titles(text[slice(*meant)])) <= set(words):
            found.append("he" if pronoun.group().lower() == "he" else "she")
    return found


def _without_titles(name: str) -> list[str]:
    words = (_POSSESSIVE.sub("", word) for word in name.split())
    return [word for word in words if word[:1].isupper() and word.lower().strip(".") not in TITLES]
