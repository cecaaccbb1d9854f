"""PDFs are read as a reader of the page sees them: in reading order, whole, without what can't be seen."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from rag.formats.pdf_pages.document import extract
from rag.text.segment import segment
from tests.files import drawn, drawn_pdf

LEFT = [
    "The inspectors found that the",
    "lamp of the tower had been dark",
    "for nine nights before the wreck.",
    "The keeper had asked for oil at",
    "the harbour office in vain.",
]
RIGHT = [
    "Ane Holt, who owns the boat, lost",
    "her catch. The insurer paid her",
    "4,000 crowns. The town paid",
    "nothing at all, said its clerk,",
    "who spoke on Tuesday.",
]
THIRD = [
    "Other towers on the coast",
    "were lit. The next one is",
    "at Mell, two hours away",
    "by boat, in good weather.",
]


def read(*pages: Sequence[str]) -> str:
    (article,) = extract(drawn_pdf(["\n".join(operators) for operators in pages]))
    return article.text


def by_rows(
    columns: Sequence[Sequence[str]], lefts: Sequence[float], jitter: float = 0.0, top: float = 700
) -> list[str]:
    """Draws the lines of columns row by row. `jitter` is by how much each column stands lower than the one before."""
    return [
        drawn(column[row], left, top - 14 * row - jitter * number)
        for row in range(max(map(len, columns)))
        for number, (column, left) in enumerate(zip(columns, lefts, strict=True))
        if row < len(column)
    ]


def words(lines: Sequence[str]) -> str:
    return " ".join(lines)


@pytest.mark.parametrize("jitter", [0.0, 3.0, 6.0])
@pytest.mark.parametrize("gutter", [260, 330])
def test_columns_drawn_row_by_row_are_read_one_after_the_other(jitter: float, gutter: float) -> None:
    page = [drawn("Dark tower blamed for wreck", 60, 760, 18), *by_rows([LEFT, RIGHT], [60, gutter], jitter)]
    text = " ".join(read(page).split())
    assert text == f"Dark tower blamed for wreck {words(LEFT)} {words(RIGHT)}"


def test_three_columns_below_a_long_heading_and_above_a_line() -> None:
    heading = "A heading that runs over all three of the columns below it, to the edge"
    closing = "A line below the columns that runs over all three of them to the edge of the page, as a caption may."
    page = [drawn(heading, 60, 740, 14), *by_rows([LEFT, RIGHT, THIRD], [60, 230, 410]), drawn(closing, 60, 600)]
    assert " ".join(read(page).split()) == " ".join([heading, words(LEFT), words(RIGHT), words(THIRD), closing])


def test_columns_of_unequal_length_and_the_right_one_drawn_first() -> None:
    right = by_rows([RIGHT], [330])
    assert " ".join(read([*right, *by_rows([LEFT], [60])]).split()) == f"{words(LEFT)} {words(RIGHT)}"
    page = by_rows([[*LEFT, "It has since been lit again, and", "the oil was paid for."], RIGHT[:3]], [60, 330])
    text = " ".join(read(page).split())
    assert text == f"{words(LEFT)} It has since been lit again, and the oil was paid for. {words(RIGHT[:3])}"


def test_the_rows_of_a_table_stay_rows_and_name_their_columns() -> None:
    page = by_rows(
        [["Town", "Brone", "Hult", "Mell"], ["Jobs", "210", "99", "12"], ["Owner", "State", "Bank", "Town"]],
        [60, 200, 330],
    )
    assert read(page).split("\n\n") == [
        "Brone: 210 (Jobs), State (Owner).",
        "Hult: 99 (Jobs), Bank (Owner).",
        "Mell: 12 (Jobs), Town (Owner).\n\f",
    ]
    gap = by_rows([["Town", "Brone", "Hult"], ["Jobs", "210"], ["Boats", "4", "9"]], [60, 200, 330])
    assert read(gap).split("\n\n") == ["Town | Jobs | Boats", "Brone | 210 | 4", "Hult | 9 \f"]


def test_what_cannot_be_seen_is_out() -> None:
    text = read(
        [
            drawn("The award is 485,000 crowns.", 60, 700),
            drawn("Drawn without colour.", 60, 680, state="3 Tr"),
            drawn("White on white.", 60, 660, state="1 g"),
            drawn("Wholly transparent.", 60, 640, state="/Clear gs"),
            drawn("Too small.", 60, 620, size=0.5),
            drawn("Beyond the page.", 700, 600),
            drawn("Under a black bar.", 60, 580),
            "0 g 50 575 300 18 re f",
            drawn("Under a white box.", 60, 560),
            "1 g 50 555 300 18 re f",
            "q 0.7 0.7 -0.7 0.7 200 200 cm BT /F1 60 Tf 0 0 Td (DRAFT) Tj ET Q",
            "0 g 50 500 300 30 re f",
            drawn("White on black.", 60, 510, state="1 g"),
        ]
    )
    assert text == "The award is 485,000 crowns. White on black.\n\f"


def test_the_layer_of_recognised_text_over_a_scan_is_read() -> None:
    picture = "q 612 0 0 792 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID P EI Q"
    assert read([picture, drawn("Recognised words.", 60, 700, state="3 Tr")]) == "Recognised words.\n\f"


def filled(lines: Sequence[str]) -> list[str]:
    """Draws lines of text of a page, from the top."""
    return [drawn(line, 60, 700 - 14 * row) for row, line in enumerate(lines)]


def test_running_heads_and_feet_of_a_short_file_are_out() -> None:
    bodies = [
        ["The tower was built in 1877 by", "the brothers Vik from Hult, who"],
        ["built the bridge of Mell as well.", "It has a lamp of brass."],
        ["The lamp was made in Brone, and", "it was paid for by the county."],
        ["Its light is seen from far away.", "Ships steer by it at night."],
    ]
    heads = ("Coast Almanac", "Chapter 2: The Tower")
    pages = [
        [
            drawn(heads[n % 2], 60, 760, 9),
            drawn(str(40 + n), 500, 760, 9),
            *filled(body),
            drawn(f"Page {n + 1} of 4", 280, 40, 9),
        ]
        for n, body in enumerate(bodies)
    ]
    for number in (2, 4):
        assert " ".join(read(*pages[:number]).split()) == " ".join(words(body) for body in bodies[:number])


def test_a_head_of_one_page_that_names_its_page_is_out() -> None:
    page = [drawn("THE TIDE - 12 March 2025 - page 3", 60, 740, 8), *filled(["The boats were sold", "on Monday."])]
    assert read(page) == "The boats were sold on Monday.\n\f"


def test_the_titles_of_chapters_are_no_running_heads() -> None:
    bodies = ["The boat sank in May.", "The boat sank in June."]
    pages = [[drawn(f"Part {n}", 60, 760, 18), *filled([body])] for n, body in enumerate(bodies, start=1)]
    assert read(*pages) == f"Part 1\n\n{bodies[0]}\n\fPart 2\n\n{bodies[1]}\n\f"


def test_the_head_of_a_file_of_two_pages_is_out() -> None:
    head = [drawn(f"THE TIDE - 12 March 2025 - page {n} of 2", 60, 740, 8) for n in (1, 2)]
    text = read(
        [head[0], *filled(["The owner had ignored a letter that was", "sent by the coast"])],
        [head[1], *filled(["guard in March, five weeks before.", "Nine men were saved."])],
    )
    assert (
        text == "The owner had ignored a letter that was sent by the coast \fguard in March, five weeks before. "
        "Nine men were saved.\n\f"
    )


def test_a_first_line_that_only_looks_like_another_is_kept() -> None:
    text = read(
        filled(["Boats in 2023 were many, it said.", "They were old."]),
        filled(["Boats in 2024 were many, it said.", "They were new."]),
    )
    assert "2023" in text and "2024" in text


def test_the_marks_of_notes_are_out_and_the_notes_stand_behind_the_page() -> None:
    text = read(
        [
            drawn("The mine closed in spring", 60, 700),
            drawn("1", 185, 704, 6),
            drawn("and it", 192, 700),
            drawn("cost 18,000", 60, 686),
            drawn("2", 119, 690, 6),
            drawn("crowns, as the county of", 126, 686),
            drawn("1", 60, 103, 5),
            drawn("The register gives 14 April 1987.", 66, 100, 8),
            drawn("2 Letter to this newspaper, seen", 60, 90, 8),
            drawn("on Friday.", 60, 80, 8),
        ],
        [
            drawn("Mell has found. It has 5 km", 60, 700),
            drawn("2", 198, 704, 6),
            drawn("of land and 10", 206, 700),
            drawn("6", 279, 704, 6),
            drawn("trees.", 286, 700),
        ],
    )
    assert text == (
        "The mine closed in spring and it cost 18,000 crowns, as the county of Mell has found."
        "\n\n1 The register gives 14 April 1987.\n\n2 Letter to this newspaper, seen on Friday.\n\f"
        "It has 5 km² of land and 10⁶ trees.\n\f"
    )


def test_a_divided_word_is_whole_also_over_a_page_end() -> None:
    text = read(
        filled(["The council will build a the-", "atre of a long-", "term kind, says the archi-"]),
        filled(["tect Elin Brandt, who is Anglo-", "American."]),
    )
    assert (
        text == "The council will build a theatre of a long-term kind, says the architect Elin Brandt, who is "
        "Anglo-American.\n\f\f"
    )
    text = read(filled(["The owner had ignored a letter that the of-"]), filled(["fice of the port", "sent."]))
    (sentence,) = segment(text)
    assert text[sentence.start : sentence.end] == ("The owner had ignored a letter that the office \fof the port sent.")
