"""Followed questions over REST: they say what the library says, as JSON and as a feed."""

from __future__ import annotations

import time
from pathlib import Path

import feedparser
import pytest

from rag.core.index_layout import tokens_path
from rag.doors.tokens import make_token, write_tokens
from rag.standing.results import Standing, StandingQuestion
from tests.doors.serving import Served, serving

ASKED = "Who is the mayor of Mell?"
PATH = "/v1/standing"


@pytest.mark.slow
def test_a_question_is_followed_and_its_change_is_in_the_list_and_in_the_feed(own: Served) -> None:
    empty = own.http.get(f"{PATH}.atom")
    assert empty.headers["Content-Type"].startswith("application/atom+xml")
    made = own.http.post(PATH, json={"question": ASKED})
    assert made.status_code == 201
    followed = StandingQuestion.model_validate_json(made.content)
    assert own.http.post(PATH, json={"question": ASKED}).json() == made.json()
    first = own.http.get(PATH)
    assert Standing.model_validate_json(first.content) == own.library.standing()
    assert own.http.get(PATH, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    feed = own.http.get(f"{PATH}.atom")
    body = {"title": "A new mayor", "text": "Bo Ek is the mayor of Mell since Friday. He was a baker."}
    assert own.http.post("/v1/articles", json=body).status_code == 201
    again = own.http.get(PATH, headers={"If-None-Match": first.headers["ETag"]})
    (change,) = Standing.model_validate_json(again.content).changes
    assert (change.question_id, change.now.values) == (followed.id, ("Bo Ek",))
    assert own.http.get(PATH, params={"after": change.number}).json()["changes"] == []
    assert own.http.get(PATH, params={"most": 0}).json()["changes"] == []
    now = own.http.get(f"{PATH}.atom", headers={"If-None-Match": feed.headers["ETag"]})
    assert now.status_code == 200
    read = feedparser.parse(now.content)
    assert not read.bozo and read.entries[0].title.startswith(ASKED)
    assert read.feed.links[0].href == f"{own.url}v1/standing.atom"
    assert own.http.get(f"{PATH}.atom", headers={"If-None-Match": now.headers["ETag"]}).status_code == 304
    assert own.http.delete(f"{PATH}/{followed.id}").json()["id"] == followed.id
    gone = own.http.delete(f"{PATH}/{followed.id}")
    assert (gone.status_code, gone.json()["type"]) == (404, "urn:rag:QuestionError")


def test_what_cannot_be_followed_is_a_problem(own: Served) -> None:
    for body, words in (({"question": "Hello"}, "asks nothing"), ({"question": ASKED, "since": "soon"}, "not a date")):
        problem = own.http.post(PATH, json=body)
        assert problem.status_code == 422 and words in problem.json()["title"]


def test_only_who_may_edit_follows_and_who_may_ask_reads(tmp_path: Path) -> None:
    with serving(tmp_path) as served:
        reader, read = make_token("reader", "ask")
        write_tokens(tokens_path(Path(served.library.status().folder)), [reader])
        headers = {"Authorization": f"Bearer {read}"}
        end = time.monotonic() + 10
        while served.http.get(PATH).status_code != 401:
            assert time.monotonic() < end
        assert served.http.get(PATH, headers=headers).status_code == 200
        assert served.http.get(f"{PATH}.atom", headers=headers).status_code == 200
        assert served.http.post(PATH, json={"question": ASKED}, headers=headers).status_code == 403
        assert served.http.delete(f"{PATH}/12345678", headers=headers).status_code == 403
