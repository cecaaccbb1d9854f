"""Whether a sentence tells of someone or something else than a question asks about."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.question.roles import (
    asks_who_suffered,
    is_at_another_place,
    is_elsewhere,
    is_named_in_question,
    is_of_another_fate,
    is_yet_to_come,
    tells_of_another,
)
from tests.any_text import any_text


@pytest.mark.parametrize(
    ("question", "sentence", "words", "another"),
    [
        ("Who built the North Pier?", "The South Pier was built by Finn Aune.", "Finn Aune", True),
        ("Who built the North Pier?", "The North Pier was built by Tora Vik.", "Tora Vik", False),
        ("When did Tora Vik leave the guild?", "Finn Aune left the guild in 2020.", "2020", True),
        ("Who did Tora Vik beat?", "The next is Ida Lund, who beat Finn Aune.", "Finn Aune", True),
        ("Who did Ida Lund beat?", "The next is Ida Lund, who beat Finn Aune.", "Finn Aune", False),
        ("Who was Tora Vik replaced by?", "Tora Vik was replaced by Finn Aune.", "Finn Aune", False),
        ("When did Vik leave the guild?", "Tora Vik left the guild in 2020.", "2020", False),
        ("When did Tora Vik leave?", "Her rival, Finn Aune, left in 2020.", "2020", True),
        ("Where was Tora Vik born?", "It was drawn by Finn Aune, who was born in Osk.", "Osk", True),
        ("How much did the North Pier cost?", "The South Pier cost 9 million crowns.", "9 million", True),
        ("What will the pier cost?", "The new pier will cost 9 million crowns.", "9 million crowns", False),
        ("Who stole the boat?", "A boat by Finn Aune was stolen from the pier.", "Finn Aune", True),
        ("Who stole the boat?", "The boat was stolen by Finn Aune.", "Finn Aune", False),
        ("Who found Eva Berg?", "A teacher named Eva Berg was found near the mill.", "A teacher", True),
        ("Who found Eva Berg?", "Eva Berg was found near the mill by two divers.", "two divers", False),
        ("Who found Eva Berg?", "Two divers found Eva Berg near the mill.", "Two divers", False),
        ("How much is it from Osk to Hult?", "From Mell to Hult it costs 9 crowns.", "9 crowns", True),
        ("How much is it from Mell to Hult?", "From Mell to Hult it costs 9 crowns.", "9 crowns", False),
        ("When did the White House announce it?", "Donald Trump announced it on Monday.", "Monday", False),
        ("Who shot Tora Vik?", "Otto Lund shot Vik in May.", "Otto Lund", False),
        ("Who replaced Berg?", "Berg replaces Jon Eide, who was tired.", "Jon Eide", True),
        ("Who replaced Berg?", "Berg was replaced by Per Moe.", "Per Moe", False),
        ("Who replaced Berg?", "Per Moe replaced Berg.", "Per Moe", False),
        ("By whom was Eva Berg dismissed?", "He sought a reason to dismiss the head coach.", "head coach", True),
        ("By whom was Eva Berg dismissed?", "She was dismissed by the board.", "the board", False),
        ("By whom was Eva Berg dismissed?", "The board dismissed her.", "The board", False),
        ("Who stole the boat?", "Two men stole a painting by Finn Aune.", "a painting", True),
        ("Who stole the boat?", "Two men stole the boat.", "Two men", False),
        ("Who announced the plan?", "“It goes on,” announced mayor Tora Vik.", "Tora Vik", False),
        ("Who painted the boat?", "The boat was painted red by Tora Vik.", "Tora Vik", False),
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
        ("Who leads the guild?", "The guild is led by a former teacher.", "a former teacher", True),
        ("Who leads the guild?", "The guild is led by Tora Vik, a teacher.", "Tora Vik", False),
        ("Who is the mayor?", "The mayor is a former teacher.", "a former teacher", True),
        ("Who led the guild?", "It was led by a former teacher.", "a former teacher", False),
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


@pytest.mark.parametrize(
    ("question", "words", "article", "named"),
    [
        ("Who disagreed with Moen?", "Arne Moen", "Arne Moen spoke. Eva Krog disagreed.", True),
        ("Who was mayor before Rye?", "Olav Rye", "Mayor-elect Rye met Olav Rye.", True),
        ("Who replaced Mari Dahl?", "Mari Dahl", "Finn Aune replaced Mari Dahl.", True),
        ("Who replaced Mari Dahl?", "Finn Aune", "Finn Aune replaced Mari Dahl.", False),
        ("Who ran against Rye?", "Kari Rye", "Kari Rye ran against Olav Rye.", False),
        ("Who beat Anna Moen?", "Arne Moen", "Arne Moen won.", False),
        ("Who founded Dahl?", "Mari Dahl", "Mari Dahl founded Dahl.", False),
        ("Who travelled with Rye's wife?", "Olav Rye", "Olav Rye travelled with her.", False),
        ("Who is Rye?", "Olav Rye", "Olav Rye spoke.", False),
    ],
)
def test_who_is_not_the_person_that_the_question_names(question: str, words: str, article: str, named: bool) -> None:
    assert is_named_in_question(question, words, article) is named


@pytest.mark.parametrize(
    ("question", "sentence", "words", "another"),
    [
        ("How many people were injured?", "The storm killed 43 people.", "43", True),
        ("How many people were injured?", "The storm killed 43 people and injured nine.", "43", True),
        ("How many people were injured?", "The storm killed 43 people and injured nine.", "nine", False),
        ("How many people were injured?", "Twelve were taken to hospital after three were killed.", "Twelve", False),
        ("How many people were injured?", "Damage was put at $1.2 million.", "$1.2 million", True),
        ("How many people died?", "The storm left 43 dead.", "43", False),
        ("How many people did it kill?", "Its 43 victims died at sea.", "43", False),
        ("How many were killed or injured?", "The storm killed 43 people.", "43", False),
        ("How many people came?", "43 of the rescued came.", "43", False),
        ("Who was injured?", "The storm killed 43 people.", "43", False),
        ("How many died?", "Thirty were hurt, four of them seriously, in a crush.", "four", True),
        ("How many were hurt?", "Thirty were hurt, four of them seriously, in a crush.", "four", False),
        ("How many died?", "Thirty were on board, four of whom died.", "four", False),
    ],
)
def test_the_killed_are_not_the_injured(question: str, sentence: str, words: str, another: bool) -> None:
    start = sentence.index(words)
    assert is_of_another_fate(question, sentence, start, start + len(words)) is another


@pytest.mark.parametrize(
    ("question", "sentence", "words", "coming"),
    [
        ("When was Rye elected?", "Mayor-elect Rye will take office on 1 May.", "1 May", True),
        ("When was Rye elected?", "Rye was elected on 1 March.", "1 March", False),
        ("When did the fair take place?", "The fair will take place on 1 May.", "1 May", False),
        ("When did Rye say the pier would open?", "The pier will be opened on 1 May.", "1 May", False),
        ("When will Rye resign?", "Rye will leave on 1 May.", "1 May", False),
        ("When was Rye elected?", "Elected on 1 March, Rye will start in May.", "1 March", False),
    ],
)
def test_what_will_be_is_no_time_of_something_else_that_was(
    question: str, sentence: str, words: str, coming: bool
) -> None:
    assert is_yet_to_come(question, sentence, sentence.index(words)) is coming


@pytest.mark.parametrize(
    ("question", "sentence", "untold"),
    [
        ("Who was convicted of the attack?", "“They shot at all of us,” said Tora Vik.", True),
        ("Who has been arrested for the theft?", "“The door stood open,” Tora Vik said of the theft.", True),
        ("Who else was badly hurt in the fire?", "Tora Vik told the Courier of the fire.", True),
        ("Who was hurt in the fire?", "“I was hurt,” said Tora Vik.", False),
        ("Who was stolen from?", "“They stole my boat,” said Tora Vik.", False),
        ("Who was elected mayor?", "“I am proud,” said Mayor Tora Vik.", False),
        ("Who was interviewed about the fire?", "“I ran,” said Tora Vik.", False),
        ("Who was quoted about the fire?", "“I ran,” said Tora Vik.", False),
        ("Who was the mayor?", "“I ran,” said Tora Vik.", False),
        ("Who criticised the deal?", "“It is a scandal,” said Tora Vik.", False),
        ("Who was red with anger?", "“It is a scandal,” said Tora Vik.", False),
    ],
)
def test_what_was_done_to_someone_must_be_told(question: str, sentence: str, untold: bool) -> None:
    assert asks_who_suffered(question, sentence) is untold
