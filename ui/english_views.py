"""The page's own text in English: followed questions."""

from __future__ import annotations

from .part_words import StandingWords

STANDING = StandingWords(
    tab="Followed",
    lead="Asked again whenever articles come, change or go. Everybody who uses this archive sees this list.",
    none=(
        "No question is followed. Press “Follow” below an answer, and this shows when the articles answer otherwise, "
        "or when a further source says the same."
    ),
    follow="Follow",
    unfollow="Follow no longer",
    unfollow_this="Follow no longer: {question}",
    editors_only="Only editors may follow questions: ask who runs this archive",
    not_followed="The question is not followed",
    since="Followed since {date}",
    nothing_reported="Nothing to report so far.",
    kinds={
        "answered": "The articles answer it now.",
        "unanswered": "The articles no longer answer it.",
        "changed": "The answer is another one.",
        "source": "A further source says so.",
        "contradiction": "A source says something else.",
    },
    when="{date}, {time}",
    before="Before",
    now="Now",
    also="Also said",
    unanswered="the articles don’t say",
    sources=("{number} source", "{number} sources"),
    gone=(
        "{number} quote of this report is no longer in the archive.",
        "{number} quotes of this report are no longer in the archive.",
    ),
    earlier=("{number} earlier report", "{number} earlier reports"),
    new="New",
    unread=("{number} new report", "{number} new reports"),
    back="Back to the followed questions",
)
