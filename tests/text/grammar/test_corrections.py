"""What a correction quotes as wrong is denied; what it states as right is not."""

from __future__ import annotations

from time import perf_counter

import pytest
from hypothesis import given

from rag.text.grammar.corrections import find_corrected, is_corrected
from rag.text.grammar.denials import find_denials
from tests.any_text import any_text


def is_wrong(sentence: str, words: str, following: str = "") -> bool:
    start = sentence.index(words)
    scopes = [denial.scope for denial in find_denials(sentence)]
    inside = any(first < start + len(words) and start < last for first, last in scopes)
    return inside or is_corrected(sentence, following)


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("An earlier version of this article said the pier cost 14 million crowns.", "14 million"),
        ("An earlier version of this article said the pier, which opened in May, cost 14 million.", "14 million"),
        ("A previous edition of our report gave its length as 30 km; it is 20 km.", "30 km"),
        ("An earlier version of an article said that Karl Venn got 52.4 percent.", "52.4"),
        ("An earlier version said the mayor was born in 1950.", "1950"),
        ("This post originally listed Finn Aune as the builder.", "Finn Aune"),
        ("It originally stated that the pier was built in 1934.", "1934"),
        ("The headline of an earlier version of this story said nine people died.", "nine"),
        ("The number of dead was given as nine in an earlier version of this story.", "nine"),
        ("The age of Tora Vik was incorrectly given as 54.", "54"),
        ("The name of the builder was misspelt as Fin Oune.", "Fin Oune"),
        ("An earlier version of this article misidentified the builder as Finn Aune.", "Finn Aune"),
        ("When first published, this article said nine people died.", "nine"),
        ("This article was amended on 5 June 2021 to correct the date of the vote.", "5 June 2021"),
        ("This story was corrected on Monday because it said the pier cost 14 million.", "14 million"),
        ("This article has been amended to remove a claim that Finn Aune built the pier.", "Finn Aune"),
        ("This corrects an earlier article that said nine people died.", "nine"),
        ("An article on Tuesday gave an incorrect figure for the cost, 14 million crowns.", "14 million"),
        ("The newspaper erroneously reported that nine people had died.", "nine"),
        ("We should have said that Vik was born in 1950 rather than in 1952.", "1952"),
        ("We said the pier cost 14 million crowns when we should have said 12 million.", "14 million"),
        ("The second paragraph said the fee was 14 crowns; it should have said 12.", "14 crowns"),
        ("The builder's name appeared in print as Fin Oune.", "Fin Oune"),
        ("Tora Vik's age appeared incorrectly in print as 54.", "54"),
        ("Correction: The pier's length appeared in Monday's paper as 30 km.", "30 km"),
        ("The length of the pier was previously listed as 30 km.", "30 km"),
        ("The toll, previously reported as nine, is seven.", "nine"),
        ("The mayor was previously described as an engineer; she is a lawyer.", "an engineer"),
        ("Correction: Vik was previously described as the owner of the mill.", "the owner"),
        ("An earlier version of this article misstated the cost of the pier as 14 million.", "14 million"),
        ("The figure of 14 million crowns should have read 12 million.", "14 million"),
        ("In the caption, 'Fin Oune' should have read 'Finn Aune'.", "Fin Oune"),
        ("Because of an editing error, an article on Monday said the pier cost 14 million.", "14 million"),
        ("Due to a reporting error, the year of the fire was given as 1934.", "1934"),
        ("In some editions, the age of Tora Vik was given as 54.", "54"),
        ("The article said the pier would be 7 km long; it will be 5 km long.", "7 km"),
    ],
)
def test_what_a_correction_quotes_as_wrong_is_denied(sentence: str, words: str) -> None:
    assert is_wrong(sentence, words)


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("It was 12 million crowns, not 14 million.", "12 million"),
        ("An earlier version of this article misstated the cost of the pier, but it was 12 million.", "12 million"),
        ("An earlier version of this article gave the length as 30 km; it is 20 km.", "20 km"),
        ("This article was amended on 5 June to correct the cost, which was 12 million crowns.", "12 million"),
        ("This article has been corrected to say that the pier cost 12 million crowns.", "12 million"),
        ("The pier cost 12 million, not 14 million as an earlier version of this article said.", "12 million"),
        ("This article originally said it was 9 m and has been amended to say that it is 8 m.", "8 m"),
        ("The pier, which an earlier version of this article said cost 5 million, cost 6 million.", "6 million"),
        ("The minister corrected an earlier report that said 40 people died and said 52 had died.", "52"),
        ("The first edition printed in Hult sold 300 copies.", "300"),
        ("The original version written by Ida Lund was released in 1962.", "1962"),
        ("The initial version put forward by the mayor would cut 40 jobs.", "40"),
        ("The article originally cost the paper 5 million crowns in damages.", "5 million"),
        ("When first published, the story sold 4 million copies.", "4 million"),
        ("The first edition of the report, in 2001, said that 400 people died.", "400"),
        ("The label misidentified the fish as cod, so 300 boxes were recalled.", "300"),
        ("In an earlier interview, Vik said that nine people had died.", "nine"),
        ("A previous report by the council found that the pier cost 14 million crowns.", "14 million"),
        ("An earlier version of the engine weighed 400 kg.", "400 kg"),
        ("When first published, the novel cost two shillings.", "two shillings"),
        ("The report was updated in May 2020 to include Osk.", "May 2020"),
        ("Earlier editions of the prize went to Osk in 1990.", "1990"),
        ("We should have said that the pier cost 12 million, not 14 million.", "12 million"),
        ("We said the pier cost 14 million crowns when we should have said 12 million.", "12 million"),
        ("An earlier version of this article misstated the age of Tora Vik.", "Tora Vik"),
        ("An earlier version of this article misstated the age of Tora Vik, who is 54.", "54"),
        ("An earlier version of this article misstated when the pier opened: it was in 1936.", "1936"),
        ("The date of the vote appeared in print as 5 May; it is 6 May.", "6 May"),
        ("Her first novel appeared in print as a serial in 1934.", "1934"),
        ("The house was previously listed as a monument in 1970.", "1970"),
        ("The bird was previously described as a finch by Ida Lund in 1934.", "1934"),
        ("The suspect, previously identified as Karl Moe, was released.", "Karl Moe"),
        ("The land was originally given as a gift by Ida Lund.", "Ida Lund"),
        ("The figure of 14 million crowns should have read 12 million.", "12 million"),
        ("Vik said 14 people should have read the letter.", "14"),
        ("Because of a clerical error, the report said, 40 men went free.", "40"),
        ("Correction: The fee should be listed as 12 crowns.", "12"),
        ("Editor's note: Tora Vik was named as minister in May 2020.", "2020"),
    ],
)
def test_what_is_right_or_no_correction_is_not_denied(sentence: str, words: str) -> None:
    assert not is_wrong(sentence, words)


@pytest.mark.parametrize(
    ("sentence", "following", "corrected"),
    [
        ("A caption on Monday named the builder as Finn Aune.", " It should have said Tora Vik.", True),
        ("Correction: the fee is 14 crowns, we wrote on Monday.", " The correct fee is 12 crowns.", True),
        ("Our report on Monday said the fee was 14 crowns.", " In fact, it is 12 crowns.", True),
        ("In Monday's article, the fee was stated to be 14 crowns.", " In fact it is 12 crowns.", True),
        ("The chart showed a loss of 14 million.", " The error has been corrected.", True),
        ("On Monday we reported that nine people died.", " We should have said that seven had died.", True),
        ("A story on Monday said the pier cost 14 million.", " We should have written 12 million.", True),
        ("In a report on 3 May we wrote that it cost 14 million.", " It cost 12. We apologise for the error.", True),
        ("The pier cost 12 million.", " We apologise for the error.", False),
        ("In a report on 3 May we revealed that it cost 14 million.", " The mayor is sorry for her mistake.", False),
        ("The bill was 14 million.", " We should have said no, Vik said.", False),
        ("Correction: The fee is 12 crowns.", " The Herald regrets the error.", False),
        ("The bill was 14 million.", " It should have been 12 million.", False),
        ("A report said the pier cost 14 million.", " The right wing protested.", False),
        ("The review said the hotel has 40 rooms.", " They should be booked early.", False),
        ("The annual report said profits were 5 million.", " In fact, profits have risen.", False),
        ("The police report said Karl Moe drove the car.", " The road has since been changed.", False),
        ("The report said the pension was 900.", " It should be 1,200, the union said.", False),
        ("Holt said in an interview the tunnel cost 14 million.", " The true cost is to the forest.", False),
        ("We had 40 guests.", " In fact, more than ever came.", False),
        ("The chart showed a loss of 14 million.", "", False),
    ],
)
def test_the_next_sentence_may_correct_what_an_article_stated(sentence: str, following: str, corrected: bool) -> None:
    assert is_corrected(sentence, following) is corrected


@given(any_text(), any_text())
def test_any_text_is_searched_for_corrections(sentence: str, following: str) -> None:
    for turn, scope in find_corrected(sentence):
        assert 0 <= turn[0] <= turn[1] <= len(sentence)
        assert 0 <= scope[0] <= scope[1] <= len(sentence)
    assert is_corrected(sentence, following) in (True, False)


@pytest.mark.parametrize(
    "words", ["previously listed as ", "due to an editing error, we said ", "the age appears in print as "]
)
def test_the_time_grows_with_the_length_alone(words: str) -> None:
    def seconds(times: int) -> float:
        started = perf_counter()
        list(find_corrected(words * times))
        return perf_counter() - started

    assert seconds(4000) < 10 * max(0.05, seconds(1000))
