"""The progress of an upload as HTML: the stage of each file, and the share of passages embedded."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path

from rag.core.reports import FileStep

from .escaping import escape
from .strings import Strings, shortened

_LISTED = 80
"""Characters of a file's name that are shown. 200 long names would fill a page."""


class _File:
    """A file and its row. The row is rendered again only if the stage changes."""

    def __init__(self, name: str, strings: Strings) -> None:
        self._name = name
        self._strings = strings
        self.turn("waiting")

    def turn(self, stage: str, why: str = "") -> None:
        self.stage = stage
        said = self._strings.words.file_stages[stage] + (f": {why}" if why else "")
        name = escape(shortened(self._name, _LISTED))
        self.row = (
            f'<li data-stage="{stage}"><span class="file" dir="auto">{name}</span> '
            f'<span class="stage">{escape(said)}</span></li>'
        )


class Upload:
    """Tracks the stage of each file (`Words.file_stages`), and shows all of them at every change."""

    def __init__(self, names: Sequence[str], show: Callable[[str], None], strings: Strings) -> None:
        self.strings = strings
        self._files = [_File(name, strings) for name in names]
        self._at: defaultdict[str, list[_File]] = defaultdict(list)
        self._embedded = (0, 0)
        self._show = show
        show(self.markup())

    def copy(self, number: int) -> None:
        """Sets the stage of a file: it is being copied."""
        self._turn(self._files[number], "copying")

    def skip(self, number: int, why: str) -> None:
        """Sets the stage of a file: it is skipped, with the reason."""
        self._turn(self._files[number], "skipped", why)

    def place(self, number: int, path: Path, is_known: bool) -> None:
        """Sets the path of a stored file, and its stage: waiting, or already in the archive."""
        self._at[str(path)].append(self._files[number])
        self._turn(self._files[number], "known" if is_known else "waiting")

    def step(self, step: FileStep) -> None:
        """Takes a step of the update. Steps of files outside this upload are ignored."""
        for file in self._at.get(step.path, ()):
            self._turn(file, step.stage, self.strings.why_skipped(step.skipped) if step.skipped else "")

    def embed(self, done: int, total: int) -> None:
        """Sets the number of passages embedded so far and the number of all."""
        self._embedded = (done, total)
        self._show(self.markup())

    def markup(self) -> str:
        """Renders the count, the bar and the files: first those in progress, last those that are done."""
        stages = Counter(file.stage for file in self._files)
        line = self.strings.files_done(stages["done"] + stages["known"], stages["skipped"], len(self._files))
        order = list(self.strings.words.file_stages)
        files = sorted(self._files, key=lambda file: order.index(file.stage))
        rows = "".join(file.row for file in files)
        return f'<p class="adding" role="status">{escape(line)}</p>{self._bar()}<ul class="upload">{rows}</ul>'

    def _bar(self) -> str:
        done, total = self._embedded
        if not total:
            return ""
        label, line = escape(self.strings.words.adding), escape(self.strings.embedding(done, total))
        return f'<progress max="{total}" value="{done}" aria-label="{label}"></progress><p class="passages">{line}</p>'

    def _turn(self, file: _File, stage: str, why: str = "") -> None:
        file.turn(stage, why)
        self._show(self.markup())
