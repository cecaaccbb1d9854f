"""The form of the answer follows from the question's words."""

from __future__ import annotations

from datetime import date

import pytest

from rag.core.schema import Form
from rag.question.form import form_of, headed_keywords
from rag.question.question import parse_question
from rag.question.speaker import speaker_in

QUESTIONS: list[tuple[str, Form]] = [
    ("How many ferries sank off Skye?", "fact"),
    ("What was the tally when the council voted on the harbour plan?", "fact"),
    ("Who was flying Otto Keller's balloon?", "fact"),
    ("Who won the race in Hull?", "fact"),
    ("What did Keller say about the bridge?", "said"),
    ("How did the mayor react to the ruling?", "said"),
    ("Who called the plan a disgrace?", "said"),
    ("Who said she had seen no finer harbour than this one?", "said"),
    ("What happened at the mill in Hull?", "overview"),
    ("Who is Otto Keller?", "overview"),
    ("Tell me about the ferry disaster.", "overview"),
    ("What is the Harbour Act?", "overview"),
    ("What is the EHA (Equal Harbours Act)?", "overview"),
    ("What is the toll?", "fact"),
    ("What is net fishing?", "fact"),
    ("What is harbour policy?", "overview"),
    ("What are sea defences?", "overview"),
    ("What is needed to sail?", "fact"),
    ("Summarise the inquiry into the fire", "overview"),
    ("What is known about the thief?", "overview"),
    ("Which countries signed the fishing treaty?", "list"),
    ("Who else resigned with Keller?", "list"),
    ("List the streets that were flooded.", "list"),
    ("What are the conditions of the lease?", "list"),
    ("Which boats in the harbour were damaged?", "list"),
    ("Which children were rescued?", "list"),
    ("Give me the names of the victims.", "list"),
    ("Name the mayor of Hull.", "fact"),
    ("Which species was found?", "fact"),
    ("Which US port closed first?", "fact"),
    ("What percentage of sailors can swim?", "fact"),
    ("Which tennis club bought the mill?", "fact"),
    ("Which city is the first on the list of ports?", "fact"),
    ("Which of the harbour's ferries sank?", "fact"),
    ("How did the number of missing sailors change?", "timeline"),
    ("What is the latest figure for the flood damage?", "timeline"),
    ("Which is longer, the bridge or the tunnel?", "compare"),
    ("Is the new ferry faster than the old one?", "compare"),
    ("Compare the new ferry and the old one.", "compare"),
    ("Who called for a strike?", "fact"),
    ("Who called the ferry a joke?", "said"),
    ("Did more people drown in the flood of 1953 than in the one of 1962?", "compare"),
    ("What was the height of the wave that hit more than 300 houses?", "fact"),
    ("Who paid for the bridge, which cost more than twice the price?", "fact"),
    ("Who won the Hull versus Osk game?", "fact"),
    ("How much higher was the toll than first reported?", "fact"),
    ("Which bridge is longer than the pier?", "fact"),
    ("Who, other than Keller, was on board?", "fact"),
    ("Who sold the mill rather than close it?", "fact"),
    ("Did the council close the mill?", "yes_no"),
    ("And was Keller among them?", "yes_no"),
    ("Why did the bridge fall?", "reason"),
    ("How could the thief escape?", "reason"),
    ("How do I add articles?", "small_talk"),
    ("Where can I export this conversation as a Word file?", "small_talk"),
    ("Can you list the articles about the ferry?", "yes_no"),
    ("How can I find the owner of the ferry?", "reason"),
    ("How did Keller add articles to the treaty?", "reason"),
    ("Does this work offline?", "small_talk"),
    ("How can I export this?", "small_talk"),
    ("How do I search for a phrase?", "small_talk"),
    ("How do I sign out?", "small_talk"),
    ("Where are the settings?", "small_talk"),
    ("Can we see it?", "yes_no"),
    ("Where is the ferry?", "fact"),
    ("ferry skye inquiry captain", "keywords"),
]


@pytest.mark.parametrize(("question", "form"), QUESTIONS)
def test_the_form_of_a_question(question: str, form: Form) -> None:
    assert form_of(question, speaker=speaker_in(question)) == form


@pytest.mark.parametrize(
    ("keywords", "form", "subject"),
    [
        ("timeline of the ferry strike", "timeline", "the ferry strike"),
        ("Timeline: ferry strike", "timeline", "ferry strike"),
        ("Harbour plan: timeline", "timeline", "Harbour plan"),
        ("ferry strike timeline", "timeline", "ferry strike"),
        ("the latest on the harbour plan", "timeline", "the harbour plan"),
        ("brief overview of the harbour plan", "overview", "the harbour plan"),
        ("list of the flooded streets", "list", "the flooded streets"),
        ("names of the victims", "list", "the victims"),
    ],
)
def test_keywords_may_name_a_form_in_front(keywords: str, form: Form, subject: str) -> None:
    parsed = parse_question(keywords, date(2024, 5, 1))
    assert (parsed.form, parsed.text, parsed.form_is_given) == (form, subject, True)
    assert parsed.wants_news is keywords.startswith("the latest")
    assert parsed.reworded(f"{subject} again").form == form


@pytest.mark.parametrize(
    "text",
    ["timeline", "background checks for captains", "list of", "What is the timeline of the strike?", ""],
)
def test_other_texts_name_no_form_in_front(text: str) -> None:
    assert headed_keywords(text) is None
