"""Finds what people say about a subject."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from rag.core.article import Passage
from rag.dossier.people import People
from rag.dossier.results import DossierEntry
from rag.dossier.shown import Shown
from rag.dossier.standing_alone import begins_whole, is_clean
from rag.dossier.subject import Subject
from rag.said.archive import SpeakerArchive, speakers_in
from rag.said.identity import Person
from rag.said.names import Name
from rag.said.search import rank_by_topic
from rag.said.statements import Spoken, statements_of

SPEAKERS, STATEMENTS = 8, 2
"""Most people who speak, and most statements of each."""
_FEWEST = 6
"""Number of words that a person must say."""


def find_spoken(subject: Subject, people: People, shown: Shown, archive: SpeakerArchive) -> list[DossierEntry]:
    """Quotes what people say about a subject, first those who speak about it in most articles.

    Args:
        subject: What the articles have about it.
        people: The people whom they name.
        shown: What was quoted before.
        archive: The generation, by who speaks.

    Returns:
        An entry for each person, with the statements nearest to the subject, by date.
    """
    told = {name: _about(subject, people, name, archive) for name in people.names}
    speaking = sorted(
        (name for name in people.names if told[name]),
        key=lambda name: -len({one.article.voice for one in told[name]}),
    )
    entries = (entry for name in speaking if (entry := _entry(name, told[name], shown)))
    return list(islice(entries, SPEAKERS))


def _about(subject: Subject, people: People, name: Name, archive: SpeakerArchive) -> list[Spoken]:
    """What a person says about the subject in its articles, the nearest to it first."""
    others = tuple(other for other in people.names if other.family == name.family and other != name)
    person = Person(name, (name,), others)
    near: list[tuple[Spoken, Sequence[Passage]]] = []
    for passages in subject.by_article:
        article = passages[0].article
        if any(speaker.family == name.family for speaker in speakers_in(article, passages)):
            for spoken in statements_of(article, person):
                around = [one for one in passages if one.start < spoken.end and spoken.start < one.end]
                is_titled = subject.is_titled(article)
                is_about = is_titled or any(subject.is_about(one, spoken.start, spoken.end) for one in around)
                if around and is_about and _is_fit(spoken):
                    near.append((spoken, around))
    return rank_by_topic(archive, subject.words, near)


def _is_fit(spoken: Spoken) -> bool:
    """Whether a statement is whole, surely the person's, and says something."""
    is_sure = spoken.verdict == "is" and not spoken.said_by.guessed
    is_whole = all(sentence.kind == "sentence" for sentence in spoken.sentences)
    words = sum(len(words.split()) for words in spoken.own_words)
    place = spoken.article, spoken.start, spoken.end
    is_fit = begins_whole(spoken.article.text[spoken.start : spoken.end]) and is_clean(*place)
    return is_sure and is_whole and words >= _FEWEST and is_fit


def _entry(name: Name, spoken: Sequence[Spoken], shown: Shown) -> DossierEntry | None:
    chosen: list[Spoken] = []
    for one in spoken:
        if len(chosen) < STATEMENTS and shown.is_new(one.article, one.start, one.end):
            chosen.append(one)
    chosen.sort(key=lambda one: (one.article.published or "", one.start))
    cited = tuple(shown.cite(one.article, one.start, one.end) for one in chosen)
    return DossierEntry(heading=name.shown, citations=cited) if cited else None
