"""What a sentence denies or doubts, by its own words."""

from __future__ import annotations

import pytest
from hypothesis import given

from rag.text.grammar.denials import denies_a_statement, find_denials, says_it_is_false
from tests.any_text import any_text


def denied(sentence: str) -> str:
    """All words of the sentence that it denies."""
    return " | ".join(sentence[slice(*denial.scope)].strip() for denial in find_denials(sentence))


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("The guild denied that Vik had sold the mill.", "Vik had sold the mill."),
        ("Police dismissed reports that nine boats had sunk.", "nine boats had sunk."),
        ("Rumours that Vik sold the mill spread in May.", "Vik sold the mill spread in May."),
        ("The mayor called it a myth that the dam burst.", "the dam burst."),
        ("There is no evidence that the dam burst in May.", "the dam burst in May."),
        ("It is not true that Vik paid.", "Vik paid."),
        ("Many thought that the dam had burst, but in fact it held.", "the dam had burst"),
        ("The paper falsely reported that Vik paid.", "Vik paid."),
        ("Claims that nine boats sank were baseless, police said.", "Claims that nine boats sank"),
        ("The guild denied that nine had sunk, saying two had.", "nine had sunk"),
        ("The boat did not sink in May but in June.", "sink in May"),
        ("The dam failed to hold.", "hold."),
        ("It was not signed until May.", "signed"),
    ],
)
def test_the_scope_of_a_denial_ends_where_another_clause_begins(sentence: str, words: str) -> None:
    assert words in denied(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "No fewer than nine boats sank.",
        "No more than nine boats sank.",
        "The board dismissed its director in May.",
        "The report said that nine boats sank.",
        "Not only Vik came.",
    ],
)
def test_bounds_and_other_uses_of_the_words_deny_nothing(sentence: str) -> None:
    assert not denied(sentence)


def test_a_plain_negation_denies_no_statement() -> None:
    assert not denies_a_statement("The boat did not sink.")
    assert denies_a_statement("Reports that the boat sank were wrong.")


def test_the_next_sentence_may_say_that_it_is_false() -> None:
    assert says_it_is_false(" That was wrong, the harbour board said later.")
    assert says_it_is_false(" The reports were later debunked.")
    assert not says_it_is_false(" That was in May.")


@given(any_text())
def test_denials_of_any_text_lie_in_it(text: str) -> None:
    for denial in find_denials(text):
        for start, end in (denial.turn, denial.scope):
            assert 0 <= start <= end <= len(text)
