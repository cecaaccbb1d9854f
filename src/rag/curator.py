"""The part of a library that a person changes by hand: folders that move or go, articles withdrawn or corrected, and an
update that is undone.
"""

from __future__ import annotations

from pathlib import Path

from rag.answering.answerer import Answerer
from rag.core.reports import CorrectedArticle, UpdateReport, WithdrawnArticle
from rag.store.known_files import by_article


class Curator(Answerer):
    """Answers questions, and is changed by hand. This is a part of `rag.Library`.

    Every method may raise IndexDamagedError, and those that change the library IndexBusyError or IndexNotWritableError.
    """

    def forget(self, path: str | Path) -> UpdateReport:
        """Removes a folder or file, with all its articles. Citations of them can still be read.

        Args:
            path: One of `roots`. It need not exist.

        Returns:
            What was removed.

        Raises:
            ArticleError: If the library does not follow this path.
        """
        from rag.ingest.by_hand.folders import forget_root

        report = forget_root(self._store, Path(path), timeout=self._settings.updates.wait_seconds)
        self._after_change()
        return report

    def move(self, old: str | Path, new: str | Path) -> UpdateReport:
        """Follows a folder or file that was moved. Its articles keep their ids, and nothing is read again.

        Args:
            old: The path before: one of `roots`, a folder above one, or a folder inside one.
            new: The path now.

        Returns:
            Which articles were renamed.

        Raises:
            ArticleError: If the library knows nothing at the old path, or nothing lies at the new one.
        """
        from rag.ingest.by_hand.folders import move_root

        report = move_root(self._store, Path(old), Path(new), timeout=self._settings.updates.wait_seconds)
        self._after_change()
        return report

    def withdraw(self, *articles: str) -> tuple[WithdrawnArticle, ...]:
        """Withdraws articles: no answer quotes them, and no update takes them in, until they are taken back.

        The files stay as they are. An article stays withdrawn too if its file changes, is renamed, or is copied with
        the same bytes, after a rebuild, and after a backup of an earlier state was restored. Citations of it in older
        answers can still be read. Articles with the same bytes are withdrawn with it.

        Args:
            *articles: The id, title or path of each article, or a part of its title or path that no other article has.

        Returns:
            The articles that were withdrawn. If one can't be, none is.

        Raises:
            ArticleNameError: If no article has such a name, several have it, or it is withdrawn already.
        """
        from rag.ingest.by_hand.withdraw import withdraw_articles

        withdrawn = withdraw_articles(self._store, articles, timeout=self._settings.updates.wait_seconds)
        self._after_change()
        return withdrawn

    def take_back(self, *articles: str) -> UpdateReport:
        """Takes withdrawn articles back, and reads their files again. Nothing else is updated.

        Args:
            *articles: The id, title or path of each article, as it was when it was withdrawn, or a part of them.

        Returns:
            What came back. If the file is gone, its article comes back with the file.

        Raises:
            ArticleNameError: If no withdrawn article has such a name, or several have it. Then none is taken back.
        """
        from rag.ingest.by_hand.withdraw import take_back_articles

        embedder = self._newest.serving().embedder
        settings = self._settings
        report = take_back_articles(self._store, articles, embedder, updates=settings.updates, files=settings.files)
        self._after_change()
        return report

    def undo(self, update: UpdateReport) -> UpdateReport:
        """Undoes an update, if it was the last change: the library answers again what it answered before.

        What the update added goes; what it changed or removed is as it was. Files are not touched: what it read stays
        there for the next update, unless it is moved away or changed back.

        Args:
            update: The report of the update.

        Returns:
            What came back, what is as it was before, and what went.

        Raises:
            UndoError: If anything changed since that update.
        """
        from rag.ingest.by_hand.undo import undo_update

        report = undo_update(self._store, update, self._newest.serving().embedder, updates=self._settings.updates)
        self._after_change()
        return report

    def withdrawn(self) -> tuple[WithdrawnArticle, ...]:
        """Lists the withdrawn articles, in the order in which they were withdrawn."""
        return tuple(by_article(self._store.withdrawals()))

    def correct(
        self, article: str, *, title: str | None = None, published: str | None = None, source: str | None = None
    ) -> CorrectedArticle:
        """Corrects the title, the date or the source of an article. Its file and its text stay as they are.

        Answers and searches have the correction from then on. It is kept in `corrections.jsonl` in the index folder,
        by the article's id: it stays when the file changes, is renamed, or is read again, and after a rebuild.

        Args:
            article: The id, title or path of the article, or a part of its title or path that no other article has.
            title: The title; None leaves it as it is, here and below.
            published: The date: `2025-04-12`, `2025-04` or `2025`. An empty text says that it has none.
            source: The publisher. An empty text says that it has none.

        Returns:
            The article as it is now, and what its file has.

        Raises:
            CorrectionError: If the title is empty, a text is too long, the date is none, or the file of corrections
                can't be read.
            ArticleNameError: If no article has such a name, several have it, or it is withdrawn.
        """
        from rag.ingest.by_hand.correct import correct_article

        given = {"title": title, "published": published, "source": source}
        fields = {name: value for name, value in given.items() if value is not None}
        embedder, timeout = self._newest.serving().embedder, self._settings.updates.wait_seconds
        corrected = correct_article(self._store, article, fields, embedder, timeout=timeout)
        self._after_change()
        return corrected

    def undo_corrections(self, *articles: str) -> tuple[CorrectedArticle, ...]:
        """Takes all corrections of articles back: title, date and source are those of their files.

        Args:
            *articles: The id, title or path of each article, or a part of its title or path that no other article has.

        Returns:
            The articles as they are now.

        Raises:
            CorrectionError: If an article is not corrected, or the file of corrections can't be read. Then nothing is
                taken back.
            ArticleNameError: If no article has such a name, several have it, or it is withdrawn.
        """
        from rag.ingest.by_hand.correct import undo_corrections

        embedder, timeout = self._newest.serving().embedder, self._settings.updates.wait_seconds
        undone = undo_corrections(self._store, articles, embedder, timeout=timeout)
        self._after_change()
        return undone

    def corrections(self) -> tuple[CorrectedArticle, ...]:
        """Lists the corrected articles, and what their files have, in the order of the file of corrections.

        Raises:
            CorrectionError: If a line of the file can't be read.
        """
        from rag.ingest.by_hand.correct import list_corrections

        return list_corrections(self._store)

    def _after_change(self) -> None:
        """Called when articles came, changed or went. It raises no error."""
