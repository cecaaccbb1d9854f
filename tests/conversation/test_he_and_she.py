"""Who is "he" and who "she" is taken from the articles of the conversation, where they tell it."""

from __future__ import annotations

from pathlib import Path

from rag.conversation.complete import Exchange, complete
from rag.core.article import Article
from rag.library import Library
from rag.text.segment import segment
from tests.libraries import write


def article(text: str) -> Article:
    return Article("a", "a.txt", "hash", text, "Title", sentences=segment(text))


def test_a_pronoun_is_never_a_person_of_the_other_sex() -> None:
    told = [article("Jirka Novak follows Dagny Rusk. Mr Rusk was tired. Ms Novak was not.")]
    asked = [Exchange("Whom did Jirka Novak follow?", "Dagny Rusk", ("Jirka Novak follows Dagny Rusk.",))]
    assert complete("How old is he?", asked, lambda: told).question == "How old is Dagny Rusk?"
    assert complete("How old is she?", asked, lambda: told).question == "How old is Jirka Novak?"
    alone = [Exchange("Who left the opera?", "Dagny Rusk")]
    assert "Rusk" not in complete("How old is she?", alone, lambda: told).question


def test_the_other_of_two_people_in_a_quote_may_be_meant() -> None:
    told = [article("Solvei Brandt and Ruben Tarkov run the mill. Ms Brandt paints. Mr Tarkov sings.")]
    for answer in ("Ruben Tarkov", "Solvei Brandt"):
        asked = [Exchange("Who runs the mill?", answer, (told[0].text[:44],))]
        assert complete("How old is she?", asked, lambda: told).question == "How old is Solvei Brandt?"
        assert complete("How old is he?", asked, lambda: told).question == "How old is Ruben Tarkov?"


def test_a_noun_for_a_woman_is_no_man() -> None:
    asked = [Exchange("When did the prince meet the actress?")]
    assert complete("Where is she from?", asked).question == "Where is the actress from?"
    assert complete("Where is he from?", asked).question == "Where is the prince from?"


def test_a_person_whose_sex_is_told_is_no_thing() -> None:
    asked = [Exchange("When did Dagny Rusk leave the opera?")]
    told = [article("Mrs Rusk left the opera.")]
    assert complete("When was it built?", asked, lambda: told).question.startswith("When was the opera built")


def test_the_library_reads_the_articles_that_the_conversation_cites(tmp_path: Path) -> None:
    write(
        tmp_path / "a.txt",
        "The judge, Mrs Ilvar, sent the thief Toma Selk to prison. Mr Selk got nine years. Mrs Ilvar is 60 years old."
        " Selk is 33 years old.",
    )
    with Library.open(tmp_path / "index", create=True) as library:
        library.update(tmp_path)
        first = library.answer("Which thief got nine years?")
        assert first.short_answer == "Toma Selk"
        he, she = (library.answer(f"How old is {word}?", history=[first]) for word in ("he", "she"))
        assert (he.standalone_question, he.short_answer) == ("How old is Toma Selk?", "33")
        assert (she.standalone_question, she.short_answer) == ("How old is Mrs Ilvar?", "60")
        elsewhere = first.model_copy(
            update={"citations": tuple(c.model_copy(update={"article_id": "f" * 12}) for c in first.citations)}
        )
        assert library.answer("How old is he?", history=[elsewhere]).standalone_question == "How old is Toma Selk?"


def test_a_question_about_her_is_not_answered_with_a_man(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", "The thief Toma Selk got nine years. Mr Selk is 33 years old. He was born in Osk.")
    with Library.open(tmp_path / "index", create=True) as library:
        library.update(tmp_path)
        first = library.answer("Which thief got nine years?")
        for question, known in (("How old is {}?", "33"), ("Where was {} born?", "Osk")):
            assert known in str(library.answer(question.format("he"), history=[first]).short_answer)
            assert not library.answer(question.format("she"), history=[first]).answered
            assert not library.answer(question.format("she")).answered
