"""An extractor for VerbatimRAG that marks sentences with the reader that all systems get.

VerbatimRAG's own extractors are models of a hub or a language model behind an API; neither can be had offline. Its
documentation names `SpanExtractor` as the interface for others. This one cuts and marks sentences as its model-based
extractor does, and takes its threshold.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

import torch
from transformers import AutoModelForQuestionAnswering, AutoTokenizer
from verbatim_rag.extractors import SpanExtractor  # type: ignore[import-not-found]

THRESHOLD = 0.2
"""The least probability of a sentence that is marked: the default of VerbatimRAG's model-based extractor."""
_MOST_TOKENS = 512
_LONGEST_ANSWER = 30
"""Most tokens of an answer."""
_BETWEEN = re.compile(r"(?<=[.!?])\s+")
"""Where VerbatimRAG's model-based extractor cuts sentences."""


class ReaderExtractor(SpanExtractor):  # type: ignore[misc]
    """Marks the sentences of a passage in which the reader sees an answer begin."""

    def __init__(self, reader: str) -> None:
        """Loads the reader.

        Args:
            reader: Folder of the reader's weights.
        """
        self._tokenizer = AutoTokenizer.from_pretrained(reader)
        self._model = AutoModelForQuestionAnswering.from_pretrained(reader).eval()

    def extract_spans(self, question: str, search_results: list[Any]) -> dict[str, list[str]]:
        """Marks sentences of the passages.

        Args:
            question: The question.
            search_results: The passages, each with its `text`.

        Returns:
            For each passage's text its marked sentences, the most probable passage and sentence first: VerbatimRAG
            shows the first ones.
        """
        texts = list(dict.fromkeys(result.text for result in search_results if result.text.strip()))
        marked = [(text, self._sentences(question, text)) for text in texts]
        marked.sort(key=lambda one: -max((likely for likely, _ in one[1]), default=0.0))
        return {text: [sentence for _, sentence in found] for text, found in marked}

    def _sentences(self, question: str, text: str) -> list[tuple[float, str]]:
        """The marked sentences of one passage with their probabilities, the most probable one first."""
        begins = self._begins(question, text)
        summed = (
            (sum(likely for place, likely in begins if start <= place < end), text[start:end])
            for start, end in _cut(text)
        )
        return sorted(((likely, one) for likely, one in summed if likely > THRESHOLD), key=lambda one: -one[0])

    @torch.inference_mode()
    def _begins(self, question: str, text: str) -> Sequence[tuple[int, float]]:
        """For each token of the passage its first character and the probability that the answer begins there.

        The probabilities are those of all spans and of no answer, the first token, together.
        """
        tokens = self._tokenizer(question, text, truncation="only_second", max_length=_MOST_TOKENS, return_tensors="pt")
        found = self._model(**tokens)
        inside = [number for number, kind in enumerate(tokens.sequence_ids(0)) if kind == 1]
        if not inside:
            return []
        starts, ends = found.start_logits[0], found.end_logits[0]
        first, last = inside[0], inside[-1] + 1
        spans = starts[first:last, None] + ends[None, first:last]
        allowed = torch.ones_like(spans, dtype=torch.bool).triu().tril(_LONGEST_ANSWER - 1)
        likely = spans.masked_fill(~allowed, float("-inf"))
        nothing = (starts[0] + ends[0]).reshape(1)
        shares = torch.cat([likely.flatten(), nothing]).softmax(0)[:-1].reshape(likely.shape).sum(1)
        offsets = [tokens.token_to_chars(0, number).start for number in inside]
        return list(zip(offsets, shares.tolist(), strict=True))


def _cut(text: str) -> Iterator[tuple[int, int]]:
    """Cuts a text into sentences, as half-open intervals without white space at either end."""
    start = 0
    for gap in [*_BETWEEN.finditer(text), None]:
        end = gap.start() if gap else len(text)
        if stripped := text[start:end].strip():
            begin = text.index(stripped, start)
            yield begin, begin + len(stripped)
        start = gap.end() if gap else end
