"""One upload while it is worked at: the stage of each of its files, and how much of all is embedded, as markup."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path

from rag.core.reports import FileStep

from .card import escape
from .strings import Strings, shortened

_LISTED = 80
"""How much of a file's name is shown; 200 of the longest would be a page by themselves."""


class _File:
    """A file and the row that is shown for it: of many, only those that go on are written anew."""

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
    """Keeps the stage of each file, one of `Words.file_stages`, and has all of it shown at every change."""

    def __init__(self, names: Sequence[str], show: Callable[[str], None], strings: Strings) -> None:
        self._strings = strings
        self._files = [_File(name, strings) for name in names]
        self._at: defaultdict[str, list[_File]] = defaultdict(list)
        self._embedded = (0, 0)
        self._show = show
        show(self.markup())

    def copy(self, number: int) -> None:
        """The file of this number is being copied."""
        self._turn(self._files[number], "copying")

    def skip(self, number: int, why: str) -> None:
        """The file of this number is not taken."""
        self._turn(self._files[number], "skipped", why)

    def place(self, number: int, path: Path, is_known: bool) -> None:
        """The file of this number is there, and goes by this path from here on; or was there before."""
        self._at[str(path)].append(self._files[number])
        self._turn(self._files[number], "known" if is_known else "waiting")

    def step(self, step: FileStep) -> None:
        """What the update does with a file, which may be none of these."""
        for file in self._at.get(step.path, ()):
            self._turn(file, step.stage, self._strings.why_skipped(step.skipped) if step.skipped else "")

    def embed(self, done: int, total: int) -> None:
        """How many passages of all files are embedded."""
        self._embedded = (done, total)
        self._show(self.markup())

    def markup(self) -> str:
        """The count, the bar and the files: first those at work, at the end those that are done."""
        stages = Counter(file.stage for file in self._files)
        line = self._strings.files_done(stages["done"] + stages["known"], stages["skipped"], len(self._files))
        order = list(self._strings.words.file_stages)
        files = sorted(self._files, key=lambda file: order.index(file.stage))
        rows = "".join(file.row for file in files)
        return f'<p class="adding" role="status">{escape(line)}</p>{self._bar()}<ul class="upload">{rows}</ul>'

    def _bar(self) -> str:
        done, total = self._embedded
        if not total:
            return ""
        label, line = escape(self._strings.words.adding), escape(self._strings.embedding(done, total))
        return f'<progress max="{total}" value="{done}" aria-label="{label}"></progress><p class="passages">{line}</p>'

    def _turn(self, file: _File, stage: str, why: str = "") -> None:
        file.turn(stage, why)
        self._show(self.markup())
