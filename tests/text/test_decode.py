"""Text from bytes: the encodings of news files."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.text.decode import decode

TEXT = "Türkiye’s talks cost €5 – “naïve”, he said.\r\nThey went on.\rThen they ended.\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "utf-16-le", "utf-16-be", "cp1252"])
def test_encodings(encoding: str) -> None:
    assert decode(TEXT.encode(encoding)) == TEXT


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32"])
def test_both_byte_orders(encoding: str) -> None:
    for order in ("le", "be"):
        assert decode(f"\ufeff{TEXT}".encode(f"{encoding}-{order}")) == TEXT


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Привет мир, это новости из Москвы.", "cp1251"),
        ("Привет мир, это новости из Москвы.", "koi8-r"),
        ("日本語のニュースです。東京から。", "shift_jis"),
        ("The price is £5 and he said it’s fine.", "cp1252"),
        ("Señor Peña left the café.", "latin-1"),
    ],
)
def test_older_encodings(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
def test_text_comes_back_as_it_was_written(text: str) -> None:
    if not text.startswith(("%PDF-", "PK", "GIF8")):
        assert decode(text.encode("utf-8")) == text.removeprefix("\ufeff")
    for encoding in ("utf-8-sig", "utf-16", "utf-32"):
        assert decode(text.encode(encoding)) == text
