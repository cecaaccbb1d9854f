from hypothesis import given

from rag.text.terms import terms
from tests.any_text import any_text


def test_endings_accents_and_case_do_not_matter() -> None:
    assert terms("CARRIES Türkiye talks") == terms("carried turkiye talk")


def test_several_of_one_type_are_that_type() -> None:
    assert terms("B-2s and F16s") == terms("B-2 and F16")
    assert terms("the 1990s") != terms("the 1990")


def test_stop_words_say_nothing() -> None:
    assert terms("who is it that was there?") == ()


@given(any_text())
def test_any_text_has_terms(text: str) -> None:
    assert all(term for term in terms(text))
