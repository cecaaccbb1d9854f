"""Whether a person is a man or a woman is told by titles, nouns and pronouns, and by nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given

from rag.core.article import Article
from rag.text.grammar.sexes import told_sex
from rag.text.segment import segment
from tests.any_text import any_text


def article(text: str) -> Article:
    return Article("a", "a.txt", "hash", text, "Title", sentences=segment(text))


@pytest.mark.parametrize(
    ("text", "sex"),
    [
        ("Mrs Rusk left the opera.", "she"),
        ("Mr. Rusk left the opera.", "he"),
        ("Ms Dagny Rusk left the opera.", "she"),
        ("Rusk, a father of two, left the opera.", "he"),
        ("Rusk, the town's only policewoman, left the opera.", "she"),
        ("The actress Dagny Rusk left the opera.", "she"),
        ("Dagny Rusk left the opera. She was tired.", "she"),
        ("Rusk said that he would rest.", "he"),
        ("Dagny was tired. She left the opera.", "she"),
        ("Dagny Vik was tired. She left the opera.", None),
        ("Rusk, a friend of the mother, left.", None),
        ("Mrs Vik met Rusk.", None),
        ("It rained, said Rusk. His aunt hopes that she will sing.", None),
        ("Mrs Ida Rusk spoke. Dagny Rusk spoke.", None),
        ("Mr Rusk met Mrs Rusk.", None),
        ("Rusk left the opera.", None),
        ("Nobody left.", None),
    ],
)
def test_an_article_tells_whether_a_person_is_a_man_or_a_woman(text: str, sex: str | None) -> None:
    assert told_sex("Dagny Rusk", [article(text)]) == sex


@given(any_text(5), any_text())
def test_any_name_and_text_are_survived(name: str, text: str) -> None:
    assert told_sex(name, [article(text)]) in ("he", "she", None)
