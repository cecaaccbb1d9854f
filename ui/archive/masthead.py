"""The head of the page: its name, what the archive holds and from when; opened, what is behind it."""

from __future__ import annotations

from dataclasses import dataclass

from rag.core.reports import LibraryStatus
from rag_ui.archive.archive import Archive, Contents
from rag_ui.html.escaping import escape
from rag_ui.language.strings import Strings


def span(contents: Contents) -> str:
    """Returns the first and the last period of an archive, or the only one; empty if no article has a date."""
    names = [period.name for period in contents.periods]
    return " – ".join(dict.fromkeys((names[0], names[-1]))) if names else ""


@dataclass(frozen=True, slots=True)
class Masthead:
    """Renders the head of the page in one language."""

    archive: Archive
    strings: Strings

    def render(self, status: LibraryStatus) -> str:
        """Renders the head. It has the dates if they were read already: in a large archive this takes seconds."""
        words = self.strings.words
        contents = self.archive.known(status.state)
        told = [self.strings.articles(status.articles), span(contents) if contents else ""]
        facts = "".join(f"<li>{escape(fact)}</li>" for fact in told if fact)
        if updating := self.strings.updating(status):
            facts = f'<li class="updating">{escape(updating)}</li>{facts}'
        behind = "".join(f"<p>{escape(line)}</p>" for line in self.strings.behind(status))
        about = (
            f'<details class="behind"><summary>{escape(words.opening.behind)}</summary><div>{behind}</div></details>'
        )
        return (
            f'<header><h1>{escape(words.title)}</h1><p class="tagline">{escape(words.tagline)}</p>'
            f'<ul class="facts">{facts}<li>{about}</li></ul>'
            f'<button type="button" class="open-articles">{escape(words.tab_articles)}</button></header>'
        )
