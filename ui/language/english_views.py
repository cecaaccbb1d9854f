"""The page's own text in English: followed questions, the page of a person, checking a draft."""

from __future__ import annotations

from rag_ui.language.part_words import DraftWords, PersonWords, StandingWords

STANDING = StandingWords(
    tab="Followed",
    lead="Asked again whenever articles come, change or go. Everybody who uses this archive sees this list.",
    none=(
        "No question is followed. Press “Follow” below an answer, and this shows when the articles answer otherwise, "
        "or when a further source says the same."
    ),
    follow="Follow",
    follow_note="The question is asked again whenever articles come in; what changes stands under Followed.",
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

PERSON = PersonWords(
    open="All that {name} says in the articles",
    sides="Whose words",
    own="In their words",
    others="What others say about them",
    about="About",
    any_subject="any subject",
    show="Show",
    searching="Looking for what is said…",
    quoted="Quoted",
    reported="Reported in other words",
    found=("{number} statement, by the date of its article", "{number} statements, by the dates of their articles"),
    newest=": the newest of them",
    nearest=": the nearest to the subject",
    nothing=(
        "The articles attribute no words to {name}.",
        "The articles attribute no words about {subject} to {name}.",
    ),
    nothing_of_others=(
        "Nobody says anything about {name} in the articles.",
        "Nobody says anything about {name} and {subject} in the articles.",
    ),
    changed="Otherwise than on {date}: “{words}”, there “{before}”",
    same=(
        "The same words are in {number} more article: {names}",
        "The same words are in {number} more articles: {names}",
    ),
    unclear="These articles don’t tell which {name} says it",
    unclear_of_others="These articles don’t tell which {name} is meant",
    same_name="Others of this name",
    meant="Who is meant?",
    more="More statements",
    back="Back to the person",
)

DRAFT = DraftWords(
    title="Check a draft",
    close="Back to the questions",
    text="Your text",
    where="Each sentence is compared with the articles, at most {most} characters. Nothing of your text is stored.",
    file="Open a file",
    reading="Reading the file…",
    not_read="This file can’t be read as a text: copy the text into the field.",
    too_large="The file is too large: copy the text into the field.",
    check="Check",
    checking="Checked {done} of {every} sentences…",
    change="Change the text",
    save="Save as Word, with footnotes",
    meaning=(
        "“Stated” means that an article states it, not that it is true. “Not found” means that no article does, and "
        "not that it is false."
    ),
    nothing="The text has no sentence that states something.",
    sentences=("{number} sentence", "{number} sentences"),
    verdicts={
        "stated": "Stated",
        "stated_otherwise": "Stated otherwise",
        "partly": "Partly stated",
        "not_found": "Not found",
    },
    instead="For “{words}” the article has “{stated}”.",
    missing="Not there: {words}",
    remarks={
        "as_words_of": "The article gives it as someone’s words.",
        "hedged": "The article has it only as a plan, a possibility, a part or the like.",
        "unclear": "The article has these words, but perhaps says something else with them.",
        "denied_later": "The article takes it back.",
    },
    back="Back to the draft",
)
