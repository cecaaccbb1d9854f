"""The page, wired: the chat on the left asks the library, the reader on the right shows where a quote stands.

The conversation lives in `gr.State` on the server. No event takes the chat itself as its input: what a browser claims
was said would otherwise be shown as if the articles said it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import gradio as gr

from rag.errors import RagError

from . import card, conversation, reader_pane, server, strings
from .conversation import Turns
from .look import look

if TYPE_CHECKING:
    from rag.library import Library

_PRIVATE = {"api_visibility": "private", "show_progress": "hidden"}

_SCROLL_TO_QUESTION = """() => requestAnimationFrame(() => {
    const questions = document.querySelectorAll("#chat .question");
    questions[questions.length - 1]?.scrollIntoView({ block: "start" });
})"""


def build_page(library: Library) -> gr.Blocks:
    """The page over a library, not yet served."""
    with gr.Blocks(title=strings.TITLE, fill_height=True, fill_width=True, analytics_enabled=False) as page:
        turns = gr.State(())
        head = _html("", elem_id="masthead")
        with gr.Row(elem_id="desk"):
            with gr.Column(elem_id="conversation"):
                chat = _chat()
                box = _question_box()
            with gr.Column(elem_id="reader-pane"):
                reader = _html({}, html_template=reader_pane.TEMPLATE, js_on_load=reader_pane.SCRIPT.read_text("utf-8"))
        page.load(lambda: _masthead(library), None, head, **_PRIVATE)
        page.load(_examples(library), None, chat, **_PRIVATE)
        _wire_questions(library, turns, chat, box, head)
        _wire_citations(library, reader)
        gr.api(_answer_endpoint(library), api_name="answer")
    return page


def serve(library: Library, host: str = "127.0.0.1", port: int = 7860, open_browser: bool = False) -> None:
    """Serves the page until it is interrupted, and prints its address."""
    running = server.start(build_page(library), host, port, **look())
    print(strings.SERVING.format(url=running.url), flush=True)
    running.wait(open_browser)


def _html(value: Any, **options: Any) -> gr.HTML:
    """An HTML component without Gradio's own style and click handler."""
    return gr.HTML(value, **{"js_on_load": None, "apply_default_css": False, **options})


def _chat() -> gr.Chatbot:
    return gr.Chatbot(
        elem_id="chat",
        label=strings.CONVERSATION,
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
        placeholder=_placeholder(""),
    )


def _question_box() -> gr.Textbox:
    return gr.Textbox(
        elem_id="question",
        label=strings.QUESTION_LABEL,
        show_label=False,
        container=False,
        placeholder=strings.QUESTION_PLACEHOLDER,
        lines=1,
        max_lines=5,
        submit_btn=strings.ASK,
        autofocus=True,
    )


def _wire_questions(library: Library, turns: gr.State, chat: gr.Chatbot, box: gr.Textbox, head: gr.HTML) -> None:
    def ask(question: str, so_far: Turns) -> Iterator[tuple[Any, ...]]:
        searching = conversation.begin(so_far, question)
        yield searching, _messages(library, searching), "", gr.skip()
        settled = conversation.settle(library, searching)
        # The box is left alone at the end, so that what was typed meanwhile stays.
        yield settled, _messages(library, settled), gr.skip(), _masthead(library)

    def ask_example(so_far: Turns, event: gr.SelectData) -> Iterator[tuple[Any, ...]]:
        yield from ask(event.value["text"], so_far)

    shown = [turns, chat, box, head]
    box.submit(ask, [box, turns], shown, **_PRIVATE)
    chat.example_select(ask_example, [turns], shown, **_PRIVATE)
    chat.change(None, None, None, js=_SCROLL_TO_QUESTION, **_PRIVATE)


def _wire_citations(library: Library, reader: gr.HTML) -> None:
    def show(event: gr.EventData) -> dict[str, Any]:
        sent = event._data  # as an attribute it can't be read where a forged event holds nothing
        return reader_pane.view(library, sent.get("place") if isinstance(sent, dict) else None)

    reader.click(show, None, reader, queue=False, trigger_mode="multiple", **_PRIVATE)


def _messages(library: Library, turns: Turns) -> list[dict[str, Any]]:
    articles = library.status().articles
    roles = ("user", "assistant")
    return [
        {"role": role, "content": _html(markup, render=False)}
        for turn in turns
        for role, markup in zip(roles, conversation.markup(turn, articles), strict=True)
    ]


def _masthead(library: Library) -> str:
    status = library.status()
    return card.masthead(status.articles, status.passages, status.generation)


def _examples(library: Library) -> Callable[[], Any]:
    """What sets the example questions. They are tried by the library, so they are asked for once per generation."""

    @lru_cache(maxsize=1)
    def suggestions(generation: int) -> tuple[str, ...]:
        return library.suggestions()

    def examples() -> Any:
        questions = suggestions(library.status().generation)
        lead = strings.EXAMPLES if questions else ""
        if library.status().articles == 0:
            lead = strings.NO_ARTICLES
        return gr.Chatbot(placeholder=_placeholder(lead), examples=[{"text": question} for question in questions])

    return examples


def _placeholder(lead: str) -> str:
    """What stands in the chat before the first question; it is Markdown, and holds words of ours only."""
    return f"## {strings.WELCOME}\n\n{lead}"


def _answer_endpoint(library: Library) -> Any:
    def answer(question: str) -> dict[str, Any]:
        """What the articles say about a question, with the place of every quote, or that they don't say.

        A `gradio_client.Client` takes every `path` for a file to fetch: make it with `download_files=False`.
        """
        try:
            return library.answer(question).model_dump(mode="json")
        except RagError as error:
            raise gr.Error(str(error), print_exception=False) from error

    return answer
