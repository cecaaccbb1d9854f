"""What an answer card says about several sources, and about missing facts."""

from __future__ import annotations

from rag.core.schema import Answer, OtherAnswer
from rag_ui.chat.card import Cards
from rag_ui.language.strings import ENGLISH, GERMAN
from tests.ui.answers import CITATION, Markup, answered

CARDS = Cards(ENGLISH)


def test_sources_are_counted_and_a_value_that_changed_is_shown_by_date() -> None:
    earlier = CITATION.model_copy(update={"number": 2, "published": "2024-01"})
    other = OtherAnswer(short_answer="two rooms", confidence=0.5, citations=(earlier,))
    fields = {"short_answer": "Badr al-Busaidi", "sources": 3, "other_answers": (other,), "timeline": (2, 1)}
    markup = Markup(CARDS.answer_card(answered(**fields)))
    assert "3 independent sources sayBadr al-Busaidi" in markup.text
    assert "One source saystwo rooms" in markup.text
    assert markup.text.index("January 2024") < markup.text.rindex("April 2025")
    assert ENGLISH.words.timeline in markup.text


def test_where_one_source_says_it_the_card_says_so_and_nothing_where_nobody_counted() -> None:
    assert ENGLISH.sources(1) in CARDS.answer_card(answered(short_answer="Badr al-Busaidi", sources=1))
    assert "sources" not in CARDS.answer_card(answered())


def test_what_could_be_asked_instead_and_where_the_text_breaks_off_is_said() -> None:
    broken = CITATION.model_copy(update={"breaks_off": True})
    fields = {"question": "?", "status": "no_answer", "reason": "breaks_off", "generation": 1}
    answer = Answer.model_validate({**fields, "near_misses": (broken,), "ask_instead": ("Who shook hands?",)})
    markup = Markup(CARDS.answer_card(answer))
    assert "Who shook hands?" in markup.text
    assert ENGLISH.words.breaks_off in markup.text


def test_several_questions_stand_with_their_answers_and_small_talk_without_a_headline() -> None:
    silent = Answer(question="Who paid?", status="no_answer", reason="not_said", generation=1)
    parts = (answered(question="Who mediated?", short_answer="Badr al-Busaidi"), silent)
    markup = Markup(CARDS.answer_card(answered(question="Who mediated? Who paid?", form="several", parts=parts)))
    text = markup.text
    assert text.index("Who mediated?") < text.index("Badr al-Busaidi") < text.index("Who paid?")
    assert ENGLISH.words.not_said in text[text.index("Who paid?") :]
    hello = Answer(question="Hello", status="no_answer", form="small_talk", reason="small_talk", generation=1)
    said = Markup(CARDS.answer_card(hello)).text
    assert ENGLISH.words.reasons["small_talk"] in said and ENGLISH.words.not_said not in said


def test_the_items_of_a_list_are_no_different_answers() -> None:
    other = OtherAnswer(short_answer="two rooms", confidence=0.5, citations=(CITATION,))
    text = Markup(CARDS.answer_card(answered(form="list", short_answer="one room", other_answers=(other,)))).text
    assert ENGLISH.side_by_side(2, "list") in text and ENGLISH.side_by_side(2, "fact") not in text


def test_a_relative_short_answer_stands_with_the_day_that_it_means() -> None:
    dated = CITATION.model_copy(update={"short_day": "2019-07-16"})
    answer = answered(short_answer="yesterday", citations=(dated,))
    assert "16 July 2019, by the article’s date" in Markup(CARDS.answer_card(answer)).text
    assert "16. Juli 2019, nach dem Datum" in Markup(Cards(GERMAN).answer_card(answer)).text
    assert "2019" not in Markup(CARDS.answer_card(answered(short_answer="yesterday"))).text
