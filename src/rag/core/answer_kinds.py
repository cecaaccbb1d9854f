"""The kinds of answers, and the reasons why there is none."""

from __future__ import annotations

from typing import Literal

Status = Literal["answered", "no_answer"]
"""Whether the articles answer the question."""
Reason = Literal[
    "nothing_about_it",
    "not_said",
    "denied",
    "below_threshold",
    "breaks_off",
    "nothing_in_scope",
    "not_english",
    "small_talk",
]
"""Why there is no answer.

- `nothing_about_it`: no passage is about the question.
- `not_said`: passages are about the question, but none answers it.
- `denied`: the sentence that is most likely to answer denies or doubts what is asked.
- `below_threshold`: the confidence of the best candidate is below the threshold.
- `breaks_off`: the sentence that is most similar to the question breaks off in the text.
- `nothing_in_scope`: no article is in the scope of the question, so nothing was searched.
- `not_english`: the question is in another script than English, for which questions and answers are made.
- `small_talk`: the text asks nothing of the articles.
"""


AskedForm = Literal["fact", "said", "overview", "list", "timeline", "compare", "yes_no", "reason", "keywords"]
"""A form of an answer that may be asked for, whatever the question's words."""
Form = Literal[AskedForm, "count", "article", "several", "small_talk"]
"""The form of an answer.

- `fact`: a value, a name, a date, with the sentence that states it.
- `said`: someone's words, with the speaker.
- `overview`: what happened, or who or what something is, from several articles.
- `list`: items that the articles name. They need not be all.
- `timeline`: how something changed, or the latest of it.
- `compare`: both sides of a comparison.
- `yes_no`: the evidence for a yes and for a no.
- `reason`: why or how.
- `keywords`: words without a question; the best quotes about them.
- `count`: how many articles of the library mention something, with a sentence from each.
- `article`: a field of an article itself: its authors, its date, its publisher.
- `several`: several questions in one text, each with an answer of its own.
- `small_talk`: a greeting, thanks, or a question about the chat; there is no quote, but a line of help.
"""

REASONS: dict[Reason, str] = {
    "nothing_about_it": "Nothing in the articles is about this.",
    "not_said": "Passages come near it, but none says what is asked.",
    "denied": "The nearest sentence denies or doubts it.",
    "below_threshold": "The best candidate is too uncertain to be shown as an answer.",
    "breaks_off": "The text breaks off in the sentence that is nearest to the question.",
    "nothing_in_scope": "No article fits the time, the sources and the other filters.",
    "not_english": "Questions and answers are made for English. Please ask in English.",
    "small_talk": "Ask a question about the articles. Every answer is a quote from them, with its place.",
}
"""What a reader is told, by the reason."""
