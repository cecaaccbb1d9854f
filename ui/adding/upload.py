"""The files of a batch as HTML: the stage of each, what was found in it, and the share of passages embedded."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path

from rag.core.reports import ArticleSummary, FileStep
from rag_ui.html.escaping import escape
from rag_ui.language.strings import Strings, shortened

_LISTED = 80
"""Characters of a file's name that are shown. 200 long names would fill a page."""
_LINKED = 3
"""Most articles of one file that are linked."""


class _File:
    """A file and its row. The row is rendered again only if something changes."""

    def __init__(self, name: str, strings: Strings) -> None:
        self.name = name
        self._strings = strings
        self._found: FileStep | None = None
        self._articles: Sequence[ArticleSummary] = ()
        self._notes: tuple[str, ...] = ()
        self.turn("waiting")

    def turn(self, stage: str, why: str = "", found: FileStep | None = None) -> None:
        """Sets the stage, the reason for it, and what was found so far."""
        self.stage = stage
        self._why = why
        if found is not None and found.articles:
            self._found = found
        self._render()

    def link(self, articles: Sequence[ArticleSummary]) -> None:
        """Links the articles of the file, which is done."""
        self._articles = articles
        self.turn("known" if self.stage == "known" else "done")

    def note(self, line: str) -> None:
        """Adds a line about a part of the file, once."""
        if line not in self._notes:
            self._notes = (*self._notes, line)
            self._render()

    def _render(self) -> None:
        about = "".join(f'<span class="upload-about">{escape(fact)}</span>' for fact in self._facts())
        lines = dict.fromkeys(filter(None, (self._why, *self._notes)))
        notes = "".join(f'<span class="why">{escape(line)}</span>' for line in lines)
        file = f'<span class="file" dir="auto">{escape(shortened(self.name, _LISTED))}</span>'
        stage = f'<span class="stage">{escape(self._strings.words.file_stages[self.stage])}</span>'
        what = f'<div class="upload-what">{self._titles()}<p class="upload-facts">{file}{about}</p>{notes}</div>'
        self.row = f'<li data-stage="{self.stage}">{what}{stage}</li>'

    def _titles(self) -> str:
        """The titles of the articles, as buttons that open them once they can be read."""
        if not self._articles:
            title = self._found.title if self._found else None
            return f'<span class="title" dir="auto">{escape(title)}</span>' if title else ""
        return "".join(
            f'<button type="button" class="glance-article added-article" data-id="{escape(article.id)}">'
            f'<span class="title" dir="auto">{escape(article.title)}</span></button>'
            for article in self._articles[:_LINKED]
        )

    def _facts(self) -> list[str]:
        """The date, the pages, and the number of the articles that are not named."""
        found, strings = self._found, self._strings
        articles = len(self._articles) or (found.articles if found else 0)
        published = self._articles[0].published if self._articles else found.published if found else None
        facts = [strings.date(published)] if published and articles == 1 else []
        facts += [strings.count(found.pages, strings.words.additions.pages)] if found and found.pages else []
        more = articles - min(articles, _LINKED if self._articles else 1)
        return [*facts, *([strings.count(more, strings.words.additions.more_articles)] if more else [])]


class Upload:
    """Tracks the stage of each file (`Words.file_stages`), and shows all of them at every change."""

    def __init__(self, names: Sequence[str], show: Callable[[str], None], strings: Strings) -> None:
        self.strings = strings
        self._files = [_File(name, strings) for name in names]
        self._at: defaultdict[str, list[_File]] = defaultdict(list)
        self._embedded = (0, 0)
        self._show = show
        show(self.markup())

    def name_of(self, number: int) -> str:
        """Returns the original name of a file."""
        return self._files[number].name

    def copy(self, number: int) -> None:
        """Sets the stage of a file: it is being copied."""
        self._turn(self._files[number], "copying")

    def fetch(self, number: int) -> None:
        """Sets the stage of an address: it is being fetched."""
        self._turn(self._files[number], "fetching")

    def skip(self, number: int, why: str) -> None:
        """Sets the stage of a file: it is skipped, with the reason."""
        self._turn(self._files[number], "skipped", why)

    def place(self, number: int, path: Path, is_known: bool) -> None:
        """Sets the path of a stored file, and its stage: waiting, or already in the archive."""
        self._at[str(path)].append(self._files[number])
        self._turn(self._files[number], "known" if is_known else "waiting")

    def step(self, step: FileStep) -> None:
        """Takes a step of the update. Steps of files outside this upload are ignored."""
        why = self.strings.why_skipped(step.skipped) if step.skipped else ""
        for file in self._at.get(step.path, ()):
            if step.skipped is not None and step.skipped.record is not None:  # the other records may still come
                file.note(why)
            else:
                file.turn(step.stage, why, step)
            self._show(self.markup())

    def embed(self, done: int, total: int) -> None:
        """Sets the number of passages embedded so far and the number of all."""
        self._embedded = (done, total)
        self._show(self.markup())

    def leave_out(self, path: Path, why: str) -> None:
        """Sets the stage of a stored file of which no article was taken."""
        for file in self._at[str(path)]:
            file.turn("skipped", why)

    def note(self, path: str, line: str) -> None:
        """Adds a line about a part of a stored file."""
        for file in self._at.get(path, ()):
            file.note(line)

    def link(self, path: Path, articles: Sequence[ArticleSummary]) -> None:
        """Links the articles that came of a stored file."""
        for file in self._at[str(path)]:
            file.link(articles)

    def markup(self) -> str:
        """Renders the count, the bar and the files: first those in progress, last those that are done."""
        stages = Counter(file.stage for file in self._files)
        line = self.strings.files_done(stages["done"] + stages["known"], stages["skipped"], len(self._files))
        return f'<p class="adding" role="status">{escape(line)}</p>{self._bar()}{self.listed()}'

    def listed(self) -> str:
        """Renders the files."""
        order = list(self.strings.words.file_stages)
        files = sorted(self._files, key=lambda file: order.index(file.stage))
        return f'<ul class="upload">{"".join(file.row for file in files)}</ul>'

    @property
    def skipped(self) -> int:
        """The number of files that were skipped."""
        return sum(file.stage == "skipped" for file in self._files)

    def _bar(self) -> str:
        done, total = self._embedded
        if not total:
            return ""
        label, line = escape(self.strings.words.adding), escape(self.strings.embedding(done, total))
        return f'<progress max="{total}" value="{done}" aria-label="{label}"></progress><p class="passages">{line}</p>'

    def _turn(self, file: _File, stage: str, why: str = "") -> None:
        file.turn(stage, why)
        self._show(self.markup())
