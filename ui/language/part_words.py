"""The page's own text: the texts of its parts. `words` has those of the whole page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

Forms = tuple[str, str]
"""The form for the number one, and the form for all other numbers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CardWords:
    """The texts of an answer's quotes."""

    more_sources: Forms
    more_quotes: Forms
    more_passages: Forms
    more_authors: str
    day_meant: str
    told: str
    denying: str
    other_quotes: str
    nothing_of_side: str
    undated: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpeningWords:
    """The texts of the head of the page, and of the page before the first question."""

    behind: str
    glance: str
    nothing: str
    newest: str
    sources: str
    only_source: str
    most: str
    people: str
    places: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AskingWords:
    """The texts of asking: stages, stopping, editing, what is asked next, and the keys."""

    stages: Mapping[str, str]
    stop: str
    stopped: str
    editing: str
    cancel: str
    undo_edit: str
    next: str
    take_out: str
    keys: str
    key_names: Mapping[str, str]
    """What each key does, by its name as it stands on a keyboard."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AddingWords:
    """The texts of adding: what a drop does, an address, what was found in a file, and undoing."""

    drop: str
    drop_where: str
    waiting_files: Forms
    address: str
    address_note: str
    fetch: str
    no_address: str
    no_fetching: str
    pages: Forms
    more_articles: Forms
    undo: str
    undo_until: str
    undo_late: str
    undone: str
    out_again: Forms
    older_back: str
    not_deleted: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkWords:
    """The texts of pins, and of notes beside quotes."""

    pin: str
    pinned: str
    note: str
    note_quote: str
    your_note: str
    saved_note: str
    where: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingWords:
    """The texts of followed questions, and of what was reported of them."""

    tab: str
    lead: str
    none: str
    follow: str
    follow_note: str
    unfollow: str
    unfollow_this: str
    editors_only: str
    not_followed: str
    since: str
    nothing_reported: str
    kinds: Mapping[str, str]
    """Each kind of change (`rag.standing.results.ChangeKind`) as a sentence."""
    when: str
    before: str
    now: str
    also: str
    unanswered: str
    sources: Forms
    gone: Forms
    earlier: Forms
    new: str
    unread: Forms
    back: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonWords:
    """The texts of the page of a person. Of two forms that are no numbers, the second one names a subject."""

    open: str
    sides: str
    own: str
    others: str
    about: str
    any_subject: str
    show: str
    searching: str
    quoted: str
    reported: str
    found: Forms
    newest: str
    nearest: str
    nothing: tuple[str, str]
    nothing_of_others: tuple[str, str]
    changed: str
    same: Forms
    unclear: str
    unclear_of_others: str
    same_name: str
    meant: str
    more: str
    back: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftWords:
    """The texts of checking a draft. Verdicts and remarks are by their names in `rag.drafts.results`."""

    title: str
    close: str
    text: str
    where: str
    file: str
    reading: str
    not_read: str
    too_large: str
    check: str
    checking: str
    change: str
    save: str
    meaning: str
    nothing: str
    sentences: Forms
    verdicts: Mapping[str, str]
    instead: str
    missing: str
    remarks: Mapping[str, str]
    back: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceWords:
    """The texts of the menu that copies a quote's reference."""

    cite: str
    cite_quote: str
    styles: Mapping[str, str]
    """The style of a reference, by its name in `references`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversationWords:
    """The texts of the list of conversations, and of the menu that saves one."""

    list: str
    search: str
    found: str
    none_found: str
    count_questions: Forms
    rename: str
    rename_this: str
    name: str
    delete: str
    delete_this: str
    deleted: str
    where: str
    pushed_out: str
    save_it: str
    not_kept: str
    lost: Forms
    all_lost: str
    save: str
    saves: Mapping[str, str]
    """The kind of a file, by its name in `saving`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DisplayWords:
    """The texts of the menu for theme and text size. Their choices are by their names in `display`."""

    display: str
    theme: str
    themes: Mapping[str, str]
    size: str
    sizes: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class StartWords:
    """The texts of the start page of several collections, and of the way back to it."""

    collections: str
    ask: str
    open: str
    none: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingWords:
    """The texts of an open article: finding words in it, what was quoted from it, and correcting its details."""

    find: str
    find_words: str
    found: str
    not_found: str
    next_place: str
    previous_place: str
    close_find: str

    quotes: Forms

    correct: str
    correct_note: str
    title: str
    date: str
    date_note: str
    source: str
    save: str
    cancel: str
    in_file: str
    undated: str
    no_source: str
    bring_back: str
    saving: str
    corrected: str
    brought_back: str
    correcting_failed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ListWords:
    """The texts of the filters above the list of articles."""

    find_name: str
    """Finds a name among those that can be chosen, such as a source."""
    named: str
    people: str
    places: str
    only_naming: str
    undated: str
    """Stands below the bars, which count the articles by date."""
