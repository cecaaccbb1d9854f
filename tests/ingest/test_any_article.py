"""Any text becomes an article, its passages and vectors, or an error of that article alone."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from rag.core.article import Article
from rag.core.errors import ArticleError
from rag.formats.extracted import Extracted
from rag.formats.fields import clean_byline, clean_language, clean_line, clean_url
from rag.ingest.file_reader import read_again, read_text, to_content
from rag.text.dates import parse_date
from rag.text.near_duplicates import are_copies, bands, shingle
from rag.text.passages import embedding_text, split_passages
from tests.any_text import any_text
from tests.fakes import HashingEmbedder

WINDOW = 24
"""Tokens of a passage, few so that short texts have several."""


def an_article(text: str) -> Article | None:
    try:
        content = to_content(Extracted(text))
    except ArticleError:
        return None
    return Article(
        id="a",
        path="a.txt",
        content_hash=content.content_hash,
        text=content.text,
        title=content.title,
        published=content.published,
        derived=content.derived,
        sentences=content.sentences,
    )


@given(any_text())
def test_any_text_is_an_article_and_stays_it_when_it_is_read_again(text: str) -> None:
    article = an_article(text)
    if article is None:
        assert not text.strip()
        return
    assert (article.text, len(article.title.splitlines())) == (text, 1)
    again = read_again(article)
    assert (again.text, again.title, again.sentences) == (text, article.title, article.sentences)


@given(any_text())
def test_passages_of_any_text_hold_its_sentences_and_can_be_embedded(text: str) -> None:
    article, embedder = an_article(text), HashingEmbedder()
    if article is None:
        return
    drafts = split_passages(text, article.sentences, embedder.count_tokens, WINDOW)
    for draft in drafts:
        assert article.sentences[draft.first].start <= draft.start < draft.end
        assert draft.end <= article.sentences[draft.last - 1].end
    covered = {number for draft in drafts for number in range(draft.first, draft.last)}
    wanted = {number for number, sentence in enumerate(article.sentences) if sentence.kind != "boilerplate"}
    assert covered == wanted
    texts = [embedding_text(article.title, article.published, text[draft.start : draft.end]) for draft in drafts]
    assert np.isfinite(embedder.embed(texts)).all()


@given(any_text())
def test_any_text_is_a_copy_of_itself_if_it_has_words(text: str) -> None:
    article = an_article(text)
    if article is not None:
        shingles = shingle(article)
        assert len(bands(shingles)) in (0, 40)
        assert are_copies(shingles, shingles) == bool(len(shingles))


@given(any_text(), st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "latin-1", "cp1252", "cp437"]))
def test_bytes_of_any_text_in_any_encoding_are_an_article_or_an_article_error(text: str, encoding: str) -> None:
    try:
        content = read_text(text.encode(encoding, "replace"))
    except ArticleError:
        return
    assert all(0 <= s.start < s.end <= len(content.text) for s in content.sentences)


@given(any_text(12))
def test_any_field_is_cleaned_or_left_out(text: str) -> None:
    for cleaned in (clean_line(text), clean_byline(text), clean_url(text), clean_language(text), parse_date(text)):
        assert cleaned is None or (cleaned == cleaned.strip() != "" and len(cleaned.splitlines()) == 1)


@given(st.lists(any_text(6), max_size=3).map("".join))
def test_any_name_of_a_file_is_shown_on_one_line(name: str) -> None:
    shown = str(ArticleError(f"The file {Path('/' + name.replace(chr(0), ''))!r} is odd", remedy="rename it"))
    assert len(shown.splitlines()) == 1
