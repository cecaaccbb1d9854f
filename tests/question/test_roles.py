"""Whether a sentence tells of someone or something else than a question asks about."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.question.roles import is_at_another_place, is_elsewhere, tells_of_another
from tests.any_text import any_text


@pytest.mark.parametrize(
    ("question", "sentence", "words", "another"),
    [
        ("Who built the North Pier?", "The South Pier was built by Finn Aune.", "Finn Aune", True),
        ("Who built the North Pier?", "The North Pier was built by Tora Vik.", "Tora Vik", False),
        ("When did Tora Vik leave the guild?", "Finn Aune left the guild in 2020.", "2020", True),
        ("When did Vik leave the guild?", "Tora Vik left the guild in 2020.", "2020", False),
        ("When did Tora Vik leave?", "Her rival, Finn Aune, left in 2020.", "2020", True),
        ("Where was Tora Vik born?", "It was drawn by Finn Aune, who was born in Osk.", "Osk", True),
        ("How much did the North Pier cost?", "The South Pier cost 9 million crowns.", "9 million", True),
        ("Who stole the boat?", "A boat by Finn Aune was stolen from the pier.", "Finn Aune", True),
        ("Who stole the boat?", "The boat was stolen by Finn Aune.", "Finn Aune", False),
        ("How much is it from Osk to Hult?", "From Mell to Hult it costs 9 crowns.", "9 crowns", True),
        ("How much is it from Mell to Hult?", "From Mell to Hult it costs 9 crowns.", "9 crowns", False),
        ("When did the White House announce it?", "Donald Trump announced it on Monday.", "Monday", False),
        ("Who shot Tora Vik?", "Otto Lund shot Vik in May.", "Otto Lund", False),
    ],
)
def test_another_full_name_at_the_verb_is_another(question: str, sentence: str, words: str, another: bool) -> None:
    start = sentence.index(words)
    assert tells_of_another(question, sentence, start, start + len(words)) is another


@pytest.mark.parametrize(
    ("question", "sentence", "words", "another"),
    [
        ("Who is the mayor of Osk?", "Deputy Mayor Tora Vik opened the hall.", "Tora Vik", True),
        ("Who is the deputy mayor of Osk?", "Mayor Tora Vik opened the hall.", "Tora Vik", True),
        ("Who is the mayor of Osk?", "Deputy Mayor Tora Vik met Mayor Finn Aune.", "Finn Aune", False),
        ("Who is the mayor of Osk?", "Deputy Mayor Tora Vik met Mayor Finn Aune.", "Tora Vik", True),
        ("Who is the president of Mell?", "Vice-President Tora Vik spoke.", "Tora Vik", True),
        ("Who is the head coach of Mell?", "The assistant head coach, Tora Vik, spoke.", "Tora Vik", True),
        ("Who is Mell's foreign minister?", "Deputy foreign minister Tora Vik spoke.", "Tora Vik", True),
        ("Who is Mell's foreign minister?", "Foreign minister Tora Vik spoke, not her deputy.", "Tora Vik", False),
        ("What is the name of the mayor?", "The then-mayor Tora Vik spoke.", "Tora Vik", True),
        ("Who is the mayor?", "Former mayor Tora Vik bought a boat.", "Tora Vik", True),
        ("Who was the mayor?", "Former mayor Tora Vik bought a boat.", "Tora Vik", False),
        ("Who is the former mayor?", "Mayor Tora Vik bought a boat.", "Tora Vik", False),
        ("Who is the mayor?", "Tora Vik, a former deputy, is mayor now.", "Tora Vik", False),
        ("Who is the acting mayor?", "Acting mayor Tora Vik spoke.", "Tora Vik", False),
        ("Who was elected chairman?", "The members elected Tora Vik vice chairman.", "Tora Vik", True),
        ("Who is the other driver?", "The other driver was Tora Vik.", "Tora Vik", False),
        ("Who became prime minister?", "Deputy Prime Minister Tora Vik became prime minister.", "Tora Vik", False),
        ("Who is the head coach?", "Assistant coach Tora Vik was promoted to head coach on Sunday.", "Tora Vik", False),
        ("Who is the editor?", "The deputy editor, Tora Vik, has been named editor of the Post.", "Tora Vik", False),
        ("Who is the mayor?", "Former deputy mayor Tora Vik was elected mayor of Osk.", "Tora Vik", False),
        ("Who is the mayor?", "Former deputy mayor Tora Vik is now the mayor of Osk.", "Tora Vik", False),
        ("Who is the president?", "Former vice president Tora Vik was sworn in as president.", "Tora Vik", False),
        ("Who is the mayor?", "Tora Vik, the former teacher and mayor of Osk, spoke.", "Tora Vik", False),
        ("Who is the mayor?", "Deputy mayor Tora Vik was appointed by the mayor.", "Tora Vik", True),
        ("Who opened the hall?", "Deputy Mayor Tora Vik opened the hall.", "Tora Vik", False),
    ],
)
def test_a_deputy_and_a_former_holder_do_not_hold_the_office(
    question: str, sentence: str, words: str, another: bool
) -> None:
    start = sentence.index(words)
    assert tells_of_another(question, sentence, start, start + len(words)) is another


@pytest.mark.parametrize(
    ("question", "sentence", "behind", "another"),
    [
        ("When did the pier at Osk burn?", "The pier at Mell burned on Sunday.", "", True),
        ("When did the pier at Osk burn?", "The pier at Mell burned on Sunday.", " Osk was spared.", False),
        ("When did the pier at Osk burn?", "The pier at Osk burned on Sunday.", "", False),
        ("When did the pier at Goteborg burn?", "The pier at Göteborg burned on Sunday.", "", False),
        ("When did the pier at Saint Denis burn?", "The pier at Saint-Denis burned on Sunday.", "", False),
        ("When did the pier at Osk burn?", "The harbour at Mell burned on Sunday.", "", False),
        ("Who is the mayor of Osk?", "The mayor of Mell is Tora Vik.", "", True),
        ("How many died in the flood in Norway?", "Nine died in the flood in Mell.", "", False),
        ("When was the vote in Osk?", "The vote in May was late.", "", False),
        ("When was the fair in North Osk?", "The fair in Osk was on Sunday.", "", False),
        ("Who leads the union of ABW?", "The union of Bakers is led by Tora Vik.", "", False),
    ],
)
def test_the_same_kind_of_thing_at_another_place_is_another(
    question: str, sentence: str, behind: str, another: bool
) -> None:
    assert is_at_another_place(question, sentence, f"Title\n{sentence}{behind}") is another


def test_a_place_that_the_article_comes_to_later_is_elsewhere() -> None:
    before, behind = "Storm\nNine boats sank in Hult. Another 12 were lost.", " In Osk, two boats sank."
    assert is_elsewhere("How many boats were lost in Osk?", before, behind)
    assert not is_elsewhere("How many boats were lost in Hult?", before, behind)
    assert not is_elsewhere("How many boats were lost in Mell?", before, behind)


@given(any_text(), any_text(), st.integers(0, 50), st.integers(0, 50))
def test_any_question_and_sentence_can_be_compared(question: str, sentence: str, one: int, other: int) -> None:
    start, end = sorted((min(one, len(sentence)), min(other, len(sentence))))
    assert tells_of_another(question, sentence, start, end) in (True, False)
    assert is_elsewhere(question, sentence[:start], sentence[start:]) in (True, False)
    assert is_at_another_place(question, sentence, sentence) in (True, False)
