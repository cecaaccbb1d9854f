"""An answer as plain text, for the terminal and the REPL."""

from __future__ import annotations

from rag.schema import Answer, Citation

REASONS = {
    "nothing_retrieved": "Nothing in the articles is near this question.",
    "nothing_readable": "Passages near this question hold nothing that can be quoted as an answer.",
    "below_threshold": "The best candidate is too uncertain to be shown as an answer.",
}


def render_text(answer: Answer) -> str:
    """The answer with its numbered sources, or why there is none and what came nearest."""
    if answer.answered:
        return _render_answered(answer)
    lines = ["The articles don't say.", REASONS[answer.reason or "below_threshold"]]
    if answer.near_misses:
        lines += ["", "Nearest, but not an answer:"]
        lines += [line for citation in answer.near_misses for line in _render_citation(citation)]
    return "\n".join(lines)


def _render_answered(answer: Answer) -> str:
    lines = [answer.short_answer, ""] if answer.short_answer else []
    for citation in answer.citations:
        lines += _render_citation(citation)
    for other in answer.other_answers:
        lines += ["", f"Also said: {other.short_answer} ({other.confidence:.0%})", *_render_citation(other.citation)]
    return "\n".join([*lines, "", f"Confidence {answer.confidence:.0%}"])


def _render_citation(citation: Citation) -> list[str]:
    about = " · ".join(part for part in (citation.title, citation.source, citation.published) if part)
    place = f"characters {citation.start}–{citation.end}"
    return [f"[{citation.number}] {visible(citation.quote)}", f"    {visible(about)} · {place}"]


def visible(text: str) -> str:
    """The text on one line, with control characters, which a terminal would obey, made visible."""
    return "".join(
        character if character.isprintable() else f"\\x{ord(character):02x}" for character in " ".join(text.split())
    )
