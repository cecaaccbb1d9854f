"""The shipped speaker tagger: its places, its checks, and what it finds in plain cases."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from hypothesis import given, settings

from rag.core.errors import ModelError
from rag.models.manifest import MANIFEST_FILE, MODEL_FILE, TOKENIZER_FILE
from rag.models.speaker_tagger import SHIPPED, SpeakerTagger, shipped_tagger
from rag.text.segment import segment
from tests.any_text import any_text

QUOTED = (
    "The council met on Monday in the old town hall by the river.\n"
    "Mayor Anna Berg was blunt in her speech: “We will close the bridge for two years, because it is not safe.”\n"
    "It was built in 1931 and is 90 metres long.\n"
)


@pytest.fixture(scope="module")
def tagger() -> SpeakerTagger:
    found = shipped_tagger()
    assert found is not None
    return found


def spoken(tagger: SpeakerTagger, text: str) -> list[tuple[str, str]]:
    """The words and the source of each speech."""
    return [(text[s.start : s.end], text[s.source_start : s.source_end]) for s in tagger.find(text, segment(text))]


def test_a_quotation_and_its_speaker_are_found(tagger: SpeakerTagger) -> None:
    ((words, source),) = spoken(tagger, QUOTED)
    assert "We will close the bridge" in words
    assert "Anna Berg" in source


def test_what_the_grammar_tells_is_not_read(tagger: SpeakerTagger) -> None:
    text = "“We will close the bridge for two years,” said Mayor Anna Berg.\n"
    assert spoken(tagger, text) == []
    assert len(tagger.score(text, [(0, len(text))])) == 1


def test_what_nobody_says_is_no_speech(tagger: SpeakerTagger) -> None:
    assert spoken(tagger, "The bridge was built in 1931. It is 90 metres long and stands on four pillars.\n") == []


def test_words_are_found_wherever_a_window_ends(tagger: SpeakerTagger) -> None:
    for lines in range(0, 16, 3):
        filler = "The river rises in the hills and flows past the mill to the sea.\n" * lines
        assert spoken(tagger, filler + QUOTED + filler) == spoken(tagger, QUOTED)


def test_the_same_text_gives_the_same_speeches(tagger: SpeakerTagger) -> None:
    assert tagger.find(QUOTED * 5, segment(QUOTED * 5)) == tagger.find(QUOTED * 5, segment(QUOTED * 5)) != ()


@pytest.mark.parametrize("text", ["", "\n\n", "\ud800", "“", "x" * 5000])
def test_texts_without_speech_give_nothing(tagger: SpeakerTagger, text: str) -> None:
    assert tagger.find(text, segment(text)) == ()


@settings(max_examples=40)
@given(any_text())
def test_all_places_lie_in_the_text(text: str) -> None:
    tagger = shipped_tagger()
    assert tagger is not None
    last = 0
    for speech in tagger.score(text, [(0, len(text))] if text else []):
        assert last <= speech.start < speech.end <= len(text)
        assert speech.source is None or 0 <= speech.source[0] < speech.source[1] <= len(text)
        assert 0.0 <= speech.score <= 1.0 + 1e-6
        last = speech.end


def test_altered_weights_are_refused(tmp_path: Path) -> None:
    for name in (MODEL_FILE, TOKENIZER_FILE, MANIFEST_FILE):
        shutil.copyfile(SHIPPED / name, tmp_path / name)
    manifest = json.loads((tmp_path / MANIFEST_FILE).read_text("utf-8"))
    manifest["sha256"][MODEL_FILE] = "0" * 64
    (tmp_path / MANIFEST_FILE).write_text(json.dumps(manifest), encoding="utf-8")
    with pytest.raises(ModelError, match=r"model\.onnx does not match the speaker tagger's manifest"):
        SpeakerTagger(tmp_path)
