"""Corrects titles, dates and sources of articles, and takes corrections back. The articles' files stay as they are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial

from rag.core.article import Article
from rag.core.errors import CorrectionError
from rag.core.index_layout import CORRECTIONS
from rag.core.ports import Embedder
from rag.core.program_fault import attempt
from rag.core.reports import ArticleDetails, CorrectedArticle
from rag.core.settings import DEFAULTS
from rag.ingest.by_hand.commit import commit
from rag.ingest.corrections import (
    Correction,
    Corrections,
    check_fields,
    correction_of,
    keep_file,
    read_corrections,
    write_corrections,
)
from rag.ingest.file_reader import read_again
from rag.ingest.load import Intake
from rag.ingest.shared_staging import staging_of
from rag.store.known_files import by_article
from rag.store.listing import find_article
from rag.store.store import Store


def correct_article(
    store: Store,
    name: str,
    fields: Mapping[str, str],
    embedder: Embedder,
    *,
    timeout: float = DEFAULTS.updates.wait_seconds,
) -> CorrectedArticle:
    """Corrects fields of an article. Fields that were corrected before stay so.

    Its passages are embedded again if its title or date changed, because both are embedded with them. After an
    interrupt, the next update applies what the file of corrections has.

    Args:
        store: The store.
        name: The id, title or path of the article, or a part of its title or path.
        fields: New values by the names of `CORRECTABLE`. An empty date or source says that there is none. The value
            that the article's file has takes the correction back.
        embedder: Embeds the passages.
        timeout: Seconds to wait for an update to end.

    Returns:
        The article as it is now.

    Raises:
        CorrectionError: If a value is not possible, or a line of the file of corrections can't be read.
        ArticleNameError: If no article has such a name, several have it, or it is withdrawn.
        IndexBusyError: If another process is updating the index.
        IndexNotWritableError: If the folder can't be written.
    """
    checked = check_fields(fields)
    with store.lock(timeout):
        article = _find(store, name)
        with _rewritten(store) as corrections:
            before = corrections.pop(article.id).fields if article.id in corrections else {}
            given = Correction(article=article.id, path=article.path, **{**before, **checked})
            correction = correction_of(Corrections({article.id: given}).apply(article))
            if correction.fields:
                corrections[article.id] = correction
        return _store(store, [article], embedder)[0]


def undo_corrections(
    store: Store, names: Sequence[str], embedder: Embedder, *, timeout: float = DEFAULTS.updates.wait_seconds
) -> tuple[CorrectedArticle, ...]:
    """Takes all corrections of articles back: they are as their files have them.

    Args:
        store: The store.
        names: The id, title or path of each article, or a part of its title or path.
        embedder: Embeds the passages.
        timeout: Seconds to wait for an update to end.

    Returns:
        The articles as they are now.

    Raises:
        CorrectionError: If an article is not corrected, or a line of the file of corrections can't be read. Then no
            correction is taken back.
        ArticleNameError: If no article has such a name, several have it, or it is withdrawn.
        IndexBusyError: If another process is updating the index.
        IndexNotWritableError: If the folder can't be written.
    """
    with store.lock(timeout):
        articles = [_find(store, name) for name in names]
        with _rewritten(store) as corrections:
            for article in articles:
                if corrections.pop(article.id, None) is None:
                    raise CorrectionError(
                        f"'{article.title}' is not corrected", remedy="name an article that a person corrected"
                    )
        return _store(store, articles, embedder)


def list_corrections(store: Store) -> tuple[CorrectedArticle, ...]:
    """Lists the corrected articles, in the order of the file. One that is not in the library has no original.

    Raises:
        CorrectionError: If a line of the file can't be read.
    """
    corrections, here = _sound(store), dict(store.files().values())
    return tuple(
        _report(store.article(article_id)) if article_id in here else _not_here(correction)
        for article_id, correction in corrections.items()
    )


def _find(store: Store, name: str) -> Article:
    return store.article(find_article(name, store.articles(), by_article(store.withdrawals())).id)


def _sound(store: Store) -> dict[str, Correction]:
    """Reads the corrections by article. Raises CorrectionError if a line can't be read: it would be lost."""
    corrections = read_corrections(store)
    for unread in corrections.unread:
        raise CorrectionError(
            f"{store.backend.describe_file(CORRECTIONS)}: {unread.message}",
            "bad_correction",
            remedy=unread.remedy,
            line=unread.facts["line"],
        )
    return dict(corrections.by_article)


@contextmanager
def _rewritten(store: Store) -> Iterator[dict[str, Correction]]:
    """Gives the corrections to be changed, and writes the file."""
    keep_file(store)
    corrections = _sound(store)
    yield corrections
    write_corrections(store, corrections.values())


def _store(store: Store, articles: Sequence[Article], embedder: Embedder) -> tuple[CorrectedArticle, ...]:
    """Stores articles as the file corrects them now."""
    corrections = read_corrections(store)
    edited = list(corrections.edited(store, [article.id for article in articles]))
    hashes = dict(store.files().values())
    if edited:
        with staging_of(store.backend) as staging:
            with store.begin_update() as change:
                intake = Intake(change, embedder, staging, corrections=corrections)
                intake.keep((one.path, hashes[one.id], attempt(partial(read_again, one))) for one in edited)
                commit(store, change)
            staging.discard()
    return tuple(_report(store.article(article.id)) for article in articles)


def _report(article: Article) -> CorrectedArticle:
    original = None if article.original is None else ArticleDetails.of(article.original)
    shown = ArticleDetails.of(article.details)
    return CorrectedArticle(id=article.id, path=article.path, original=original, **shown.model_dump())


def _not_here(correction: Correction) -> CorrectedArticle:
    return CorrectedArticle(
        id=correction.article,
        path=correction.path,
        title=correction.title or "",
        published=correction.published or None,
        source=correction.source or None,
    )
