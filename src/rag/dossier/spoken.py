"""Finds what people say about a subject."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from rag.core.article import Article, Passage
from rag.dossier.people import People
from rag.dossier.results import DossierEntry
from rag.dossier.shown import Shown
from rag.dossier.standing_alone import begins_whole, has_unknown_person, is_clean
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
    """Whether a statement is surely the person's, and of whole sentences."""
    is_sure = spoken.verdict == "is" and not spoken.said_by.guessed
    return is_sure and all(sentence.kind == "sentence" for sentence in spoken.sentences)


def _entry(name: Name, spoken: Sequence[Spoken], shown: Shown) -> DossierEntry | None:
    chosen: list[tuple[Article, int, int]] = []
    for one in spoken:
        place = _new_part(one, shown)
        if place is not None and len(chosen) < STATEMENTS:
            chosen.append((one.article, *place))
    chosen.sort(key=lambda one: (one[0].published or "", one[1]))
    cited = tuple(shown.cite(*one) for one in chosen)
    return DossierEntry(heading=name.shown, citations=cited) if cited else None


def _new_part(spoken: Spoken, shown: Shown) -> tuple[int, int] | None:
    """The place of the sentences of a statement behind those that were quoted before; None if they say too little."""
    new = list(spoken.sentences)
    while new and not shown.is_new(spoken.article, new[0].start, new[0].end):
        new.pop(0)
    if not new:
        return None
    text, start, end = spoken.article.text, new[0].start, new[-1].end
    words = sum(len(text[max(first, start) : last].split()) for first, last in spoken.words)
    is_whole = begins_whole(text[start:end]) and not has_unknown_person(text[start:end])
    is_fit = is_whole and is_clean(spoken.article, start, end)
    is_new = shown.is_new(spoken.article, start, end)
    return (start, end) if is_fit and is_new and words >= _FEWEST else None
