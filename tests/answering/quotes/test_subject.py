"""Whether sentences are about what the question names."""

from __future__ import annotations

from rag.answering.candidates import rank_candidates
from rag.answering.quotes.ranking import RankedSentence, rank_sentences
from rag.answering.quotes.subject import is_about_another, on_subject
from rag.core.article import Article, Hit, Passage, Reading, Sentence, Span
from rag.text.segment import segment
from tests.composing import asked, material

TEXT = "Keller opened the bridge. It will stand, Keller said. It will fall, Moor said."
PLACES = (Sentence(0, 25), Sentence(26, 53), Sentence(54, 78))


def bridge() -> Reading:
    article = Article("a", "a.txt", "hash", TEXT, "Bridge", sentences=PLACES)
    return Reading(Hit(Passage(1, article, 0, len(TEXT), PLACES), 1, 1 / 61, 0.4), (Span(0, 6, 1.5),), (0.6, 0.1, 0.05))


def ranked(question: str, *readings: Reading) -> list[RankedSentence]:
    given = material(question, readings)
    return rank_sentences(given, rank_candidates(given))


def one_sentence(number: int, text: str) -> Reading:
    article = Article(text, f"{number}.txt", text, text, "News", sentences=segment(text))
    passage = Passage(number, article, 0, len(text), article.sentences)
    return Reading(Hit(passage, number, 1 / (60 + number), 0.4), (Span(0, 3, 1.0),), (0.5,))


def test_what_has_no_name_of_the_question_is_off_its_subject_if_something_has_one() -> None:
    found = ranked("Who opened the Osk bridge with Keller?", bridge())
    other = Article("b", "b.txt", "hash", "A mayor opened it.", "Pier", sentences=(Sentence(0, 18),))
    elsewhere = Reading(Hit(Passage(2, other, 0, 18, other.sentences), 2, 1 / 62, 0.4), (), (0.9,))
    question = "Who opened the Osk bridge with Keller?"
    both = ranked(question, bridge(), elsewhere)
    assert [one.text for one in on_subject(asked(question), both)] == [
        one.text for one in both if one.article.id == "a"
    ]
    assert len(both) == len(found) + 1
    nowhere = ranked("Who opened the pier of Mell?", elsewhere)
    assert on_subject(asked("Who opened the pier of Mell?"), nowhere) == nowhere


def test_the_name_of_a_speaker_is_no_subject_where_the_question_has_another() -> None:
    text = "Keller said that the fire in Osk was over."
    about = Article("o", "o.txt", "hash", text, "Fire", sentences=(Sentence(0, len(text)),))
    fire = Reading(Hit(Passage(3, about, 0, len(text), about.sentences), 2, 1 / 62, 0.4), (), (0.9,))
    for question, articles in (
        ("What did Keller say after the Osk fire?", {"o"}),
        ("What did Keller say?", {"a", "o"}),
        ("What did Keller say after the Mell fire?", {"a", "o"}),
    ):
        found = ranked(question, bridge(), fire)
        assert {one.article.id for one in on_subject(asked(question), found)} == articles


def test_what_was_read_is_about_another_thing_without_a_name_or_for_keywords_a_word_of_it() -> None:
    for question, other in (
        ("Who opened the pier of Mell?", True),
        ("Who opened the bridge with Keller?", False),
        ("asdf", True),
        ("keller bridge asdf", False),
        ("Who was the asdf?", False),  # another word may say the same
    ):
        found = ranked(question, bridge())
        assert is_about_another(asked(question), found) == other, question
    assert not is_about_another(asked("asdf"), [])


CAMP = "The Camp Fire killed 85 people in Paradise."
BOAT = "A fire on a boat killed six people."


def test_a_thing_that_is_named_in_full_is_meant_and_not_another_one_that_shares_a_word() -> None:
    question = "How many people did the Camp Fire kill?"
    found = ranked(question, one_sentence(1, CAMP), one_sentence(2, BOAT))
    assert [one.text for one in on_subject(asked(question), found)] == [CAMP]
    assert not is_about_another(asked(question), found)
    assert is_about_another(asked(question), ranked(question, one_sentence(1, BOAT)))


def test_initials_stand_for_a_name_and_abbreviations_may_be_written_in_another_way() -> None:
    for question, text in (
        ("How many people did the US Camp Fire kill?", CAMP),
        ("What did the United Nations Fire Council say?", "The U.N. Fire Council met after the camp."),
        ("Whom did the Federal Trade Commission fine?", "The commission, or FTC, fined the ferry."),
    ):
        assert not is_about_another(asked(question), ranked(question, one_sentence(1, text)))
