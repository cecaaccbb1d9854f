"""The part of a library that a person changes by hand: folders that move or go, articles that are withdrawn, and an
update that is undone.
"""

from __future__ import annotations

from pathlib import Path

from rag.answering.answerer import Answerer
from rag.core.reports import UpdateReport, WithdrawnArticle
from rag.store.known_files import by_article


class Curator(Answerer):
    """Answers questions, and takes folders and articles out by hand. This is a part of `rag.Library`.

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
        from rag.ingest.by_hand import forget_root

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
        from rag.ingest.by_hand import move_root

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
        from rag.ingest.by_hand import withdraw_articles

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
        from rag.ingest.by_hand import take_back_articles

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
        from rag.ingest.undo import undo_update

        report = undo_update(self._store, update, self._newest.serving().embedder, updates=self._settings.updates)
        self._after_change()
        return report

    def withdrawn(self) -> tuple[WithdrawnArticle, ...]:
        """Lists the withdrawn articles, in the order in which they were withdrawn."""
        return tuple(by_article(self._store.withdrawals()))

    def _after_change(self) -> None:
        """Called when articles came, changed or went. It raises no error."""
