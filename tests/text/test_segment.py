"""Body text, headings, pull quotes and boilerplate: in the seed article, in clean news, and in any text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.text.segment import segment
from rag.text.sentences import split_sentences
from tests.any_text import any_text
from tests.places import SEED

BODY = (
    "The minister met his counterpart in Rome on Monday. They talked for two hours.\n\n"
    '"We won," she said. "It was a long day."\n\n'
    "Nobody else came to the talks, which will go on in May.\n"
)


def kinds(text: str) -> list[tuple[str, str]]:
    return [(sentence.kind, text[sentence.start : sentence.end]) for sentence in segment(text)]


def kinds_before_body(front: str) -> list[tuple[str, str]]:
    whole = kinds(f"{front}\n\n{BODY}")
    assert [kind for kind, _ in whole[-5:]] == ["sentence"] * 5
    return whole[:-5]


def test_what_stands_before_the_body_of_the_seed() -> None:
    assert kinds(SEED.read_text(encoding="utf-8"))[:11] == [
        ("boilerplate", "date 2025-04 © Fatemeh Bahram/Getty Images"),
        ("pull_quote", '"For a first round, the discussions were positive.'),
        ("pull_quote", "They were held in a calm, respectful environment, free from inflammatory language."),
        (
            "pull_quote",
            'Both sides seemed committed to moving the process forward toward a workable agreement."',
        ),
        ("pull_quote", "\"I think they're going well."),
        ("pull_quote", "But nothing matters until it's done."),
        ("pull_quote", "I don't like talking about it too much."),
        ("pull_quote", "Still, it's moving along.\""),
        ("heading", "Diplomacy Without Trust"),
        ("heading", "War scenarios"),
        (
            "sentence",
            "The United States and Iran have reopened high-level diplomatic talks over Tehran's nuclear program, "
            "holding their first indirect negotiations in years.",
        ),
    ]


def test_the_rest_of_the_seed_is_body() -> None:
    text = SEED.read_text(encoding="utf-8")
    assert [sentence for sentence in segment(text) if sentence.start >= 442] == [
        sentence for sentence in split_sentences(text) if sentence.start >= 442
    ]


@pytest.mark.parametrize(
    "line",
    [
        "Iran and US hold talks in Rome",
        "War scenarios",
        "Trump: 'We have a deal'",
        "What happens next?",
        "3. The long road to Rome",
        "Türkiye, Oman and the art of the possible",
    ],
)
def test_headings(line: str) -> None:
    assert kinds_before_body(line) == [("heading", line)]
    assert ("heading", line) in kinds(f"{BODY}\n{line}\n\n{BODY}")


@pytest.mark.parametrize(
    "line",
    [
        "date 2025-04 © Fatemeh Bahram/Getty Images",
        "(Jonathan Ernst/Reuters)",
        "Photo: Jane Doe",
        "Credit: AP",
        "Image copyright Getty Images",
        "Advertisement",
        "ADVERTISEMENT",
        "Read more",
        "Read more: Why the talks failed",
        "Share on Facebook",
        "Sign up for our newsletter",
        "Get all the latest news delivered to your inbox. Sign up here.",
        "Subscribe",
        "Subscribe now for as little as $2 a month!",
        "Listen to this article",
        "All rights reserved.",
        "Copyright © 2019 The Washington Times, LLC. Click here for reprint permission.",
        "We use cookies to improve your experience.",
        "Accept all cookies",
        "Follow Jane Doe on Twitter: @janedoe",
        "Story continues below advertisement",
        "5 min read",
        "https://example.com/news/1",
        "***",
        "____",
    ],
)
def test_boilerplate(line: str) -> None:
    assert kinds_before_body(line) == [("boilerplate", line)]
    assert ("boilerplate", line) in kinds(f"{BODY}\n{line}\n\n{BODY}")


@pytest.mark.parametrize("line", ["By Jane Doe", "BY JANE DOE", "By Jane Doe and John van Dam | April 12, 2025"])
def test_bylines_and_dates_before_the_body(line: str) -> None:
    front = f"Iran and US hold talks\n{line}\nPublished: 12 April 2025"
    assert [kind for kind, _ in kinds_before_body(front)] == ["heading", "boilerplate", "boilerplate"]


@pytest.mark.parametrize("line", ["date 2024-10-09", "date: 2024-10", "published October 9, 2024"])
def test_a_date_that_a_text_begins_with_is_no_sentence_of_it(line: str) -> None:
    front = f"{line}\n\nIran and US hold talks"
    assert [kind for kind, _ in kinds_before_body(front)] == ["boilerplate", "heading"]


def test_a_torn_sentence_about_a_date_stays_body() -> None:
    line = "updated guidance was issued in 2024"
    assert kinds(f"{line}\n\n{BODY}")[0] != ("boilerplate", line)


@pytest.mark.parametrize(
    "paragraph",
    [
        "Getty Images sued an AI company on Monday.",
        "Copyright law protects authors.",
        "By using this method, the researchers found water.",
        "Sign up for health insurance under the law ends on Sunday.",
        "He told voters to sign up now.",
        "Share prices fell by 3 percent on Monday.",
        "Subscribers left the service. Comments were closed.",
        "Photographs showed smoke over the city.",
        "Advertisements will be banned.",
        "The site uses servers in Oman.",
        "Listen. Close. Save.",
        "Read the report, said the minister, before you speak.",
        "The (c)(4) group never paid.",
    ],
)
def test_body_that_looks_like_boilerplate(paragraph: str) -> None:
    assert {kind for kind, _ in kinds(f"{BODY}\n{paragraph}\n\n{BODY}")} == {"sentence"}


def test_nothing_is_lost_in_clean_paragraphs() -> None:
    quotation = '"I never thought that this would happen. Not here."'
    assert {kind for kind, _ in kinds(f"{BODY}\n{quotation}\n\n{BODY}")} == {"sentence"}


def test_a_quotation_repeated_from_the_body_is_a_pull_quote() -> None:
    text = f'{BODY}\n"Nobody else came to the talks"\n\n"Nobody else came to the talks."\n\nThe end came soon.'
    assert ("pull_quote", '"Nobody else came to the talks."') in kinds(text)


def test_a_closing_quotation_mark_on_its_own_line() -> None:
    front = '"It was a long day. We won.\n"'
    assert kinds_before_body(front) == [("pull_quote", '"It was a long day.'), ("pull_quote", 'We won.\n"')]


def test_short_lines_in_a_row_are_a_list() -> None:
    text = f"{BODY}\nballistic missiles\nAttack drones\nCyber capabilities\n\n{BODY}"
    assert {kind for kind, _ in kinds(text)} == {"sentence"}


@pytest.mark.parametrize(
    "text", ["Tehran insists on terms", '"We won. It was a long day."', "One line\n\nAnother line"]
)
def test_a_text_without_body_is_its_own(text: str) -> None:
    assert {kind for kind, _ in kinds(text)} == {"sentence"}


LINES = st.sampled_from(
    ["War scenarios", '"We won."', "Advertisement", "The end came.", '"', "***", "\ud800", "By A B"]
)


@given(st.lists(st.tuples(LINES, st.sampled_from(["\n", "\n\n", " "])), max_size=12))
def test_kinds_move_no_offset(lines: list[tuple[str, str]]) -> None:
    check_offsets("".join(line + end for line, end in lines))


@given(any_text())
def test_kinds_move_no_offset_in_any_text(text: str) -> None:
    check_offsets(text)


def check_offsets(text: str) -> None:
    position = 0
    for sentence in segment(text):
        assert not text[position : sentence.start].strip()
        assert position <= sentence.start < sentence.end
        position = sentence.end
    assert not text[position:].strip()


TABLE = "| Club | Time |\n\n|---|---|\n\n| Harbour | 2 hours 14 minutes |\n\n| Northshore | 2 hours 19 minutes |"


def test_the_rows_of_a_table_are_quotable_and_no_headings() -> None:
    text = f"Four clubs raced on Saturday in a strong wind.\n\nResults\n\n{TABLE}\n\nThe race was stopped twice."
    found = [(sentence.kind, text[sentence.start : sentence.end]) for sentence in segment(text)]
    assert found[1:] == [
        ("heading", "Results"),
        ("sentence", "| Club | Time |"),
        ("boilerplate", "|---|---|"),
        ("sentence", "| Harbour | 2 hours 14 minutes |"),
        ("sentence", "| Northshore | 2 hours 19 minutes |"),
        ("sentence", "The race was stopped twice."),
    ]


def test_a_line_of_cells_by_itself_is_no_table() -> None:
    text = "The council met on Friday.\n\nHome | News | Sport\n\nIt passed the budget."
    assert [sentence.kind for sentence in segment(text)] == ["sentence", "heading", "sentence"]


@pytest.mark.parametrize(
    "line",
    [
        "MELL (Reuters)",
        "MELL (Reuters) —",
        "OSK, Norway (AP)",
        "Osk, Norway (AP)",
        "MELL/OSK (Reuters)",
        "MELL, May 3",
        "OSK, 3 May 2021 (AFP)",
    ],
)
def test_a_dateline_on_a_line_of_its_own_is_neither_heading_nor_sentence(line: str) -> None:
    text = f"Talks fail\n\n{line}\n\nThe talks failed on Monday."
    assert [sentence.kind for sentence in segment(text)] == ["heading", "fragment", "sentence"]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("MELL (Reuters) - Talks between both sides failed on Monday", "sentence"),
        ("Oil Prices Rise Again in May (Reuters)", "heading"),
        ("WHAT NEXT", "heading"),
        ("EXCLUSIVE - Mayor resigns", "heading"),
        ("Vote in Osk, May 3", "heading"),
        ("The Mell Talks (1990)", "heading"),
    ],
)
def test_only_the_place_and_agency_of_a_report_make_a_dateline(line: str, kind: str) -> None:
    text = f"Talks fail\n\n{line}\n\nThe talks failed on Monday."
    assert segment(text)[1].kind == kind
