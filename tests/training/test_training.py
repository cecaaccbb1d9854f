"""Training data and training: edits keep offsets, negatives lack answers, and a killed run continues unchanged."""

from __future__ import annotations

import json
import lzma
import math
import random
from pathlib import Path

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer

from benchmarks.folds import is_kept
from rag.text.english.opposites import OPPOSITES
from training.checkpoint import Progress, latest_checkpoint, load_checkpoint, save_checkpoint
from training.data import ReadingExample, every_occurrence, load_unanswerable
from training.edits import EditSource, edit_question, negate, swap_antonym, swap_in_passage, swap_name, swap_number
from training.encoding import encode
from training.found import Sought, find_lacking
from training.model import base_model_folder, load_tokenizer
from training.news import WINDOW, cut_windows, quiz_windows
from training.objective import LONGEST_ANSWER, distillation_loss, reading_loss, shared_loss
from training.stream import MIXTURE, UNLABELLED, Drawn, ExampleStream, group_articles, near_paragraph
from training.surface import glue_sentences, retype_question

PARAGRAPHS = [
    "The Severn Bridge was opened by Queen Elizabeth in 1966. It replaced the Aust Ferry. The cost was £8 million.",
    "The Humber Bridge was opened in 1981. Its main span of 1,410 metres was the longest. Hull is to the north.",
    "The Forth Bridge was designed by John Fowler and Benjamin Baker in 1882. Workers from Hull painted it.",
]
QUESTIONS = [
    (0, "Who opened the Severn Bridge in 1966?", "Queen Elizabeth"),
    (0, "What did the Severn Bridge replace?", "the Aust Ferry"),
    (1, "When was the Humber Bridge opened?", "1981"),
    (1, "How long was the longest span in 1981?", "1,410 metres"),
    (2, "Who designed the Forth Bridge with Benjamin Baker?", "John Fowler"),
]


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return load_tokenizer(base_model_folder())


def make_examples() -> list[ReadingExample]:
    return [
        ReadingExample(
            str(number), question, PARAGRAPHS[place], tuple(every_occurrence(PARAGRAPHS[place], answer)), "Bridges"
        )
        for number, (place, question, answer) in enumerate(QUESTIONS)
    ]


def make_stream(seed: int = 1) -> ExampleStream:
    examples = make_examples()
    hard = [ReadingExample("none", "Who paid for the bridge?", PARAGRAPHS[0], (), "Bridges"), *examples]
    unknown = [ReadingExample("", "Which bridge is red?", PARAGRAPHS[2], ())]
    sources = {"squad": examples, "qed": examples, "shifts": examples, "hard": hard, "windows": unknown}
    return ExampleStream(sources, {"longest": ("shortest", "widest")}, seed)


def source_of(example: ReadingExample) -> EditSource:
    return EditSource(example.passage, example.answer_texts, ("Hull", "Forth Bridge", "John Fowler"), {})


def test_a_recovered_paragraph_that_may_be_wrong_is_left_out(tmp_path: Path) -> None:
    folder = tmp_path / "reading" / "train"
    folder.mkdir(parents=True)
    rows = [
        {"id": name, "question": "Who?", "context": "It ran.", "answers": [], "paragraph": how, "margin": margin}
        for name, how, margin in (("a", "pair", 0.0), ("b", "aligned", 0.5), ("c", "aligned", 0.0))
    ]
    with lzma.open(folder / "squad20_unanswerable.jsonl.xz", "wt") as file:
        file.writelines(json.dumps(row) + "\n" for row in rows)
    assert [example.identifier for example in load_unanswerable(tmp_path)] == ["a", "b"]


def test_every_occurrence_is_found_also_overlapping_ones() -> None:
    assert every_occurrence("aaa b aa", "aa") == [(0, 2), (1, 3), (6, 8)]
    assert every_occurrence("aaa", "") == []


@pytest.mark.slow
@given(st.lists(st.sampled_from(["One ran.", "Two", " ", '"No." Yes', "3. A", "ends."]), max_size=20), st.data())
def test_glued_passages_keep_their_answers(parts: list[str], data: st.DataObject) -> None:
    passage = " ".join(parts) + " "
    start = data.draw(st.integers(0, len(passage) - 1))
    end = data.draw(st.integers(start + 1, len(passage)))
    glued, moved = glue_sentences(passage, [(start, end)], random.Random(0), share=1.0)
    assert [glued[a:b] for a, b in moved] == [passage[start:end]]
    assert glued.replace(" ", "") == passage.replace(" ", "")


def test_gluing_deletes_spaces_between_sentences_only() -> None:
    glued, moved = glue_sentences("He ran. She sat. It is 3. p.", [(8, 11)], random.Random(0), share=1.0)
    assert (glued, glued[slice(*moved[0])]) == ("He ran.She sat.It is 3. p.", "She")


def test_retyped_questions_keep_their_words() -> None:
    question = "Who opened the Severn Bridge?"
    forms = {retype_question(question, random.Random(seed)) for seed in range(300)}
    assert forms == {question, "who opened the severn bridge", question.upper()}


def test_edits_do_what_their_names_say() -> None:
    example, rng = make_examples()[0], random.Random(0)
    source = source_of(example)
    swapped = swap_name(example.question, source, rng)
    assert swapped is not None
    assert "Severn Bridge" not in swapped
    assert "Elizabeth" not in swapped
    numbered = swap_number(example.question, source, rng)
    assert numbered is not None
    assert "1966" not in numbered
    assert swap_antonym("Who opened it first?", source, random.Random(0)) in {
        "Who closed it first?",
        "Who opened it last?",
    }
    assert negate("When did it open?", source, rng) == "When didn't it open?"
    assert negate("When didn't it open?", source, rng) == "When did it open?"
    changed = swap_in_passage(example.question, source, rng)
    assert changed is not None
    assert changed != example.passage
    assert "Queen Elizabeth" in changed


def test_antonyms_go_both_ways() -> None:
    assert len(OPPOSITES) > 240
    assert all(word in OPPOSITES[other] for word, others in OPPOSITES.items() for other in others)


@given(st.integers(0, 10_000), st.sampled_from(make_examples()))
def test_an_edited_question_differs(seed: int, example: ReadingExample) -> None:
    edited = edit_question(example.question, source_of(example), random.Random(seed))
    assert edited is not None
    assert edited[0] != example.question


def test_near_paragraphs_lack_the_answer() -> None:
    examples = make_examples()
    article = group_articles(examples)["Bridges"]
    for example in examples:
        for seed in range(20):
            paragraph = near_paragraph(example, article, random.Random(seed))
            assert paragraph is None or not any(text.lower() in paragraph.lower() for text in example.answer_texts)


def test_the_stream_holds_its_mixture_and_unanswerables_have_no_answer() -> None:
    stream = make_stream()
    drawn = [stream.draw(index) for index in range(200)]
    unanswerable = [one for one in drawn if not one.answers]
    assert sum(MIXTURE.values()) == 100
    made = [one for one in unanswerable if one.kind != "hard" and one.labelled]
    assert len(made) == 2 * MIXTURE["near"]
    assert all(one.kind not in {"squad", "qed", "shifts", "searched", "quiz"} for one in made)
    assert {one.lead for one in drawn} == {"", "Bridges."}
    assert {bool(one.answers) for one in drawn if one.kind == "hard"} == {True, False}
    assert {one.kind for one in drawn if not one.labelled} == UNLABELLED
    golds = {answer for _, _, answer in QUESTIONS}
    assert all(one.passage[start:end] in golds for one in drawn for start, end in one.answers)


def test_an_example_depends_on_seed_and_number_only() -> None:
    forward, backward = make_stream(), make_stream()
    numbers = range(0, 300, 7)
    assert [forward.draw(n) for n in numbers] == [backward.draw(n) for n in reversed(numbers)][::-1]
    assert [forward.draw(n) for n in numbers] != [make_stream(seed=2).draw(n) for n in numbers]


@given(st.integers(0, 500), st.integers(0, 120))
def test_crops_keep_the_answer(tokenizer: Tokenizer, seed: int, lead: int) -> None:
    passage = "horse, " * lead + "Grand Zebra " + "mule " * 150
    start = passage.index("Grand")
    drawn = Drawn("Which one?", passage, ((start, start + 11),), (start, start + 11), "squad")
    encoded = encode(drawn, tokenizer, random.Random(seed))
    ((first, last),) = encoded.spans
    assert tokenizer.decode(encoded.input_ids[first : last + 1]) == "grand zebra"
    assert encoded.second <= encoded.first <= first


def test_a_lead_is_read_before_the_passage_and_is_no_part_of_it(tokenizer: Tokenizer) -> None:
    drawn = Drawn("Which one?", "A zebra ran. It ate.", ((2, 7),), (2, 7), "squad", lead="Zebras at large.")
    encoded = encode(drawn, tokenizer, random.Random(0))
    ids = encoded.input_ids
    assert tokenizer.decode(ids[encoded.second : encoded.first]) == "zebras at large."
    assert tokenizer.decode(ids[encoded.first : -1]) == "a zebra ran. it ate."
    assert [tokenizer.decode(ids[first : last + 1]) for first, last in encoded.spans] == ["zebra"]


def test_what_nobody_labelled_has_no_spans_and_what_has_no_answer_has_the_first_place(tokenizer: Tokenizer) -> None:
    unknown = Drawn("Who?", "A zebra ran.", (), (2, 7), "windows", labelled=False)
    without = Drawn("Who?", "A zebra ran.", (), (2, 7), "near")
    assert [encode(each, tokenizer, random.Random(0)).spans for each in (unknown, without)] == [(), ((0, 0),)]


def uniform_loss(spans: list[tuple[int, int, int]], length: int, rows: int = 1) -> float:
    """The loss if all scores are 0. Rows without a span are not labelled."""
    zeros, readable = torch.zeros(rows, length), torch.ones(rows, length, dtype=torch.bool)
    gold = torch.tensor(spans)
    return float(reading_loss(zeros, zeros, readable, gold, torch.isin(torch.arange(rows), gold[:, 0])))


def test_the_loss_is_computed_where_the_scores_are() -> None:
    # Tensors on "meta" can't be mixed with the processor's tensors, like those on a GPU.
    scores = torch.zeros(2, 9, device="meta")
    readable = torch.ones(2, 9, dtype=torch.bool, device="meta")
    spans = torch.tensor([[0, 2, 3], [1, 0, 0]], device="meta")
    labelled = torch.ones(2, dtype=torch.bool, device="meta")
    assert reading_loss(scores, scores, readable, spans, labelled).device.type == "meta"
    assert distillation_loss(scores, scores, readable, 2.0).device.type == "meta"


def test_the_loss_worked_by_hand() -> None:
    # Three positions, all scores 0: starts and ends have likelihood 1/3 each. Pairs: (0, 0), (1, 1), (1, 2), (2, 2).
    separate, joint = 2 * torch.log(torch.tensor(3.0)), torch.log(torch.tensor(4.0))
    assert uniform_loss([(0, 1, 2)], 3) == pytest.approx(float((0.5 * separate + joint) / 2))
    # Two places of the answer: likelihoods 2/3, 2/3, 2/4.
    both = 0.5 * 2 * torch.log(torch.tensor(1.5)) + torch.log(torch.tensor(2.0))
    assert uniform_loss([(0, 1, 1), (0, 2, 2)], 3) == pytest.approx(float(both / 2))


def test_rows_that_nobody_labelled_do_not_count() -> None:
    assert uniform_loss([(1, 1, 2)], 3, rows=3) == pytest.approx(uniform_loss([(0, 1, 2)], 3))


def test_a_teachers_distribution_worked_by_hand() -> None:
    # Softened by 2, the teacher's 1/5 and 4/5 are 1/3 and 2/3, the student's are 1/2 each; the third place is not read.
    student = torch.tensor([[1.0, 1.0, 9.0]])
    teacher = torch.log(torch.tensor([[0.2, 0.8, 0.9]]))
    readable = torch.tensor([[True, True, False]])
    expected = (math.log((1 / 3) / (1 / 2)) / 3 + 2 * math.log((2 / 3) / (1 / 2)) / 3) * 4
    assert float(distillation_loss(student, teacher, readable, 2.0)) == pytest.approx(expected)
    assert float(distillation_loss(teacher, teacher, readable, 2.0)) == pytest.approx(0.0, abs=1e-6)


def shared(scores: list[list[float]], spans: list[tuple[int, int, int]], together: int) -> float:
    """The shared loss of rows whose start scores are these and whose end scores are 0. All places are read."""
    starts = torch.tensor(scores)
    return float(
        shared_loss(starts, torch.zeros_like(starts), torch.ones_like(starts).bool(), torch.tensor(spans), together)
    )


def test_the_loss_over_all_passages_worked_by_hand() -> None:
    # Two passages of two tokens behind position 0. Spans: (1, 1), (1, 2), (2, 2) in each, and "no answer" once.
    assert shared([[0, 0, 0], [0, 0, 0]], [(0, 1, 1), (1, 0, 0)], 2) == pytest.approx(math.log(7))
    # A gold place in both: two of seven. None in any: "no answer" is gold.
    assert shared([[0, 0, 0], [0, 0, 0]], [(0, 1, 1), (1, 2, 2)], 2) == pytest.approx(math.log(7 / 2))
    assert shared([[0, 0, 0], [0, 0, 0]], [(0, 0, 0), (1, 0, 0)], 2) == pytest.approx(math.log(7))
    # By the log-odds against its own "no answer": a passage with all scores higher by 5 counts as before.
    assert shared([[5, 5, 5], [0, 0, 0]], [(0, 1, 1), (1, 0, 0)], 2) == pytest.approx(math.log(7))
    # The mean over two questions.
    rows = [[0.0, 0.0, 0.0]] * 4
    gold = [(0, 1, 1), (1, 0, 0), (2, 1, 1), (3, 2, 2)]
    assert shared(rows, gold, 2) == pytest.approx((math.log(7) + math.log(7 / 2)) / 2)


def test_a_passage_that_only_sounds_like_the_question_costs_more_than_one_that_does_not() -> None:
    gold = [(0, 1, 1), (1, 0, 0)]
    assert shared([[0, 4, 0], [0, 9, 0]], gold, 2) > shared([[0, 4, 0], [0, -9, 0]], gold, 2) + 4


def test_a_gold_answer_longer_than_the_limit_still_counts() -> None:
    length = LONGEST_ANSWER + 10
    assert uniform_loss([(0, 1, length - 1)], length) < 10


def test_a_checkpoint_restores_weights_optimizer_and_progress(tmp_path: Path) -> None:
    def start() -> tuple[torch.nn.Module, torch.optim.Optimizer]:
        torch.manual_seed(0)
        model = torch.nn.Linear(3, 2)
        return model, torch.optim.AdamW(model.parameters(), lr=0.1)

    def learn(model: torch.nn.Module, optimizer: torch.optim.Optimizer, steps: int) -> None:
        for step in range(steps):
            optimizer.zero_grad()
            torch.autograd.backward(model(torch.full((1, 3), float(step + 1))).square().sum())
            optimizer.step()

    assert latest_checkpoint(tmp_path) is None
    model, optimizer = start()
    learn(model, optimizer, 3)
    save_checkpoint(tmp_path, model, {"a": torch.ones(1)}, optimizer, Progress(1, 2, 3.0))
    kept = save_checkpoint(tmp_path, model, {"a": torch.ones(1)}, optimizer, Progress(3, 48, 9.5))
    learn(model, optimizer, 2)

    again, again_optimizer = start()
    average: dict[str, torch.Tensor] = {}
    assert latest_checkpoint(tmp_path) == kept
    assert load_checkpoint(kept, again, average, again_optimizer) == Progress(3, 48, 9.5)
    learn(again, again_optimizer, 2)
    assert all(torch.equal(one, other) for one, other in zip(model.parameters(), again.parameters(), strict=True))
    assert torch.equal(average["a"], torch.ones(1))
    assert [folder.name for folder in tmp_path.glob("checkpoint-*")] == [kept.name]


def test_quiz_windows_hold_the_answer_and_are_not_the_quiz_itself() -> None:
    question = "Which bridge over the Humber opened in 1981?"
    row = {"question_id": "1", "question_sentence": question, "answer_text": ["Humber Bridge"]}
    story = (
        "The Humber Bridge opened in 1981.\n" + "It rained all week in Hull. " * 60 + "\nA bridge over the Ouse opened."
    )
    (found,) = quiz_windows(row, [question + " A. Forth Bridge B. Humber Bridge", story])
    assert found.passage.startswith("The Humber Bridge")
    assert found.answer_texts == ("Humber Bridge",)
    assert quiz_windows({**row, "answer_text": ["True"]}, [story]) == []


@pytest.mark.slow
@given(st.text(max_size=4000))
def test_windows_of_a_text_leave_nothing_out(text: str) -> None:
    windows = list(cut_windows(text))
    assert "".join("".join(window.split()) for window in windows) == "".join(text.split())
    assert all(len(window) <= WINDOW for window in windows)


def test_what_is_kept_aside_is_kept_by_article_and_by_date() -> None:
    assert is_kept({"question_date": "2024/01/05"}) and is_kept({"question_date": "2024-04-01"})
    assert not is_kept({"question_date": "2023/12/29"})
    titles = [f"Article {number}" for number in range(500)]
    share = sum(is_kept({"title": title}) for title in titles) / 500
    assert 0.3 < share < 0.5
    assert all(is_kept({"title": t}) == is_kept({"nq_annotated_gold": {"title": t}, "question": "q"}) for t in titles)


def test_found_passages_are_like_the_question_and_hold_no_word_of_its_answer() -> None:
    answering = "The chain Red Lobster filed for bankruptcy in May."
    partly = "Lobster restaurants filed for bankruptcy, one chain after another."
    lacking = "A restaurant chain filed for bankruptcy on Friday, the third this year."
    barred = "The restaurant chain has filed for bankruptcy and shuts its doors."
    far = "Rain is expected over the weekend."
    pool = (answering, partly, lacking, barred, far)
    sought = Sought("Which restaurant chain filed for bankruptcy?", ("Red Lobster",), frozenset({3}))
    found = find_lacking([sought], pool, each=1, seed=1)
    assert [(example.question, example.answers) for example in found] == [(sought.question, ())]
    assert {example.passage for example in find_lacking([sought], pool, each=2, seed=1)} == {lacking, far}


def test_a_number_is_an_answer_that_a_found_passage_may_not_hold() -> None:
    sought = Sought("How many days has 2024?", ("366",))
    assert not sought.lacks("The year 2024 has 366 days.")
    assert sought.lacks("A year has 365 days.")
