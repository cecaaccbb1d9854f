"""Builds the page: the chat on the left asks the library, and the reader on the right shows quotes in their articles.

The conversation is in `gr.State` on the server. No event takes the chat as its input, because a browser could then show
its own words as if they were from the articles.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import gradio as gr

from rag.core.environment import prepare_process
from rag.core.errors import RagError
from rag_ui import display
from rag_ui.adding import add_pane, adding, following
from rag_ui.archive.archive import Archive
from rag_ui.archive.masthead import Masthead
from rag_ui.articles import articles_pane, facets
from rag_ui.chat import asking, conversations, marking, saving
from rag_ui.chat.card import account_line
from rag_ui.chat.conversation import Meanwhile
from rag_ui.html.escaping import escape
from rag_ui.html.html_parts import plain, scripted
from rag_ui.language.strings import ENGLISH, Strings
from rag_ui.language.words import Words
from rag_ui.look import look
from rag_ui.reading import correcting, editing, reader_pane, removal
from rag_ui.start_page import start_line
from rag_ui.views import draft, person, standing
from rag_ui.views.opening import Opening
from rag_ui.web import server
from rag_ui.web.audit import AuditLog, note
from rag_ui.web.collections import collection_of
from rag_ui.web.faults import forgiving
from rag_ui.web.sign_in import account_of
from rag_ui.web.sweep import STATE_SECONDS
from rag_ui.web.uploads import upload_folder

if TYPE_CHECKING:
    from rag.ingest.watch import Follower
    from rag.library import Library

_LOOK_SECONDS = 5
"""Seconds between two checks of an open page for a new generation. A check takes the server milliseconds."""

_TELL_NEW_GENERATION = "() => document.dispatchEvent(new Event('new-generation'))"

_PREVIEW_SCRIPT = Path(__file__).with_name("preview.js")
_PREVIEW = (
    '<div class="preview" id="preview" role="tooltip" hidden><p class="preview-title" dir="auto"></p>'
    '<p class="preview-about"></p><p class="preview-quote" dir="auto"></p></div>'
)


def build_page(library: Library, follower: Follower | None = None, strings: Strings = ENGLISH) -> gr.Blocks:
    """Builds the page of a library, without serving it.

    Args:
        library: The library.
        follower: Follows folders, and gets a switch on the page; None for no switch.
        strings: The language.

    Returns:
        The page.
    """
    prepare_process()
    words = strings.words
    with gr.Blocks(
        title=words.title, fill_height=True, fill_width=True, analytics_enabled=False, delete_cache=(3600, 3600)
    ) as page:
        turns, scope, meanwhile = (gr.State(value, time_to_live=STATE_SECONDS) for value in ((), None, Meanwhile()))
        plain('<p role="alert"></p>', elem_id="notice")
        head, who = plain("", elem_id="masthead"), plain("", elem_id="account")
        with gr.Row(elem_id="desk"):
            with gr.Column(elem_id="conversation"):
                plain(f"<h2>{escape(words.welcome)}</h2>", elem_id="welcome")
                chat = _chat(strings)
                asker = scripted(asking.template(strings), asking.SCRIPT, elem_id="asker")
                chips = plain("", elem_id="scope")
                kept_list = conversations.template(library, strings)
                memory = scripted(kept_list, *conversations.SCRIPTS, elem_id="conversations")
                box = _question_box(words)
                opening = plain("", elem_id="opening")
                anew, saves = _tools(strings)
                glance_below = plain("", elem_id="glance-below")
                draft.build(draft.Drafts(library, strings), strings)
            with gr.Column(elem_id="reader-pane"):
                plain(f'<button type="button" class="sheet-close">{words.close}</button>', elem_id="sheet-bar")
                pane = _tabs(library, follower, strings)
        timer = gr.Timer(_LOOK_SECONDS)
        archive = Archive(library, strings)
        masthead = Masthead(archive, strings)
        generation = _wire_generations(page, masthead, (head, timer))
        begun = Opening(library, archive, strings)
        begun.wire(generation, chips, [turns, scope], [opening, glance_below, pane.glance])
        if follower is not None:
            following.wire(page, follower, pane.adds.switch, pane.adds.news, timer, strings=strings)
        desk = asking.Desk(page, turns, meanwhile, scope, chat, box, asker, anew, memory)
        ways = asking.Asking(library, strings)
        asking.wire(ways, desk)
        saving.wire(saves, turns, strings)
        standing.wire(standing.FollowedQuestions(library, strings), pane.followed, turns, page, timer)
        scripted(_PREVIEW, _PREVIEW_SCRIPT, elem_id="preview-card")
        chat_actions = scripted(marking.template(strings), *marking.SCRIPTS, elem_id="chat-actions")
        marking.wire(marking.Marking(ways), desk, chat_actions)
        editors = editing.Desk(library, strings, pane.reader, head, generation, masthead)
        _wire_pane(pane, editors, scope, chips)
        _wire_account(page, who, strings)
        gr.api(_answer_endpoint(library, strings), api_name="answer")
    page.process_api = forgiving(page.process_api)
    return page


def serve(library: Library, door: server.Door, open_browser: bool = False, follower: Follower | None = None) -> None:
    """Serves the page until it is interrupted, and prints its address.

    Args:
        library: The library.
        door: Address, port, accounts and language.
        open_browser: Whether to open the page in the browser.
        follower: Follows folders, and gets a switch on the page.

    Raises:
        RagError: If the address or the ports can't be used, or passwords are missing.
    """
    with upload_folder() as waiting:
        page = build_page(library, follower, door.strings)
        places = server.Places(adding.folder_of(library), waiting)
        audit = AuditLog.of(library.settings.audit, Path(library.status().folder))
        running = server.start(page, replace(door, audit=audit), library.settings.page, places, **look(door.strings))
        print(door.strings.words.serving.format(url=running.url), flush=True)
        running.wait(open_browser)


def _wire_account(page: gr.Blocks, who: gr.HTML, strings: Strings) -> None:
    """Shows the collection, if there are several, and who signed in, with the way out.

    For a reader, the style sheet hides what only editors may do.
    """

    def greet(request: gr.Request) -> Any:
        account, collection = account_of(request), collection_of(request.request.scope)
        shown = start_line(collection, strings) if collection else ""
        shown += account_line(account, strings) if account else ""
        return gr.update(value=shown) if shown else gr.skip()

    page.load(greet, None, who, **server.PRIVATE)


@dataclass(frozen=True, slots=True)
class _Pane:
    """The components beside the conversation."""

    glance: gr.HTML
    reader: gr.HTML
    articles: gr.HTML
    followed: gr.HTML
    adds: add_pane.Pane


def _tabs(library: Library, follower: Follower | None, strings: Strings) -> _Pane:
    """The glance, the reader and a person, the articles, the followed questions, and what adds articles, in tabs."""
    words = strings.words
    with gr.Tabs(elem_id="tabs"):
        with gr.Tab(words.tab_source, render_children=True):
            glance = plain("", elem_id="glance")
            reader = scripted(reader_pane.template(strings), *reader_pane.SCRIPTS)
            person.build(person.People(library, strings), strings)
        with gr.Tab(words.tab_articles, render_children=True):
            articles = scripted(articles_pane.template(strings), *articles_pane.SCRIPTS)
        with gr.Tab(words.standing.tab, render_children=True, elem_id="followed-tab"):
            followed = standing.build()
        adds = add_pane.build(strings, library.settings.page.addresses, follower)
    return _Pane(glance, reader, articles, followed, adds)


def _wire_pane(pane: _Pane, editors: editing.Desk, scope: gr.State, chips: gr.HTML) -> None:
    """Connects the reader, what changes an article, the list of articles, and what adds some."""
    library, strings, masthead = editors.library, editors.strings, editors.masthead
    reader_pane.wire(reader_pane.Reader(library, strings), pane.reader)
    removal.wire(removal.Removal(library, strings), editors)
    correcting.wire(correcting.Correcting(library, strings), editors)
    articles_pane.wire(articles_pane.Catalogue(library, strings), pane.articles, scope, chips, strings)
    facets.wire(facets.Facets(masthead.archive, strings), scripted("<div></div>", facets.SCRIPT, elem_id="facets"))
    additions = adding.Additions(library, strings)
    add_pane.wire(pane.adds, add_pane.make_cover(strings), additions, masthead, (editors.head, editors.generation))


def _chat(strings: Strings) -> gr.Chatbot:
    return gr.Chatbot(
        elem_id="chat",
        label=strings.words.conversation,
        show_label=False,
        container=False,
        layout="bubble",
        buttons=[],
        latex_delimiters=[],
        allow_tags=False,
        sanitize_html=True,
        group_consecutive_messages=False,
        feedback_options=None,
        autoscroll=False,
        height="100%",
    )


def _question_box(words: Words) -> gr.Textbox:
    return gr.Textbox(
        elem_id="question",
        label=words.question_label,
        show_label=False,
        container=False,
        placeholder=words.question_placeholder,
        lines=1,
        max_lines=5,
        submit_btn=words.ask,
        autofocus=True,
    )


def _tools(strings: Strings) -> tuple[gr.Button, gr.HTML]:
    """The row below the question box. Returns the button for a new conversation, and the menu that saves one."""
    words = strings.words
    with gr.Row(elem_id="tools"):
        anew = gr.Button(words.new_conversation, size="sm", elem_id="new-conversation")
        kept = gr.Button(words.conversations.list, size="sm", elem_id="show-conversations")
        saves = scripted(saving.template(strings), saving.SCRIPT, elem_id="save")
        scripted(display.template(strings), display.SCRIPT, elem_id="display")
        checks = gr.Button(words.draft.title, size="sm", elem_id="show-draft")
        keys = gr.Button(words.asking.keys, size="sm", elem_id="show-keys")
    kept.click(None, None, None, js=conversations.SHOW, **server.PRIVATE)
    checks.click(None, None, None, js=draft.SHOW, **server.PRIVATE)
    keys.click(None, None, None, js=asking.SHOW_KEYS, **server.PRIVATE)
    return anew, saves


def _wire_generations(page: gr.Blocks, masthead: Masthead, shown_in: tuple[gr.HTML, gr.Timer]) -> gr.HTML:
    """Updates the head of the page from the status, and the list of articles from the generation.

    Returns:
        The hidden component of the generation. An event that changes the library may set it.
    """
    head, timer = shown_in
    # A state that changes outside the queue sends no event, so the generation is a hidden component.
    generation = plain("", elem_id="generation")
    shown = [generation, head]

    # The browser sends what it shows: what the server sent last may have been lost, or overtaken on its way.
    def look(*before: str) -> Any:
        status = masthead.archive.library.status()
        now = status.state, masthead.render(status)
        # Updates instead of values: after a skip, Gradio would keep the whole component of a value in memory.
        return tuple(gr.skip() if old == new else gr.update(value=new) for old, new in zip(before, now, strict=True))

    page.load(look, shown, shown, **server.PRIVATE)
    timer.tick(look, shown, shown, queue=False, **server.PRIVATE)
    generation.change(None, None, None, js=_TELL_NEW_GENERATION, **server.PRIVATE)
    return generation


def _answer_endpoint(library: Library, strings: Strings) -> Any:
    def answer(question: str, request: gr.Request) -> dict[str, Any]:
        """Answers a question with quotes and their places, or says that the articles don't answer it.

        A `gradio_client.Client` treats every `path` as a file to fetch. Create it with `download_files=False`.
        """
        try:
            answered = library.answer(question).model_dump(mode="json")
        except RagError as error:
            note(request, "ask", status=422, question=question)
            raise gr.Error(strings.problem(error), print_exception=False) from error
        note(request, "ask", question=question)
        return answered

    return answer
