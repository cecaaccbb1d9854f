"""Finds the people whom articles name where they tell about a subject, and who they are."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from rag.core.article import Article, Passage, Sentence
from rag.dossier.results import DossierEntry
from rag.dossier.shown import Shown
from rag.dossier.standing_alone import stands_alone
from rag.dossier.subject import Subject
from rag.said.archive import speakers_in
from rag.said.identity import has_rare_word
from rag.said.names import Name, full_names_in
from rag.text.english.calendar import MONTHS, MONTHS_AS_NAMES, WEEKDAYS
from rag.text.english.patterns import capitalised
from rag.text.english.places import COMPASS, GEOGRAPHY, GROUPS, PLACES
from rag.text.english.saying import SAYING_FORMS
from rag.text.grammar.introductions import Introduction, introduction_of
from rag.text.grammar.link_text import is_link_text

MOST = 10
"""Most people who are introduced."""
_RANKS: dict[Introduction, int] = {"described": 0, "titled": 1, "placed": 2, "apposed": 3}
"""The best introductions come first."""
_NO_PEOPLE = GROUPS | GEOGRAPHY | COMPASS | PLACES | (capitalised((*WEEKDAYS, *MONTHS)) - capitalised(MONTHS_AS_NAMES))
"""Words that are in no person's name. A scrape and a headline leave weekdays behind names."""
_PART_OF_GROUP = re.compile(r"[A-Z]\w+ (?:of|for) (?:the )?\Z")
"""What stands before the rest of a group's name: `the Association of Equipment Manufacturers`."""
_NEAR = 30
"""Characters before a name that are searched for the beginning of a group's name."""
_ALIKE = 90.0
"""Least similarity of two spellings of one name, from 0 to 100."""
_POSSESSIVE = ("'s", "’s")
_FAR = 80
"""Characters from a sentence's start behind which it mostly tells of someone else."""
_BEFORE_GROUPS = ("the ", "The ")
"""What stands before the name of a group, and seldom before a person's: `the Boston Globe`."""


@dataclass(frozen=True, slots=True)
class Introduced:
    """A sentence that says who a person is.

    Attributes:
        article: The article.
        sentence: The sentence.
        how: How it does.
        is_about: Whether it is about the subject.
        in_passing: Whether it only owns something or stands far from the sentence's start: it tells of someone else.
    """

    article: Article
    sentence: Sentence
    how: Introduction
    is_about: bool
    in_passing: bool

    @property
    def order(self) -> tuple[int, bool, bool, str, int]:
        """The best first: by how the person is introduced, then those about the subject and her, then the earliest."""
        rank, published = _RANKS[self.how], self.article.published or "~"
        return rank, not self.is_about, self.in_passing, published, self.sentence.start


class People:
    """The people whom the articles name where they tell about a subject.

    Args:
        subject: What the articles have about it.

    Attributes:
        names: Their names, those first that most articles have. Nobody is among them twice.
        introduced: The sentences that say who each of them is, the best first.
    """

    def __init__(self, subject: Subject) -> None:
        self._voices: dict[Name, set[object]] = defaultdict(set)
        self._mentions: Counter[Name] = Counter()
        self._speaking: set[Name] = set()
        self._named: Counter[Name] = Counter()
        self._as_group: Counter[Name] = Counter()
        self.introduced: dict[Name, list[Introduced]] = defaultdict(list)
        for passages in subject.by_article:
            self._read(subject, passages)
        for found in self.introduced.values():
            found.sort(key=lambda one: one.order)
        people = [name for name in self._voices if self._is_person(name)]
        people.sort(key=lambda name: (-len(self._voices[name]), -self._mentions[name], name.shown))
        self.names = list(_one_each(people, self._voices))

    def _read(self, subject: Subject, passages: Sequence[Passage]) -> None:
        """Reads the names in the passages of an article, and elsewhere in it those of people who speak in them."""
        article = passages[0].article
        speakers = speakers_in(article, passages)
        speaking, alone = {one.family for one in speakers}, {one.family for one in speakers if one.is_bare}
        for sentence in article.sentences:
            around = [one for one in passages if one.start <= sentence.start < one.end]
            is_about = any(subject.is_about(passage, sentence.start, sentence.end) for passage in around)
            is_near = is_about or subject.is_titled(article)
            for name, start, end in full_names_in(article, sentence):
                is_part = _PART_OF_GROUP.search(article.text, max(0, start - _NEAR), start) is not None
                if is_part or not (around or name.family in speaking):
                    continue
                self._voices[name].add(article.voice)
                self._mentions[name] += is_near
                self._named[name] += 1
                self._as_group[name] += article.text.endswith(_BEFORE_GROUPS, 0, start)
                if name.family in alone or (name.family in speaking and has_rare_word(name)):
                    self._speaking.add(name)
                how = introduction_of(article.text, start, end)
                if how is not None:
                    in_passing = article.text.startswith(_POSSESSIVE, end) or start - sentence.start > _FAR
                    self.introduced[name].append(Introduced(article, sentence, how, is_about, in_passing))

    def _is_person(self, name: Name) -> bool:
        """Whether a name is surely a person's, who has to do with the subject."""
        is_introduced = any(one.how != "apposed" for one in self.introduced[name])
        is_sure = name.sex is not None or is_introduced or name in self._speaking
        is_near = self._mentions[name] > 0 or len(self._voices[name]) > 1
        is_group = 2 * self._as_group[name] > self._named[name]
        return is_sure and is_near and not is_group and may_be_person(name)


def may_be_person(name: Name) -> bool:
    """Returns whether a full name can be a person's: it has no word of a place or a group, and is no link text.

    A headline's "Friends Say" is none either.
    """
    words = name.shown.split()
    return (
        _NO_PEOPLE.isdisjoint(words)
        and words[-1].lower() not in SAYING_FORMS
        and not is_link_text(name.shown, frozenset)
    )


def _one_each(people: Sequence[Name], voices: Mapping[Name, Set[object]]) -> Iterator[Name]:
    """Yields each person once."""
    kept: list[Name] = []
    for name in people:
        others = [other for other in kept if other.family == name.family]
        if not any(_is_same(name, other, voices) for other in others):
            kept.append(name)
            yield name


def _is_same(name: Name, other: Name, voices: Mapping[Name, Set[object]]) -> bool:
    """Whether two names of one family are one person's: they fit, are spelt alike, or no article has both."""
    from rapidfuzz import fuzz

    is_alike = fuzz.ratio(name.shown, other.shown) >= _ALIKE
    return name.fits(other) or is_alike or voices[name].isdisjoint(voices[other])


def introduce(people: People, shown: Shown) -> list[DossierEntry]:
    """Quotes a sentence about each of the people that says who it is; nobody of whom no sentence says it."""
    entries: list[DossierEntry] = []
    for name in people.names:
        places = [
            (one.article, one.sentence.start, one.sentence.end)
            for one in people.introduced[name]
            if one.sentence.kind == "sentence" and stands_alone(one.article, one.sentence.start, one.sentence.end)
        ]
        if places:
            place = next((place for place in places if shown.is_new(*place)), places[0])
            entries.append(DossierEntry(heading=name.shown, citations=(shown.cite(*place),)))
        if len(entries) == MOST:
            break
    return entries
