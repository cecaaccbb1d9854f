"""The page's own text in English: the list of articles and the article that is read."""

from __future__ import annotations

from rag_ui.language.part_words import ListWords, ReadingWords

LIST = ListWords(
    find_name="{list}: find a name",
    named="People and places",
    people="People that these articles name most",
    places="Places that these articles name most",
    only_naming="Only articles that name {name}",
    undated="and {number} without a date",
)

READING = ReadingWords(
    find="Find in this article",
    find_words="Words in this article",
    found="{number} of {count}",
    not_found="Not in this article",
    next_place="Next place",
    previous_place="Previous place",
    close_find="Close the box that finds words",
    quotes=("{number} quote from it in this conversation", "{number} quotes from it in this conversation"),
    correct="Edit details",
    correct_note=(
        "Searches, new answers and their references will have what you write here; answers that are already shown keep "
        "what they have. The article’s file and its text stay as they are."
    ),
    title="Title",
    date="Date",
    date_note="2025-04-12, 2025-04 or 2025; empty if it has none",
    source="Source",
    save="Save details",
    cancel="Cancel",
    in_file="Its file has: {details}",
    undated="no date",
    no_source="no source",
    bring_back="Bring back what the file has",
    saving="Saving…",
    corrected="The details are saved.",
    brought_back="The article has what its file has again.",
    correcting_failed=("This did not work because of a fault in the program: try again, and report it if it goes on."),
)
