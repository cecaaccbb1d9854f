"""Finds in one article the statements of a person or about one: whole sentences, with the places of the words."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from rag.core.article import Article, Sentence
from rag.core.schema import Attribution
from rag.said.identity import Bearers, Person, Verdict
from rag.said.names import Name, Sex, names_between, read_names
from rag.text.grammar.antecedents import person_before
from rag.text.grammar.speeches import Speech
from rag.text.grammar.tagged_speeches import speeches_of
from rag.text.terms import fold

_MOST_SENTENCES = 6
"""Most sentences of one statement."""
_KINDS = frozenset(("sentence", "fragment", "pull_quote"))
"""The kinds of sentences that a statement may have."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """A statement in an article.

    Attributes:
        article: The article.
        first: Index of its first sentence in the article.
        last: Index after its last sentence.
        words: The half-open places of the speaker's words, by their start.
        direct: Whether words stand in quotation marks.
        said_by: Who says it, as the article names the person there.
        verdict: Whether the person who was asked for says it, or is named in it, or only may be the one.
    """

    article: Article
    first: int
    last: int
    words: tuple[tuple[int, int], ...]
    direct: bool
    said_by: Attribution
    verdict: Verdict

    @property
    def start(self) -> int:
        """Start offset in the article's text, in characters."""
        return self.article.sentences[self.first].start

    @property
    def end(self) -> int:
        """End offset, exclusive."""
        return self.article.sentences[self.last - 1].end

    @property
    def own_words(self) -> list[str]:
        """The speaker's words, each stretch by itself."""
        return [self.article.text[start:end] for start, end in self.words]

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """Its sentences."""
        return self.article.sentences[self.first : self.last]

    @property
    def key(self) -> tuple[str, ...]:
        """The speaker's words without case, accents and marks: equal for the same words in another article."""
        return tuple(word for start, end in self.words for word in fold(self.article.text[start:end]))


def statements_of(article: Article, person: Person) -> Iterator[Spoken]:
    """Yields what a person says in an article, in the order of the text; also what only may be the person's."""
    speeches = speeches_of(article)
    told = {speech.speaker for speech in speeches if speech.speaker is not None}
    heard = [(speech, _named(article, speech, told, person.sex)) for speech in speeches]
    names = {speech: read_names(one.name) for speech, one in heard if one is not None and one.name}
    bearers = Bearers(person, article, {name for each in names.values() for name in each})
    verdicts = ((speech, said_by, _verdict(bearers, names.get(speech, []))) for speech, said_by in heard)
    return _joined(_spoken(article, *each) for each in verdicts)


def statements_about(article: Article, person: Person) -> Iterator[Spoken]:
    """Yields what others say in an article of a person, whom their words name, in the order of the text.

    Those whom the article has only as a pronoun are left out, and so is everyone who may be the person.
    """
    speeches = [speech for speech in speeches_of(article) if speech.speaker is not None]
    heard = [(speech, _named(article, speech, (), None)) for speech in speeches]
    names = {speech: read_names(one.name) for speech, one in heard if one is not None and one.name}
    bearers = Bearers(person, article, {name for each in names.values() for name in each})
    for speakers, of_speakers in groupby(heard, key=lambda each: tuple(names.get(each[0], ()))):
        if _verdict(bearers, speakers) == "not":
            yield from _joined(
                _spoken(article, speech, said_by, _verdict(bearers, _names_told(article, speech, person)))
                for speech, said_by in of_speakers
            )


def _names_told(article: Article, speech: Speech, person: Person) -> list[Name]:
    """The names in a speech that may mean a person."""
    return [name for name, _ in names_between(article.text, speech.start, speech.end, person.asked.family)]


def _joined(found: Iterable[Spoken | None]) -> Iterator[Spoken]:
    """Joins statements that share a sentence or follow each other."""
    joined: Spoken | None = None
    for spoken in found:
        if spoken is None:
            continue
        following = _join(joined, spoken) if joined else None
        if joined is not None and following is None:
            yield joined
        joined = following or spoken
    if joined is not None:
        yield joined


def _named(article: Article, speech: Speech, told: Container[tuple[int, int]], sex: Sex | None) -> Attribution | None:
    """Who says it, as far as the article gives a name.

    It is a guess for a pronoun: the one person named before it, who has just spoken, and is not of the other sex.
    """
    place = speech.speaker
    if place is None and speech.pronoun is not None:
        pronoun = article.text[slice(*speech.pronoun)].lower()
        meant = person_before(article.text, article.sentences, speech.pronoun[0])
        place = meant if meant in told and sex in (None, pronoun) else None
    if place is None:
        return None
    start, end = place
    return Attribution(name=article.text[start:end], start=start, end=end, guessed=speech.speaker is None)


def _verdict(bearers: Bearers, names: Sequence[Name]) -> Verdict:
    """The best verdict on those who speak together, or are named together."""
    found = {bearers.verdict(name) for name in names}
    return "is" if "is" in found else "unclear" if "unclear" in found else "not"


def _spoken(article: Article, speech: Speech, said_by: Attribution | None, verdict: Verdict) -> Spoken | None:
    """The statement of a speech; None if it is not the person's, or lies in no sentence that can be shown."""
    touched = [n for n, s in enumerate(article.sentences) if s.start < speech.end and speech.start < s.end]
    if said_by is None or verdict == "not" or not touched:
        return None
    if any(article.sentences[number].kind not in _KINDS for number in touched):
        return None
    first, last = article.sentences[touched[0]], article.sentences[touched[-1]]
    start, end = max(speech.start, first.start), min(speech.end, last.end)
    end = start + len(article.text[start:end].rstrip())
    return Spoken(article, touched[0], touched[-1] + 1, ((start, end),), speech.is_direct, said_by, verdict)


def _join(one: Spoken, other: Spoken) -> Spoken | None:
    """Both as one statement, if they share a sentence or follow each other in a paragraph; else None."""
    first, last = min(one.first, other.first), max(one.last, other.last)
    shares = other.first < one.last
    follows = other.first == one.last and "\n" not in one.article.text[one.end : other.start]
    is_short = last - first <= _MOST_SENTENCES and one.said_by.guessed == other.said_by.guessed
    if one.verdict != other.verdict or not (shares or (follows and is_short)):
        return None
    said_by = one.said_by if other.said_by.guessed or not one.said_by.guessed else other.said_by
    words = _merged([*one.words, *other.words])
    return replace(one, first=first, last=last, words=words, direct=one.direct or other.direct, said_by=said_by)


def _merged(places: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """The places without overlaps, by their start."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(places):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return tuple(found)
