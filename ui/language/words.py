"""The page's own text. Each language gives a value for every field, and `Strings` fills in names and numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from rag.core.errors import Trouble
from rag_ui.language.part_words import (
    AddingWords,
    AskingWords,
    CardWords,
    ConversationWords,
    DisplayWords,
    DraftWords,
    Forms,
    ListWords,
    MarkWords,
    OpeningWords,
    PersonWords,
    ReadingWords,
    ReferenceWords,
    StandingWords,
    StartWords,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The texts of one language. Names in braces are filled in."""

    language: str
    thousands: str

    card: CardWords
    opening: OpeningWords
    additions: AddingWords
    asking: AskingWords
    marks: MarkWords
    standing: StandingWords
    person: PersonWords
    draft: DraftWords
    references: ReferenceWords
    conversations: ConversationWords
    display: DisplayWords
    list: ListWords
    reading: ReadingWords
    start: StartWords

    title: str
    tagline: str

    question_label: str
    question_placeholder: str
    ask: str
    conversation: str
    welcome: str
    examples: Forms
    looking_for_examples: str
    no_examples: str
    no_articles: str

    answer: str
    not_said: str
    near_misses: str
    not_an_answer: str
    other_answers: str
    different_answers: str
    items_named: str
    also_named: str
    ask_instead: str
    breaks_off: str
    timeline: str
    asked_of: str
    either: str
    both: str
    from_source: str
    in_section: str
    naming: str
    since_date: str
    until_date: str
    by_author: str
    count_mentions: Forms
    stated_fields: dict[str, str]
    mentions_in_all: Forms
    lift_filter: str
    understood_as: str
    read_as: str
    ask_exactly: str
    failed: str

    say: Forms
    said_by: str
    said_by_pronoun: str
    perhaps_said_by: str
    speaker_unknown: str
    guessed_speaker: str

    reasons: Mapping[str, str]
    confidence: Mapping[float, str]
    """A wording for each range of confidence, by the lowest confidence of the range, highest first."""
    confidence_meaning: str
    percent: str
    under_percent: str
    over_percent: str

    copy: str
    copied: str
    copy_link: str
    link_same: str
    link_differs: str
    ratings: Mapping[str, str]
    not_kept: str
    not_rated: str
    edit: str
    new_conversation: str
    new_short: str
    """What begins a new conversation, where there is little room."""

    reader: str
    reader_empty_title: str
    reader_empty: str
    shown_as: str
    show_citation: str
    edition_states: Mapping[str, str]
    citations: str
    back: str
    back_to_list: str
    close: str
    position: str
    previous: str
    previous_citation: str
    next: str
    next_citation: str
    original: str
    article_text: str
    bad_citation: str
    remove: str
    remove_question: str
    remove_now: str
    keep: str
    removing: str
    removed: str
    removed_copies: Forms
    undo: str
    returning: str
    returned: str
    returns_later: str
    removal_failed: str
    page: str
    place: str

    count_articles: Forms
    count_passages: Forms
    generation: str
    updating: str
    answered_by: str

    tab_source: str
    tab_articles: str
    articles: str
    search_articles: str
    search_placeholder: str
    source: str
    all_sources: str
    author: str
    all_authors: str
    section: str
    all_sections: str
    sort: str
    sorts: Mapping[str, str]
    since: str
    until: str
    over_time: str
    bar: str
    found: str
    found_none: str
    more_articles: str

    tab_add: str
    add_lead: str
    add_files: str
    drop_files: str
    adding: str
    files_done: Forms
    file_stages: Mapping[str, str]
    adding_failed: str
    follow: str
    followed: Mapping[str, Forms]
    embedding: str
    articles_added: Forms
    already_there: Forms
    files_skipped: Forms
    record: str
    problems: Mapping[Trouble, str]
    """A message for each reason of an error. Empty in English, because the library's own messages are English."""
    not_readable: str
    too_many_files: str
    no_room: str
    not_stored: str
    not_added: str
    was_removed: str

    password_first: str
    bad_auth: str
    auth_file: str
    password_needed: str
    user_name: str
    password: str
    sign_in: str
    sign_out: str
    signed_in: str
    roles: Mapping[str, str]
    wrong_password: str
    too_many_tries: str
    editors_only: str
    no_such_address: str
    no_proxy_address: str
    bad_root_path: str
    too_often: str
    not_found: str
    nothing_here: str
    other_site: str
    other_name: str
    bad_request: str
    cut_off: str
    too_large: str
    upload_too_large: str
    busy: str
    offline: str
    not_started: str
    port_in_use: str
    port_forbidden: str
    ports_in_use: str
    no_language: str
    serving: str

    months: tuple[str, ...]
    day_of_month: str
    month_of_year: str
    today: str
    yesterday: str
    this_month: str
    this_year: str
    ago: Mapping[str, Forms]
