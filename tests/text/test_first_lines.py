"""Metadata from the first lines: title, date, byline, source and address. Every text gets a title."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rag.text.first_lines import Metadata, derive_metadata
from rag.text.segment import segment
from rag.text.short_titles import shorten
from tests.any_text import any_text

BODY = "The minister met his counterpart in Rome on Monday. They talked for two hours."


def derive(text: str) -> Metadata:
    return derive_metadata(text, segment(text))


@pytest.mark.parametrize(
    ("line", "published"),
    [
        ("date 2025-04 © Jane Doe/Getty Images", "2025-04"),
        ("2025-04-12", "2025-04-12"),
        ("2025-04-12T08:30:00Z", "2025-04-12"),
        ("April 12, 2025", "2025-04-12"),
        ("Sept. 4, 2024", "2024-09-04"),
        ("12 April 2025", "2025-04-12"),
        ("Saturday, 12 April 2025", "2025-04-12"),
        ("April 2025", "2025-04"),
        ("Published: April 12, 2025", "2025-04-12"),
        ("Updated 3:04 PM EDT, Mon June 5, 2023", "2023-06-05"),
        ("Updated: 13 April 2025; Published: 12 April 2025", "2025-04-12"),
        ("Published: 12 April 2025; Updated: 13 April 2025", "2025-04-12"),
        ("By Jane Doe | April 12, 2025", "2025-04-12"),
        ("Photo: Jane Doe/AP, 2001-01-01\n\nApril 12, 2025", "2025-04-12"),
        ("12.04.2025", "2025-04-12"),
        ("12. April 2025, 10:30", "2025-04-12"),
        ("Donnerstag, 12. Dez. 2024", "2024-12-12"),
        ("12 décembre 2024", "2024-12-12"),
        ("Publié le 1er mars 2025", "2025-03-01"),
        ("12 de diciembre de 2024", "2024-12-12"),
        ("13/04/2025", "2025-04-13"),
        ("3/4/2025", "2025"),
        ("Aktualisiert: 13.04.2025\nVeröffentlicht: 12.04.2025", "2025-04-12"),
        ("The weir was sold\n\n12 April 2025\nBy Jane Doe", "2025-04-12"),
        ("2025-02-30", None),
        ("What happened on September 11, 2001", None),
        ("The committee met on September 11, 2001 and left.", None),
    ],
)
def test_dates(line: str, published: str | None) -> None:
    article = derive(f"{line}\n\n{BODY}")
    assert article.published == published
    assert ("published" in article.derived) == (published is not None)


@pytest.mark.parametrize("label", ["Source", "Publication", "NEWSPAPER"])
@pytest.mark.parametrize("lines", ["{}\n2025-04-12", "2025-04-12\n{}", "Date: 2025-04-12\n{}\nBy Jane Doe"])
def test_a_labelled_source_is_the_source_and_no_title(label: str, lines: str) -> None:
    article = derive(f"The weir was sold\n{lines.format(f'{label}: Harbour Review Online')}\n\n{BODY}")
    assert (article.title, article.source) == ("The weir was sold", "Harbour Review Online")
    assert article.published == "2025-04-12"
    assert derive(f"The weir was sold\n\n{BODY} Source: the ministry.").source is None


@pytest.mark.parametrize(
    ("line", "byline"),
    [
        ("By Jane Doe", "Jane Doe"),
        ("BY JANE DOE", "JANE DOE"),
        ("By Jane Doe and John van Dam | Reuters", "Jane Doe and John van Dam"),
        ("By Jane Doe, April 12, 2025", "Jane Doe"),
        ("By the numbers", None),
    ],
)
def test_bylines(line: str, byline: str | None) -> None:
    assert derive(f"{line}\n\n{BODY}").byline == byline


@pytest.mark.parametrize(
    ("line", "byline", "source"),
    [
        ("By Jane Doe, Harbour Courier", "Jane Doe", "Harbour Courier"),
        ("By Jane Doe and John van Dam, North Coast Post", "Jane Doe and John van Dam", "North Coast Post"),
        ("By Jane Doe, Emily Post", "Jane Doe, Emily Post", None),
        ("By Jane Doe, Daily News Reporter", "Jane Doe, Daily News Reporter", None),
        ("By Jane Doe, CNN", "Jane Doe, CNN", None),
    ],
)
def test_a_newspaper_behind_the_authors_is_the_source(line: str, byline: str, source: str | None) -> None:
    article = derive(f"{line}\n\n{BODY}")
    assert (article.byline, article.source) == (byline, source)


@pytest.mark.parametrize(
    ("text", "source"),
    [
        (f"LONDON, April 4 (Reuters) - {BODY}", "Reuters"),
        (f"New York CNN — {BODY}", "CNN"),
        (f"(CNN) {BODY}", "CNN"),
        (BODY, None),
    ],
)
def test_sources(text: str, source: str | None) -> None:
    article = derive(text)
    assert article.source == source
    assert article.title == "The minister met his counterpart in Rome on Monday"


@pytest.mark.parametrize(
    ("front", "source", "title"),
    [
        ("Arne Gazette, 12 April 2025\n\nWeir sold to power company", "Arne Gazette", "Weir sold to power company"),
        ("The Arne Times | 12.04.2025\nWeir sold", "The Arne Times", "Weir sold"),
        ("Arne Gazette (12 April 2025), p. 3\n\nWeir sold", "Arne Gazette", "Weir sold"),
        ("THE ARNE BULLETIN\nSaturday, April 12, 2025\n\nWeir sold", "THE ARNE BULLETIN", "Weir sold"),
        ("Arner Zeitung – 12. April 2025\n\nWehr verkauft", "Arner Zeitung", "Wehr verkauft"),
        ("Arne, 12 April 2025\n\nWeir sold to power company", None, "Weir sold to power company"),
        ("Weir sold on 12 April 2025", None, "Weir sold on 12 April 2025"),
        ("Correction: Arne weir\nArne Gazette\n12 April 2025", "Arne Gazette", "Correction: Arne weir"),
        ("Weir sold to power company\nArne Gazette, 12 April 2025", "Arne Gazette", "Weir sold to power company"),
        ("Arne Gazette\nWeir sold to power company\n12 April 2025", "Arne Gazette", "Weir sold to power company"),
        ("Old weir sold today\nMarlow Finch\n12 April 2025", None, "Old weir sold today"),
        ("Old weir sold today\nNew Arne, 12 April 2025", None, "Old weir sold today"),
    ],
)
def test_the_first_line_may_name_the_newspaper_and_the_date(front: str, source: str | None, title: str) -> None:
    article = derive(f"{front}\n\n{BODY}")
    assert (article.source, article.title) == (source, title)
    assert article.published == ("2025-04-12" if title != front else None)


def test_an_address_line_is_the_address() -> None:
    assert derive(f"https://example.com/news/1\n\n{BODY}").url == "https://example.com/news/1"


@pytest.mark.parametrize(
    ("front", "title"),
    [
        ("Iran and US hold talks", "Iran and US hold talks"),
        ("World\n\nIran and US hold talks in Rome\n\nBy Jane Doe", "Iran and US hold talks in Rome"),
        ("TÃ¼rkiye and Iran hold talks", "Türkiye and Iran hold talks"),
        ("Weir sold", "Weir sold"),
        ("Weir Sale\n\n12 April 2025", "Weir Sale"),
        ("Minister Visit", "Minister Visit"),
        ("Budget 2025\n\nBy Jane Doe", "Budget 2025"),
        ("World\n\nWeir sold\n\n12.04.2025", "Weir sold"),
        ("Jane Doe", "The minister met his counterpart in Rome on Monday"),
        ("Diplomacy Without Trust\n\nWar scenarios", "The minister met his counterpart in Rome on Monday"),
        ("Washington", "The minister met his counterpart in Rome on Monday"),
        ("© Jane Doe/Getty Images", "The minister met his counterpart in Rome on Monday"),
        ('"It was a long day. We won."', "The minister met his counterpart in Rome on Monday"),
    ],
)
def test_titles(front: str, title: str) -> None:
    assert derive(f"{front}\n\n{BODY}").title == title


@given(any_text(), st.integers(45, 120))
def test_shortened_titles_keep_the_limit(sentence: str, limit: int) -> None:
    assert len(shorten(sentence, limit)) <= limit


def test_shortened_titles_end_where_a_clause_ends() -> None:
    lead = "The minister met his counterpart in Rome on Monday afternoon, holding the first talks in many long years."
    assert shorten(lead) == "The minister met his counterpart in Rome on Monday afternoon…"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("镇长周五宣布，旧磨坊将于六月关闭。磨坊主说不会离开。", "镇长周五宣布，旧磨坊将于六月关闭"),
        ("旧磨坊关闭\n\n镇长周五宣布，旧磨坊将于六月关闭。磨坊主说不会离开。", "旧磨坊关闭"),
        ("町長は金曜日、古い水車小屋が6月に閉まると発表した。", "町長は金曜日、古い水車小屋が6月に閉まると発表した"),
        ("镇长" * 10 + "，" + "磨坊" * 40, "镇长" * 10 + "…"),
        ("磨坊" * 60, "磨坊" * 22 + "…"),
        ("ก็" * 60, "ก็" * 44 + "…"),  # no mark without its letter
        ("Мост.\nКрай моста.", "Мост"),
    ],
)
def test_a_text_without_spaces_has_a_title_of_one_line_and_a_few_words(text: str, title: str) -> None:
    assert derive_metadata(text, segment(text)).title == title


@given(any_text())
@example("...")
def test_any_text_that_is_not_blank_has_a_title_of_one_line(text: str) -> None:
    title = derive(text).title
    assert bool(title.strip()) == bool(text.strip())
    assert len(title.splitlines()) <= 1


def test_what_a_correction_calls_wrong_is_no_title() -> None:
    text = (
        "Correction\n\nArle Valley Echo\n\n16 September 2025\n\n"
        "An earlier version of an article said that Karl Venn got 52.4 percent of the vote. He got 54.2 percent."
    )
    assert derive_metadata(text, segment(text)).title == "Correction"
