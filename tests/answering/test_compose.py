"""What an answer quotes, and when it quotes nothing. Hand-made readings test each rule alone."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import replace

from rag.answering.candidates import rank_candidates
from rag.answering.confidence import FAR, QuotesCalibration, Regression
from rag.core.article import Article, Hit, Passage, Reading, Sentence, Span
from rag.core.settings import AnswerSettings
from tests.composing import PLAIN, answer_to, material

TEXT = "Oman mediated the talks. Two hundred missiles flew. He described it as"
SENTENCES = (Sentence(0, 24), Sentence(25, 51), Sentence(52, 70, "fragment"))


def reading(*spans: tuple[int, int, float], article_id: str = "a", text: str = TEXT, rank: int = 1) -> Reading:
    article = Article(article_id, f"{article_id}.txt", f"hash-{article_id}", text, "Talks", sentences=SENTENCES)
    hit = Hit(Passage(rank, article, 0, len(text), SENTENCES), rank, 1.0 / rank, 0.5)
    return Reading(hit, tuple(Span(*span) for span in spans), tuple(0.1 * (3 - i) for i in range(len(SENTENCES))))


def dated(reading: Reading, day: str) -> Reading:
    passage = reading.hit.passage
    article = replace(passage.article, published=day)
    return replace(reading, hit=replace(reading.hit, passage=replace(passage, article=article)))


def test_the_quote_is_the_whole_sentence_and_the_short_answer_stands_inside_it() -> None:
    answer = answer_to("q?", [reading((0, 4, 3.0))], generation=7)
    citation = answer.citations[0]
    assert (answer.status, answer.generation) == ("answered", 7)
    assert (answer.short_answer, citation.quote) == ("Oman", "Oman mediated the talks.")
    assert TEXT[citation.start : citation.end] == citation.quote
    assert citation.short == "Oman"


def test_a_span_that_is_the_sentence_has_no_short_answer() -> None:
    answer = answer_to("q?", [reading((0, 23, 3.0))])
    assert (answer.short_answer, answer.text) == (None, "Oman mediated the talks.")


def test_a_fragment_is_never_quoted_even_when_it_scores_best() -> None:
    answer = answer_to("q?", [reading((55, 64, 9.0), (0, 4, 2.0))])
    assert [citation.quote for citation in answer.citations] == ["Oman mediated the talks."]


def test_a_list_is_quoted_with_the_sentence_that_announces_it() -> None:
    text = "Iran has set conditions. Chief among them: lifting sanctions. Nobody agreed."
    sentences = (Sentence(0, 24), Sentence(25, 61), Sentence(62, 76))
    article = Article("a", "a.txt", "h", text, "Talks", sentences=sentences)
    hit = Hit(Passage(1, article, 0, len(text), sentences), 1, 1.0, 0.5)
    for span in (Span(9, 23, 3.0), Span(43, 60, 3.0)):
        answer = answer_to("q?", [Reading(hit, (span,), (0.9, 0.9, 0.1))])
        assert answer.text == "Iran has set conditions. Chief among them: lifting sanctions."
        assert answer.short_answer == text[span.start : span.end]


def test_a_span_in_a_fragment_is_no_answer() -> None:
    answer = answer_to("q?", [reading((55, 64, 9.0))])
    assert (answer.status, answer.reason) == ("no_answer", "not_said")


def test_below_the_threshold_there_is_no_answer_but_near_misses() -> None:
    answer = answer_to("q?", [reading((0, 4, -1.0))])
    assert (answer.status, answer.reason, answer.text, answer.citations) == ("no_answer", "below_threshold", "", ())
    assert 0 < answer.confidence < 0.5
    assert [miss.quote for miss in answer.near_misses] == ["Oman mediated the talks."]


def test_no_hits_are_nothing_about_it() -> None:
    assert answer_to("q?", []).reason == "nothing_about_it"


def test_the_same_answer_in_another_article_is_cited_beside_the_first() -> None:
    answer = answer_to("q?", [reading((0, 4, 3.0)), reading((0, 4, 2.0), article_id="b", rank=2)])
    assert [(citation.number, citation.article_id) for citation in answer.citations] == [(1, "a"), (2, "b")]
    assert answer.other_answers == ()


def test_answers_differ_if_two_articles_give_values_that_cannot_both_be_true() -> None:
    def others(*told: tuple[str, str, str], question: str = "How many boats sank?") -> list[str]:
        answer = answer_to(question, [said(*one) for one in told])
        assert len(answer.citations) >= 1
        return [other.short_answer for other in answer.other_answers]

    assert others(("Nine boats sank.", "Nine", "a"), ("Twelve boats sank.", "Twelve", "b")) == ["Twelve"]
    assert others(("At least nine boats sank.", "nine", "a"), ("Twelve boats sank.", "Twelve", "b")) == []
    assert others(("Nine boats sank.", "Nine", "a"), ("Nine people died.", "Nine people", "b")) == []
    assert others(("It is 2 km away.", "2 km", "a"), ("It is 2 miles away.", "2 miles", "b"), question="How far is it?")
    assert not others(("It is 16 km off.", "16 km", "a"), ("It is 10 miles off.", "10 miles", "b"), question="How far?")
    when = "When did it open?"
    assert (
        others(("It opened in 2020.", "2020", "a"), ("It opened on 3 May 2020.", "3 May 2020", "b"), question=when)
        == []
    )
    assert others(("It opened in 2020.", "2020", "a"), ("It opened on 3 May 2021.", "3 May 2021", "b"), question=when)
    assert (
        others(("It was a fine, long day.", "fine", "a"), ("It was a wet day.", "wet", "b"), question="How was it?")
        == []
    )


def test_two_values_in_one_article_speak_of_two_things() -> None:
    answer = answer_to("q?", [reading((0, 4, 3.0), (25, 36, 1.0))])
    assert answer.other_answers == ()
    assert len(answer.citations) == 1


def test_overlapping_passages_do_not_cite_one_sentence_twice() -> None:
    answer = answer_to("q?", [reading((0, 4, 3.0)), reading((0, 4, 2.5), rank=2)])
    assert len(answer.citations) == 1


def test_agreement_of_another_article_raises_confidence_when_it_is_weighed() -> None:
    weighed = PLAIN.model_copy(update={"weights": {**PLAIN.weights, "agreement": 1.0}})
    alone = answer_to("q?", [reading((0, 4, 1.0))], weighed)
    both = answer_to("q?", [reading((0, 4, 1.0)), reading((0, 4, 1.0), article_id="b", rank=2)], weighed)
    assert both.confidence > alone.confidence


def test_of_two_equal_spans_the_one_in_a_quote_more_like_the_question_is_more_probable() -> None:
    weighed = PLAIN.model_copy(update={"weights": {"score": 1.0, "quote_similarity": 2.0}})

    def missiles(texts: Sequence[str]) -> list[float]:
        return [0.9 if "missiles" in text else 0.1 for text in texts]

    answer = answer_to("q?", [reading((0, 4, 1.0), (25, 36, 1.0))], weighed, missiles)
    assert answer.short_answer == "Two hundred"


def only(word: str) -> Callable[[Sequence[str]], list[float]]:
    """A likeness that favours the texts with this word."""
    return lambda texts: [0.9 if word in text else 0.1 for text in texts]


def test_why_is_answered_by_the_sentence_and_not_by_a_word_of_it() -> None:
    answer = answer_to("Why did the talks happen?", [reading((0, 4, 3.0))], PLAIN, only("Oman"))
    assert (answer.text, answer.short_answer) == ("Oman mediated the talks.", None)


STORY = "The bridge fell. Rust had eaten its cables. It rained. Nobody had looked at the rust. Trains ran on."
STORY_SENTENCES = tuple(Sentence(*place) for place in ((0, 16), (17, 43), (44, 54), (55, 85), (86, 100)))


def story(*span: float, evidence: tuple[float, ...] = (0.1,) * 5) -> list[Reading]:
    article = Article("s", "s.txt", "h", STORY, "Bridge", sentences=STORY_SENTENCES)
    hit = Hit(Passage(1, article, 0, len(STORY), STORY_SENTENCES), 1, 1.0, 0.5)
    return [Reading(hit, (Span(int(span[0]), int(span[1]), 3.0),), evidence)]


BY_EVIDENCE = PLAIN.model_copy(
    update={
        "fitted_quotes": QuotesCalibration(
            sentence=Regression(weights={"evidence": 1.0}, bias=0.0),
            answer=Regression(weights={"best": 1.0}, bias=0.0),
            threshold=0.3,
        )
    }
)
"""PLAIN, with quotes chosen by the evidence of a sentence. The best sentence's evidence is the confidence."""


def test_an_unsure_candidate_is_no_short_answer_but_the_quotes_that_tell_it_are_shown() -> None:
    readings = [
        replace(each, spans=(Span(17, 21, -1.0),)) for each in story(17, 21, evidence=(0.0, 0.4, 0.0, 0.3, 0.0))
    ]
    answer = answer_to("Why did the bridge fall?", readings, BY_EVIDENCE)
    assert [c.quote for c in answer.citations] == ["Rust had eaten its cables.", "Nobody had looked at the rust."]
    assert [c.number for c in answer.citations] == [1, 2]
    assert (answer.short_answer, answer.sources, answer.confidence) == (None, 0, 0.4)
    assert not answer_to("Why did the bridge fall?", readings, BY_EVIDENCE.with_threshold(0.41)).answered


def test_a_sure_candidate_is_quoted_though_a_better_span_of_its_sentence_misleads() -> None:
    text = "A painting by Eline Dahl was stolen by Aksel Bruun."
    places = (Sentence(0, len(text)),)
    article = Article("t", "t.txt", "h", text, "Theft", sentences=places)
    names = [text.index(name) for name in ("Eline Dahl", "Aksel Bruun")]
    spans = (Span(names[0], names[0] + 10, 4.0), Span(names[1], names[1] + 11, 3.0))
    stolen = Reading(Hit(Passage(1, article, 0, len(text), places), 1, 1.0, 0.5), spans, (0.9,))
    answer = answer_to("Who stole the painting?", [stolen])
    assert (answer.short_answer, answer.text) == ("Aksel Bruun", text)


def test_neighbouring_sentences_are_one_quote() -> None:
    answer = answer_to("What happened to the bridge?", story(0, 10, evidence=(0.5, 0.4, 0.0, 0.0, 0.3)), BY_EVIDENCE)
    assert [c.quote for c in answer.citations] == ["The bridge fell. Rust had eaten its cables.", "Trains ran on."]
    assert answer.short_answer is None


def test_a_sentence_that_points_back_is_quoted_with_the_one_before() -> None:
    answer = answer_to("What was the weather?", story(47, 53), PLAIN, only("Trains"))
    assert answer.citations[0].quote.startswith("Rust had eaten its cables. It rained.")


def said(text: str, words: str, name: str, published: str | None = None, group: int | None = None) -> Reading:
    """The reading of an article of one sentence. Names earlier in the alphabet get a higher score."""
    article = Article(
        name, f"{name}.txt", f"hash-{name}", text, name, published, sentences=(Sentence(0, len(text)),), group=group
    )
    hit = Hit(Passage(1, article, 0, len(text), article.sentences), 1, 1.0, 0.5)
    start = text.index(words)
    return Reading(hit, (Span(start, start + len(words), 5.0 - ord(name) / 100),), (0.9,))


SHARES = (
    said("Around 20% of the water is lost.", "20%", "a", "2024-03-02"),
    said("They lose a fifth of it.", "a fifth", "b", "2024-03-02"),
    said("Twenty per cent is lost, it said.", "Twenty per cent", "c", "2024-03-03"),
    said("It is 25 percent.", "25 percent", "d", "2024-03-03"),
)
HOW_MUCH = "What share of the water is lost?"


def test_sources_are_counted_by_what_they_say_and_each_is_cited() -> None:
    answer = answer_to(HOW_MUCH, SHARES)
    assert (answer.short_answer, answer.sources) == ("Around 20%", 3)
    assert [citation.short for citation in answer.citations] == ["Around 20%", "a fifth", "Twenty per cent"]
    (other,) = answer.other_answers
    assert (other.short_answer, other.sources, other.citations[0].number) == ("25 percent", 1, 4)
    assert "3 independent sources say “Around 20%”, 1 says “25 percent”." in str(answer)


def test_copies_of_one_text_are_one_source() -> None:
    copies = [said("Around 20% is lost.", "20%", name, group=7) for name in "ab"]
    answer = answer_to(HOW_MUCH, [*copies, SHARES[2]])
    assert (answer.sources, [citation.article_id for citation in answer.citations]) == (2, ["a", "c"])


def test_one_source_alone_is_not_counted_aloud() -> None:
    answer = answer_to(HOW_MUCH, SHARES[:1])
    assert answer.sources == 1
    assert "independent" not in str(answer)


def toll(*told: tuple[str, str | None]) -> list[Reading]:
    """Articles of different days that say how many people were killed."""
    names = "abcdef"
    return [said(f"The storm killed {n} people.", n, name, day) for name, (n, day) in zip(names, told, strict=False)]


def test_a_value_that_changed_is_shown_by_the_articles_dates_oldest_first() -> None:
    told = toll(("19", "2024-05-12"), ("12", "2024-05-06"), ("15", "2024-05-08"), ("12", "2024-05-05"))
    answer = answer_to("How many people were killed?", told)
    cited = {c.number: c for c in (*answer.citations, *(c for o in answer.other_answers for c in o.citations))}
    assert [(cited[n].published, cited[n].short) for n in answer.timeline] == [
        ("2024-05-05", "12"),
        ("2024-05-08", "15"),
        ("2024-05-12", "19"),
    ]
    assert "oldest first" in str(answer)


def test_values_said_side_by_side_in_turns_or_without_a_date_are_no_change() -> None:
    for told in (
        toll(("19", "2024-05-07"), ("12", "2024-05-06")),
        toll(("19", "2024-05-12"), ("12", "2024-05-06"), ("19", "2024-05-01")),
        toll(("19", "2024-05-12"), ("12", None)),
        toll(("19", "2024-05-12"), ("12", "2024-05")),
        toll(("19", "2024-05-12"), ("19", "2024-05-01")),
    ):
        assert answer_to("How many people were killed?", told).timeline == ()


def test_a_number_is_shown_with_the_words_that_bound_it() -> None:
    told = [said("At least 400 soldiers will be sent.", "400", "a"), said("They sent 400.", "400", "b")]
    answer = answer_to("How many soldiers will be sent?", told)
    assert (answer.short_answer, answer.sources) == ("At least 400", 1)
    assert answer.other_answers == ()


def test_an_exact_number_goes_before_a_vague_one() -> None:
    vague = said("They stole the data of tens of millions of people.", "tens of millions", "a")
    exact = said("They stole the data of roughly 45 million people.", "45 million", "b")
    assert answer_to("How many people's data did they steal?", [vague, exact]).short_answer == "roughly 45 million"
    alone = answer_to("How many people's data did they steal?", [vague])
    assert alone.short_answer == "tens of millions"


def test_what_is_left_open_and_a_number_among_names_stand_in_their_sentences() -> None:
    told = said("The court has to decide whether the law holds.", "whether the law holds", "a")
    left_open = answer_to("What did the court decide about the law?", [told])
    assert (left_open.short_answer, left_open.text) == (None, "The court has to decide whether the law holds.")
    told = said("The 195 countries that signed the treaty met.", "195", "a")
    assert answer_to("Which countries signed the treaty?", [told]).short_answer is None
    assert answer_to("How many countries signed the treaty?", [told]).short_answer == "195"


def test_of_a_row_with_several_cells_all_is_shown_and_of_a_pair_its_cell() -> None:
    row = answer_to("How much?", [said("Schools | 410 million | 455 million", "410 million", "a")])
    assert (row.short_answer, row.text) == (None, "Schools | 410 million | 455 million")
    pair = answer_to("How long?", [said("| Harbour | 2 hours |", "2 hours", "a")])
    assert (pair.short_answer, pair.text) == ("2 hours", "| Harbour | 2 hours |")


def test_a_candidate_is_weighed_against_the_best_that_says_something_else() -> None:
    says_oman, says_two_hundred, oman_elsewhere = (0, 4, 3.0), (25, 36, 1.0), (0, 4, 2.5)
    readings = [reading(says_oman, says_two_hundred), reading(oman_elsewhere, article_id="b", rank=2)]
    ranked = rank_candidates(material("q", readings))
    assert [candidate.signals.margin for candidate in ranked] == [2.0, 1.5, -2.0]
    (alone,) = rank_candidates(material("q", [reading(says_oman)]))
    assert alone.signals.margin == FAR


def test_the_first_of_both_rankings_counts_fully() -> None:
    first = reading((0, 4, 3.0))
    first = replace(first, hit=replace(first.hit, score=2 / 61))
    (candidate,) = rank_candidates(material("q", [first]))
    assert math.isclose(candidate.signals.fused, 1.0)


def test_where_a_sentence_answers_all_its_spans_count() -> None:
    """Why: 30 % of all begins in the sentence and half is no answer, whatever its best span has by itself."""
    spread = reading((0, 4, -3.0))
    spread = Reading(spread.hit, spread.spans, (0.3, 0.2, 0.0))
    (why,) = rank_candidates(material("Why did they talk?", [spread]))
    (who,) = rank_candidates(material("Who mediated?", [spread]))
    assert math.isclose(why.signals.score, math.log(0.3 / 0.5))
    assert who.signals.score == -3.0


def test_quotes_other_answers_and_near_misses_are_as_many_as_the_settings_say() -> None:
    sentences = [reading((0, 23, 3.0), article_id=name, rank=rank) for rank, name in enumerate("abcde", start=1)]
    for most in (1, 4):
        answer = answer_to("q?", sentences, settings=AnswerSettings(citations=most))
        assert len(answer.citations) == most
    assert len(answer_to("q?", sentences).citations) == 5
    assert answer_to(HOW_MUCH, SHARES, settings=AnswerSettings(other_answers=0)).other_answers == ()
    assert len(answer_to(HOW_MUCH, SHARES).other_answers) == 1
    strict = PLAIN.with_threshold(1.0)
    for most in (0, 1, 4):
        answer = answer_to("q?", sentences, strict, settings=AnswerSettings(near_misses=most))
        assert [miss.number for miss in answer.near_misses] == list(range(1, most + 1))
    assert len(answer_to("q?", sentences, strict).near_misses) == 5


def test_the_items_of_a_list_stand_side_by_side_and_compete_with_none() -> None:
    one = reading((0, 4, 3.0), article_id="a")
    other_text = TEXT.replace("Oman", "Iraq")
    other = reading((0, 4, 2.0), article_id="b", text=other_text, rank=2)
    answer = answer_to("Which countries mediated the talks?", [one, other])
    assert (answer.form, answer.short_answer) == ("list", "Oman")
    assert [item.short_answer for item in answer.other_answers] == ["Iraq"]
    assert "Also named: Iraq" in str(answer) and "source" not in str(answer)
    alone = answer_to("Which countries mediated the talks?", [one, other], settings=AnswerSettings(items=1))
    assert alone.other_answers == ()


def test_quotes_that_are_not_sure_enough_stand_first_among_the_near_misses() -> None:
    answer = answer_to("q?", [reading((0, 4, -9.0), article_id="a"), reading((25, 36, -9.5), article_id="b", rank=2)])
    assert not answer.answered
    assert [miss.number for miss in answer.near_misses] == list(range(1, len(answer.near_misses) + 1))
    only = AnswerSettings(near_misses=1)
    fewer = answer_to("q?", [reading((0, 4, -9.0)), reading((25, 36, -9.5), article_id="b", rank=2)], settings=only)
    assert {miss.article_id for miss in fewer.near_misses} == {"a"}


def test_an_outdated_value_is_not_the_latest() -> None:
    old = dated(reading((0, 4, 3.0), article_id="a"), "2020-01-01")
    new = dated(
        reading((0, 23, 0.5), article_id="b", text="Iraq has the lead today." + TEXT[24:], rank=2), "2020-02-01"
    )
    asked = "Which country is the latest mediator of the talks?"
    assert answer_to(asked, [old]).short_answer == "Oman"
    both = answer_to(asked, [old, new])
    assert both.short_answer is None
    assert next(citation.published for citation in both.citations) == "2020-02-01"


def test_of_a_number_that_rises_from_article_to_article_the_newest_goes_first() -> None:
    def told(*days: tuple[str, str | None], question: str = "How many boats sank?") -> list[str | None]:
        names = zip("abc", days, strict=False)
        answer = answer_to(question, [said(f"{n} boats sank in May 2025.", n, name, day) for name, (n, day) in names])
        return [answer.short_answer, *(other.short_answer for other in answer.other_answers)]

    assert told(("Five", "2025-03-05"), ("Nine", "2025-03-11")) == ["Nine", "Five"]
    assert told(("Five", "2025-03-05"), ("Nine", "2025-03-11"), ("Two", "2025-03-03")) == ["Nine", "Five", "Two"]
    # It fell, it is of the same day, years lie between, a date is missing, or a time is asked for.
    assert told(("Nine", "2025-03-05"), ("Five", "2025-03-11"))[0] == "Nine"
    assert told(("Five", "2025-03-05"), ("Nine", "2025-03-05"))[0] == "Five"
    assert told(("Five", "2019-03-05"), ("Nine", "2025-03-11"))[0] == "Five"
    assert told(("Five", None), ("Nine", "2025-03-11"))[0] == "Five"
    asked = "How many boats sank in May 2025?"
    assert told(("Five", "2025-06-05"), ("Nine", "2025-06-11"), question=asked)[0] == "Five"


def test_a_rising_number_goes_first_only_if_it_is_likely_and_no_fewer_sources_give_it() -> None:
    older = [said("Five boats sank.", "Five", name, "2025-03-05") for name in ("a", "b")]
    newer = said("Nine boats sank.", "Nine", "c", "2025-03-11")
    assert answer_to("How many boats sank?", [*older, newer]).short_answer == "Five"
    unlikely = replace(newer, spans=tuple(replace(span, score=-0.2) for span in newer.spans))
    assert answer_to("How many boats sank?", [older[0], unlikely]).short_answer == "Five"


def test_keywords_that_ask_for_no_value_get_no_short_answer() -> None:
    spans = [reading((0, 4, 3.0))]
    assert [answer_to(words, spans).short_answer for words in ("talks mediator", "timeline of the talks")] == [
        None,
        None,
    ]
    assert answer_to("Who mediated the talks?", spans).short_answer == "Oman"
    assert all(answer_to(words, spans).answered for words in ("talks mediator", "timeline of the talks"))
