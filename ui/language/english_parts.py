"""The page's own text in English: the texts of its parts. `german_parts` has the same in German."""

from __future__ import annotations

from rag_ui.language.part_words import (
    AddingWords,
    AskingWords,
    CardWords,
    ConversationWords,
    DisplayWords,
    MarkWords,
    OpeningWords,
    ReferenceWords,
    StartWords,
)

CARD = CardWords(
    more_sources=("{number} more source", "{number} more sources"),
    more_quotes=("{number} more quote", "{number} more quotes"),
    more_passages=("{number} more passage", "{number} more passages"),
    more_authors="{names} and {number} more",
    day_meant="{date}, by the article’s date",
    told="As the articles tell it",
    denying="Quotes that deny or doubt it",
    other_quotes="Other quotes",
    nothing_of_side="No quote is about this side alone.",
    undated="Without a date",
)

OPENING = OpeningWords(
    behind="About",
    glance="The archive at a glance",
    nothing="When there are articles, this shows how many, from when, the newest ones, and whom they name.",
    newest="Newest articles",
    sources="Most articles come from",
    only_source="Ask only articles from {source}",
    most="Most in {period}",
    people="Most named people",
    places="Most named places",
)

ASKING = AskingWords(
    stages={
        "searching": "Searching and reading {articles}…",
        "checking": "Checking each quote in its article…",
        "suggesting": "No answer was found. Looking for questions that the articles answer…",
    },
    stop="Stop",
    stopped="Stopped. Edit the question to ask it again.",
    editing="You are editing an earlier question. Its answer will be replaced.",
    cancel="Cancel",
    undo_edit="Undo the edit",
    next="Asked next",
    take_out="Do not ask: {question}",
    keys="Keys",
    key_names={
        "/": "Go to the question box (also Ctrl K)",
        "↑": "Bring back your last question, in the empty box",
        "Enter": "Ask",
        "Shift Enter": "Start a new line",
        "Esc": "Close what is open",
        "Ctrl F": "Find words in the open article, when the focus is in it",
        "?": "Show these keys",
    },
)

ADDING = AddingWords(
    drop="Drop to add to the archive",
    drop_where="Files and folders are copied to the archive’s machine and read there.",
    waiting_files=("{number} more file waits until this is done.", "{number} more files wait until this is done."),
    address="Address of a page or feed",
    address_note=(
        "The archive’s machine will fetch this one address from the internet, once. Of a page it fetches the page "
        "alone; nothing of the archive is sent."
    ),
    fetch="Fetch and add",
    no_address="This is not an address: give one that begins with http:// or https://",
    no_fetching="This archive fetches no addresses: download the page, and add it as a file",
    pages=("{number} page", "{number} pages"),
    more_articles=("{number} more article", "{number} more articles"),
    undo="Undo all of this",
    undo_until="Possible until the archive changes again.",
    undo_late="The archive has changed since, so this can’t be undone at once: remove the articles one by one.",
    undone="Undone. The archive answers as it did before.",
    out_again=("{number} article is no longer in it.", "{number} articles are no longer in it."),
    older_back="The older edition is in it again.",
    not_deleted="Not deleted, so the next update adds them again: {files}",
)

MARKS = MarkWords(
    pin="Pin",
    pinned="Pinned answers",
    note="Note",
    note_quote="Note beside quote {number}",
    your_note="Your note",
    saved_note="Note by the reader, not from the article",
    where="In your own words: no answer quotes it. This browser keeps it with the conversation, and saves it with it.",
)

REFERENCES = ReferenceWords(
    cite="Cite",
    cite_quote="Cite quote {number}",
    styles={
        "footnote": "Quote with footnote",
        "chicago": "Reference: Chicago",
        "apa": "Reference: APA",
        "bibtex": "Reference: BibTeX",
        "csl": "Reference: CSL-JSON",
    },
)

CONVERSATIONS = ConversationWords(
    list="Conversations",
    search="Words of the questions",
    found="{found} of {every} conversations",
    none_found="No conversation has these words.",
    count_questions=("{number} question", "{number} questions"),
    rename="Rename",
    rename_this="Rename: {name}",
    name="Name of the conversation",
    delete="Delete",
    delete_this="Delete: {name}",
    deleted="Deleted: {name}",
    where=(
        "The newest {most} are kept, in this browser alone. When there is no more room, the oldest without a pinned "
        "answer is removed, and the page says so."
    ),
    pushed_out="No longer kept, because there was no more room: {names}",
    save_it="Save it",
    not_kept="The browser’s storage has no room for this conversation: save it as a file, or delete older ones.",
    lost=(
        "{number} answer is not shown, because the archive no longer has its quotes. The list keeps it.",
        "{number} answers are not shown, because the archive no longer has their quotes. The list keeps them.",
    ),
    all_lost="This conversation can’t be shown, because the archive no longer has its quotes.",
    save="Save",
    saves={"word": "Word, with footnotes", "markdown": "Markdown", "json": "JSON, with everything"},
)

DISPLAY = DisplayWords(
    display="Display",
    theme="Theme",
    themes={"system": "As the system", "light": "Light", "dark": "Dark"},
    size="Text size",
    sizes={"usual": "Usual", "large": "Large", "largest": "Very large"},
)

START = StartWords(
    collections="Collections",
    ask="Ask all collections",
    open="Ask it in {name}, and read the articles",
    none="There is no collection here that you may see.",
)
