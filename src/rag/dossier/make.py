"""Makes a dossier: what the articles of one generation tell about a subject."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rag.core.schema import Scope
from rag.dossier.figures import find_figures
from rag.dossier.people import People, introduce
from rag.dossier.results import Dossier, DossierEntry, DossierSection, SectionKind
from rag.dossier.sections import differences, figures, overview, timeline
from rag.dossier.shown import Shown
from rag.dossier.spoken import find_spoken
from rag.dossier.subject import read_subject
from rag.question.question import Question
from rag.said.archive import SpeakerArchive


def make_dossier(words: str, scope: Scope | None, archive: SpeakerArchive, parse: Callable[[str], Question]) -> Dossier:
    """Makes a dossier.

    Args:
        words: The subject.
        scope: The articles that may be quoted; None for all.
        archive: The generation that is read.
        parse: Parses a question.

    Returns:
        The sections for which the articles have something. The quotes are not verified yet.
    """
    subject = read_subject(words, scope, archive.serving, parse)
    people, groups, shown = People(subject), find_figures(subject), Shown()
    sections: dict[SectionKind, Sequence[DossierEntry]] = {
        "overview": overview(subject, shown),
        "timeline": timeline(subject, shown),
        "people": introduce(people, shown),
        "said": find_spoken(subject, people, shown, archive),
        "figures": list(figures(groups, shown)),
        "differences": list(differences(groups, shown)),
    }
    return Dossier(
        subject=words,
        sections=tuple(DossierSection(kind=kind, entries=tuple(each)) for kind, each in sections.items() if each),
        articles=len(subject.by_article),
        scope=scope,
        generation=archive.serving.generation,
    )
