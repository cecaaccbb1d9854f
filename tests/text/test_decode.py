"""Text from bytes: the encodings of news files."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.core.errors import ArticleError
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


NEWS = {
    "cp1250": "Most w Arne został zamknięty we wtorek, powiedział burmistrz Łukasz Żak. Ścieżka jest otwarta.",
    "cp852": "Starosta města řekl, že most bude příští týden uzavřen. Žádná řeč o penězích nebyla.",
    "iso8859-2": "A polgármester azt mondta, hogy a hidat lezárják. Őszi idő várható, és tűz ütött ki.",
    "cp437": "Das Café in Arne hat geschlossen, sagte die Besitzerin Zoë Müller. Die Tür bleibt zu.",
    "cp850": "El señor Peña dijo mañana en Málaga que la exportación bajó.",
    "mac_roman": "Le café d’Arne a fermé après 40 ans, a déclaré sa propriétaire Zoé Brûlé. « Fini », dit-elle.",
    "cp1254": "Belediye başkanı köprünün kapatıldığını söyledi. İstanbul'da yağmur bekleniyor.",
    "cp1253": "Ο δήμαρχος είπε ότι η γέφυρα έκλεισε την Τρίτη. Η κυβέρνηση δεν σχολίασε.",
    "cp1255": "ראש העיר אמר שהגשר נסגר ביום שלישי. הממשלה לא הגיבה על כך.",
    "cp866": "Мэр города сообщил, что мост закрыт во вторник. Жители недовольны.",
    "gbk": "市长说，这座桥在星期二关闭。政府没有发表评论，损失约三百万元。",
    "big5": "市長說，這座橋在星期二關閉。政府沒有發表評論。",
    "euc_jp": "市長は火曜日に橋を閉鎖したと述べた。政府はコメントしていない。",
    "euc_kr": "시장은 화요일에 다리를 폐쇄했다고 말했다. 정부는 논평하지 않았다.",
    "cp1252": "The mayor’s café – “closed” since May – cost €5, or £4 at 30°C… © Jane Doe",
}
"""A short piece of news by its encoding."""


@pytest.mark.parametrize("encoding", NEWS)
def test_old_encodings_come_out_right(encoding: str) -> None:
    assert decode(NEWS[encoding].encode(encoding)) == NEWS[encoding]


def test_utf_8_with_a_stray_byte_is_utf_8() -> None:
    assert decode("Łódź ".encode() + b"caf\xe9" + " ąę".encode()) == "Łódź café ąę"
    assert decode("Łódź costs 5 €".encode()[:-1]) == "Łódź costs 5 \ufffd"


def test_text_that_would_be_garbage_is_refused() -> None:
    with pytest.raises(ArticleError, match="encoding can't be told"):
        decode(b"\xa3\xf3" * 9 + b"\x98\xfe\xff")


def test_a_declared_encoding_counts_with_all_its_characters() -> None:
    assert decode(b"It\x92s \x80 5.", "iso-8859-1") == "It’s € 5."
    assert decode("橋".encode("gb18030"), "gb2312") == "橋"


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
def test_text_comes_back_as_it_was_written(text: str) -> None:
    if not text.startswith(("%PDF-", "PK", "GIF8")):
        assert decode(text.encode("utf-8")) == text.removeprefix("\ufeff")
    for encoding in ("utf-8-sig", "utf-16", "utf-32"):
        assert decode(text.encode(encoding)) == text
