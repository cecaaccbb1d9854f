from rag.core.article import Article, Passage
from rag.question.overlap import Overlap
from rag.question.question import asked_words
from rag.text.segment import segment

TEXT = "A choke point carries LNG. Around 30% of all gas passes this corridor. Iran exports oil."


def overlap(question: str) -> Overlap:
    sentences = segment(TEXT)
    article = Article("a", "a.txt", "h", TEXT, "Iran and the strait", sentences=sentences)
    return Overlap(asked_words(question), Passage(1, article, 0, len(TEXT), sentences))


def test_coverage_is_the_share_of_the_questions_terms() -> None:
    found = overlap("How much LNG passes the choke point?")  # lng, pass, choke, point: one sentence holds each
    assert (found.coverage(0, 1), found.coverage(1, 2), found.coverage(2, 3)) == (0.75, 0.25, 0.0)
    assert found.coverage(0, 2) == 1.0


def test_a_pair_counts_the_sentence_before_and_the_title() -> None:
    assert overlap("How much LNG passes the choke point?").pair_coverage(1, 2) == 1.0
    assert overlap("Which strait?").pair_coverage(1, 2) == 1.0
    assert overlap("Which strait?").coverage(1, 2) == 0.0


def test_names_and_numbers_that_are_nowhere_are_missed() -> None:
    assert overlap("What does Iran export?").names_missing == 0.0
    assert overlap("What does Norway export?").names_missing == 1.0
    assert overlap("What did Iran export in 1979?").names_missing == 0.5
    assert overlap("what is exported?").names_missing == 0.0


def test_a_name_that_another_part_of_the_article_holds_is_somewhere() -> None:
    sentences = segment(TEXT)
    article = Article("a", "a.txt", "h", TEXT, "A strait", sentences=sentences)
    passage = Passage(1, article, 0, sentences[1].end, sentences[:2])
    found = Overlap(asked_words("What do Iran and Norway export?"), passage)
    assert (found.names_missing, found.names_nowhere) == (1.0, 0.5)


def test_acronyms_with_and_without_stops_are_one_name_and_a_piece_of_a_word_is_none() -> None:
    text = "The L.A. County board met. Lamps lit the hall of the island."
    sentences = segment(text)
    here = Passage(1, Article("a", "a.txt", "h", text, "The board", sentences=sentences), 0, len(text), sentences)
    assert Overlap(asked_words("Who leads the LA board?"), here).names_nowhere == 0.0
    assert Overlap(asked_words("Who leads the AMP board?"), here).names_nowhere == 1.0


def test_a_kind_is_unmet_where_nothing_of_it_is_there() -> None:
    assert overlap("How many ships?").kind_unmet("Iran exports oil.")
    assert not overlap("How many ships?").kind_unmet("Around 30% of all gas.")
    assert not overlap("What passes?").kind_unmet("Iran exports oil.")


def test_a_question_without_terms_covers_nothing() -> None:
    assert overlap("who is it?").coverage(0, 3) == 0.0
