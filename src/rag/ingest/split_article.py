"""Splits an article into the passages that are embedded."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from rag.core.article import Article
from rag.core.errors import ArticleError
from rag.core.ports import Embedder, Vectors
from rag.models.speaker_tagger import shipped_tagger
from rag.store.change import NewPassage
from rag.text.passages import PassageDraft, embedding_text, split_passages

PASSAGE_TOKENS = 144
"""Most tokens of a passage with its heading. Reading time grows with tokens, so short passages let it read more."""
_SPECIAL_TOKENS = 2
"""[CLS] and [SEP], which the tokenizer adds."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """An article that was read and split. `texts[i]` is embedded for `drafts[i]`, and `hashes[i]` is its hash."""

    article: Article
    drafts: Sequence[PassageDraft]
    texts: Sequence[str]
    hashes: Sequence[bytes]


class ArticleSplitter:
    """Splits articles for an embedder, and finds who speaks in those whose speeches are not known.

    Args:
        embedder: Counts the tokens, and will embed the passages.
    """

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._tagger = shipped_tagger()

    def split(self, article: Article) -> Prepared:
        """Splits an article."""
        if article.speeches is None and self._tagger is not None:
            article = replace(article, speeches=self._tagger.find(article.text, article.sentences))
        count_tokens = self._embedder.count_tokens
        (heading,) = count_tokens([embedding_text(article.title, article.published, "")])
        most = min(self._embedder.fingerprint.max_tokens, PASSAGE_TOKENS) - _SPECIAL_TOKENS
        # A title that is too long leaves half of the window to the passage.
        drafts = split_passages(article.text, article.sentences, count_tokens, max(most - heading, most // 2))
        texts = [embedding_text(article.title, article.published, article.text[d.start : d.end]) for d in drafts]
        return Prepared(article, drafts, texts, [self._hash(text) for text in texts])

    def _hash(self, text: str) -> bytes:
        """The hash of a text and the embedder, because the library may hold vectors of an earlier embedder."""
        return hashlib.sha256(f"{self._embedder.fingerprint.model_dump_json()}\0{text}".encode()).digest()[:16]


def passages_of(prepared: Prepared, vectors: Mapping[bytes, Vectors | ArticleError]) -> list[NewPassage] | ArticleError:
    """Returns the passages of an article with their vectors, or the error of the first that could not be embedded."""
    passages = []
    for draft, text_hash in zip(prepared.drafts, prepared.hashes, strict=True):
        vector = vectors[text_hash]
        if isinstance(vector, ArticleError):
            return vector
        passages.append(NewPassage(draft.start, draft.end, draft.first, draft.last, text_hash, vector))
    return passages
