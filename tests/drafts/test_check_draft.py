"""A draft is checked against made-up news: what is stated, stated otherwise, partly stated, and not found."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from rag.core.errors import QuestionError
from rag.drafts.results import LONGEST_DRAFT
from rag.library import Library
from tests.drafts.newsroom import assert_places, check, differences, make


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with make(tmp_path_factory.mktemp("drafts")) as library:
        yield library


@pytest.mark.parametrize(
    "statement",
    [
        "The council of Osk approved the bridge over the Mell on Monday by 14 votes to 9.",
        "On Monday the council of Osk passed the bridge over the Mell, by 14 to 9.",
        "The council of Osk approved the bridge over the Mell on 4 March 2024.",
        "The Norna Line employs 85 people in Mell.",
        "The ferry Runa did not sail on 3 May because of a storm.",
        "“No tree on the bank will be felled for this bridge,” said Otto Vik.",
        "Vik said: 'No tree on the bank will be felled for this bridge.'",
        "Otto Vik beat Tora Lind in the vote on the toll.",
        "Tora Lind was defeated by Otto Vik in the vote on the toll.",
        "Ada Moe, a surveyor, warned that the old piers may sink.",
        "The school in Hult has more than 300 pupils.",
        "The roof was mended in 2021 at a cost of about 2 million crowns.",
    ],
)
def test_what_an_article_says_in_these_or_other_words_is_stated(library: Library, statement: str) -> None:
    found = check(library, statement)
    assert found.verdict == "stated", (found.parts, found.remark)
    assert found.citations and all(part.status == "stated" for part in found.parts)


@pytest.mark.parametrize(
    ("statement", "difference"),
    [
        ("The Norna Line employs 58 people in Mell.", ("figure", "58", "85")),
        (
            "The council of Osk approved the bridge over the Mell by 15 votes to 9.",
            ("figure", "15 votes to 9", "14 votes to 9"),
        ),
        ("The council of Osk approved the bridge over the Mell on Tuesday.", ("date", "Tuesday", "Monday")),
        ("Its roof was mended in 2019 at a cost of 2.4 million crowns.", ("date", "2019", "2021")),
        ("The ferry Runa sailed on 3 May 2024.", ("denial", "sailed", "not")),
        ("The council of Osk did not approve the bridge over the Mell.", ("denial", "not", "approved")),
        ("The council of Osk rejected the bridge over the Mell on Monday.", ("words", "rejected", "approved")),
        ("Tora Lind defeated Otto Vik in the vote on the toll.", ("name", "Lind", "Vik")),
        ("Mayor Per Aune defeated Tora Lind in the vote on the toll.", ("name", "Per Aune", "Otto Vik")),
        (
            "“No tree on the bank will be felled for this bridge,” said Tora Lind.",
            ("speaker", "Tora Lind", "Vik"),
        ),
        (
            "“No house on the bank will be felled for this bridge,” Vik said.",
            (
                "quotation",
                "No house on the bank will be felled for this bridge",
                "No tree on the bank will be felled for this bridge",
            ),
        ),
    ],
)
def test_one_difference_is_marked(library: Library, statement: str, difference: tuple[str, str, str]) -> None:
    found = check(library, statement)
    assert found.verdict == "stated_otherwise", (found.parts, found.remark)
    assert differences(found) == [difference]


@pytest.mark.parametrize(
    ("statement", "remark"),
    [
        ("12 people were injured when the scaffold fell.", "as_words_of"),
        ("Per Aune sold two engines.", "hedged"),
        ("The sailors of the Norna Line voted for a strike.", "hedged"),
        ("The old piers sink, warned the surveyor Ada Moe.", "hedged"),
    ],
)
def test_what_is_only_said_or_supposed_is_no_fact(library: Library, statement: str, remark: str) -> None:
    found = check(library, statement)
    assert (found.verdict, found.remark) == ("partly", remark), found.parts


def test_what_is_missing_is_marked(library: Library) -> None:
    found = check(library, "The Norna Line employs 85 people in Mell and owns a brewery.")
    assert found.verdict == "partly"
    assert [part.words for part in found.parts if part.status == "not_found"] == ["owns a brewery"]


@pytest.mark.parametrize(
    "statement",
    [
        "The mayor of Bergen opened a ferry terminal in May 2021.",
        "Volvo will close its plant in Ghent next year.",
        "“We will never leave this valley again,” said Otto Vik.",
        "The Osk Gazette was founded in 1890 by Ada Moe.",
    ],
)
def test_what_no_article_says_is_not_found_and_quotes_nothing(library: Library, statement: str) -> None:
    found = check(library, statement)
    assert found.verdict == "not_found" and found.citations == ()
    assert all(part.status == "not_found" and part.stated is None for part in found.parts)


def test_words_of_two_sentences_about_others_are_not_one_statement(library: Library) -> None:
    """The article has all of these words, but it was the bridge that the council approved, and Vik who won."""
    for statement in (
        "Tora Lind warned that the old piers may sink.",
        "The harbour of Mell has 85 people.",
        "Jon Eide left Hult in August.",
        "Siri Dahl mended the roof.",
    ):
        assert check(library, statement).verdict in ("partly", "not_found", "stated_otherwise"), statement


def test_a_pronoun_means_who_was_named_before(library: Library) -> None:
    right, wrong = (f"{name} works in Hult. She left Hult in August." for name in ("Siri Dahl", "Ida Berg"))
    assert library.check_draft(right).statements[1].verdict == "stated"
    assert library.check_draft(wrong).statements[1].verdict != "stated"


def test_headings_and_questions_state_nothing(library: Library) -> None:
    draft = "# The bridge\n\nWill the bridge ever open? The school in Hult has 310 pupils."
    checked = library.check_draft(draft)
    assert [one.statement for one in checked.statements] == ["The school in Hult has 310 pupils."]
    assert library.check_draft("Why?").statements == ()


def test_a_scope_leaves_articles_out_also_for_quotations(library: Library) -> None:
    draft = "“No tree on the bank will be felled for this bridge,” said Otto Vik. The school in Hult has 310 pupils."
    verdicts = [one.verdict for one in library.check_draft(draft, sources=["Mell Times"]).statements]
    assert verdicts == ["not_found", "not_found"]
    with pytest.raises(QuestionError, match="Nobody's Gazette"):
        library.check_draft(draft, sources=["Nobody's Gazette"])


def test_the_same_draft_gives_the_same_result_and_tells_its_progress(library: Library) -> None:
    draft = " ".join(("The Norna Line employs 58 people in Mell.", "The school in Hult has 310 pupils."))
    steps: list[tuple[int, int]] = []
    checked = library.check_draft(draft, progress=lambda done, total: steps.append((done, total)))
    assert steps == [(1, 2), (2, 2)]
    assert checked == library.check_draft(draft)
    assert (checked.count("stated"), checked.count("stated_otherwise")) == (1, 1)
    assert "For “58” the article has “85”." in str(checked)


@pytest.mark.parametrize("draft", ["", "  \n", "x" * (LONGEST_DRAFT + 1)])
def test_an_empty_or_endless_draft_is_refused(library: Library, draft: str) -> None:
    with pytest.raises(QuestionError, match="The draft"):
        library.check_draft(draft)


@pytest.mark.parametrize(
    "draft",
    [
        "\ud800 The school in Hult has 310 pupils.",
        "“" * 200,
        "1–2/3 $ % 4.5.6 May may, 99:99 o'clock.",
        "A. B. C. Vik’s.",
    ],
)
def test_odd_drafts_do_no_harm(library: Library, draft: str) -> None:
    checked = library.check_draft(draft)
    for statement in checked.statements:
        assert_places(library, checked.draft, statement)


def test_a_piece_of_another_name_stands_in_the_place_of_no_name(library: Library) -> None:
    found = check(library, "The teacher Dahl praised the builder Eide in Norway.")
    assert found.verdict == "partly"
    assert all(part.status != "otherwise" for part in found.parts)


def test_a_text_without_full_stops_is_no_statement(library: Library) -> None:
    long = "the council of Osk approved the bridge over the Mell and " * 40
    found = library.check_draft(f"{long}.\n\nThe school in Hult has 310 pupils.")
    assert [one.statement for one in found.statements] == ["The school in Hult has 310 pupils."]
