"""Text that sites put around articles is left out of passages, and an article's own text is not mistaken for it."""

from __future__ import annotations

import pytest

from rag.text.boilerplate import is_boilerplate_line, is_standard_sentence
from rag.text.passages import split_passages
from rag.text.segment import segment

BODY = "The minister met her counterpart in Rome on Monday, and they talked for two hours."

AROUND = [
    "The Associated Press contributed to this report.",
    "Fox News' Jake Gibson and Adam Shaw contributed to this report.",
    "This story has been updated with additional details.",
    "A version of this story first appeared in CNN Business’ Before the Bell newsletter.",
    "The opinions expressed by columnists are their own and do not represent the views of Townhall.com.",
    "The views expressed in this commentary are her own.",
    "This is a rush transcript.",
    "Prices were accurate at the time this article was published but may change over time.",
    "Purchases you make through our links may earn us a commission.",
    "If you make a purchase by clicking one of the links, we may earn an affiliate fee.",
    "Reach her at jdoe@gazette.com and follow her on Twitter @jdoe.",
    "Consider supporting our journalism and become a digital subscriber today.",
    "You can subscribe to our print edition, ad-free app or electronic newspaper replica here.",
    "To get it in your inbox, sign up for free here.",
    "Daily updates: Get the Gazette's Daily Briefing in your inbox.",
    "You can unsubscribe at any time.",
    "Invalid email address.",
    "Please verify you're not a robot by clicking the box.",
    "We value your privacy.",
    "We and our 842 partners store and access information on a device, such as cookies.",
    "We will use the details you have shared to manage your newsletter subscription.",
    "By clicking “Accept all”, you agree to the storing of cookies on your device.",
    "You can change your preferences at any time by returning to this site.",
    "See our Privacy Policy for further details.",
    "Do not sell or share my personal information",
    "Please enable JavaScript to continue.",
    "1. How relevant is this ad to you?",
]
LINES = [
    "Skip advert",
    "REUTERS/Jane Doe",
    "| AP Photo",
    "Privacy Policy",
    "Hide Caption 2 of 21",
    "Photo",
    "Manage cookie settings",
]
SAID = [
    BODY,
    "Consider what happens when a new message arrives in your inbox.",
    "The agency contributed to the delay, the report said.",
    "We and our partners in the alliance will use every tool we have.",
    "The senator said that the views expressed by the party do not reflect those of its voters.",
    "The law lets people change their consent at any time, the court ruled.",
    "He told her to reach him at the office in the morning.",
    "The company may earn a billion dollars this year.",
    "Regulators fined the site for the use of cookies.",
    "The story was updated for a younger audience by the director.",
    "She asked readers to support the strike and the journalists behind it.",
]


@pytest.mark.parametrize("sentence", AROUND)
def test_standard_sentences_are_known_alone_and_in_a_paragraph(sentence: str) -> None:
    assert is_boilerplate_line(sentence)
    text = f"{BODY} {sentence}\n\n{sentence}\n\n{BODY}\n"
    kinds = {text[s.start : s.end]: s.kind for s in segment(text)}
    assert kinds[sentence] == "boilerplate"
    assert kinds[BODY] == "sentence"


@pytest.mark.parametrize("line", LINES)
def test_lines_by_themselves(line: str) -> None:
    assert is_boilerplate_line(line)
    assert not is_standard_sentence("Photo")


@pytest.mark.parametrize("sentence", SAID)
def test_what_articles_say_is_kept(sentence: str) -> None:
    assert not is_boilerplate_line(sentence)
    assert not is_standard_sentence(sentence)


def test_boilerplate_is_in_the_text_and_in_no_passage() -> None:
    text = "\n\n".join([BODY, *AROUND, *LINES, BODY])
    drafts = split_passages(text, segment(text), lambda texts: [len(t.split()) for t in texts], window=60)
    assert [text[draft.start : draft.end] for draft in drafts] == [BODY, BODY]
