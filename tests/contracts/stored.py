"""A library with whatever a library can have, and all that its readers see."""

from __future__ import annotations

from pathlib import Path

from rag.core.article import TaggedSpeech
from rag.core.place import Place
from rag.store.known_files import Withdrawal
from rag.store.store import Store
from tests.libraries import put, update

LONG = "/" + "long path/" * 500 + "a.txt"


def fill(place: Place) -> None:
    """Stores articles with whatever a library can have: copies, old versions, speeches, withdrawals, odd texts."""
    with Store.create(place) as store:
        update(store, a="One.\nTwo.\n", b="NUL \x00 and 🌉.\nThree.\n", **{LONG: "Four.\nOne.\nTwo.\n"})
        with store.begin_update() as change:
            put(change, "c", 'Ann said "One" at noon.\n' * 3, "C", (TaggedSpeech(9, 14, 0, 3),))
            change.files.add_roots([Path("/news"), Path("/a % b/ü")])
            change.files.set_signatures({"/news/many.json": "12 %s \\N", LONG: "5"})
            change.files.withdraw(
                [Withdrawal("0" * 12, "/z", "ff", "Z", "2025"), Withdrawal("1" * 12, "/a", "0", "A", "2024")]
            )
            change.set_fields({"text": "body"})
            change.commit()
        update(store, a="Changed.\n", b=None)


def content(place: Place) -> tuple[object, ...]:
    """All that a library holds, as its readers see it."""
    with Store.open(place) as store:
        newest = store.newest
        articles = store.articles()
        texts = [store.article(summary.id) for summary in articles]
        with store.snapshot() as snapshot:
            former = [*snapshot.former(0), *snapshot.former(1), *snapshot.former(2)]
            ids = snapshot.ids()
            passages = [(ids.tolist(), texts) for ids, texts in snapshot.texts(0)]
        vectors = store.vectors(ids).tobytes()
        known = (store.roots(), store.signatures(), store.withdrawals(), store.fields(), store.fingerprint)
        said = [store.said_by(name, newest.number).tolist() for name in ("Ann", "Bob")]
        past = [store.article(article.id, article.content_hash) for article in texts]
        return newest, articles, texts, former, passages, vectors, known, said, past
