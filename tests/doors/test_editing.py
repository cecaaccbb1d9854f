"""Programs add, replace and withdraw articles, and update; what fails changes nothing."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest
from starlette.responses import Response

from rag.core.errors import IndexBusyError
from rag.core.index_layout import responses_path
from rag.doors.kept_responses import KEPT_SECONDS, KeptResponses
from tests.asynchronous import run_to_end
from tests.doors.serving import Served, serving
from tests.verification.archive import PIER

LAMP = {
    "title": "A lamp for the quay",
    "text": "The quay of Osk got a lamp in June 2024. It shines until midnight.",
    "published": "2024-06-03",
    "source": "Osk Gazette",
    "authors": ["Ina Ruud", "Per Dahl"],
    "section": "Local",
    "fields": {"desk": "harbour"},
}
pytestmark = pytest.mark.slow


def articles(served: Served) -> int:
    count: int = served.http.get("/v1/status").json()["articles"]
    return count


def kept(served: Served) -> list[Path]:
    return sorted((served.folder / "posted").glob("*"))


def test_an_added_article_answers_at_once_with_its_fields(own: Served) -> None:
    before = own.http.get("/v1/articles").headers["etag"]
    response = own.http.post("/v1/articles", json=LAMP)
    assert response.status_code == 201
    article = response.json()["article"]
    assert (article["title"], article["text"].strip()) == (LAMP["title"], LAMP["text"])
    assert (article["published"], article["source"], article["byline"], article["section"]) == (
        *("2024-06-03", "Osk Gazette", "Ina Ruud, Per Dahl", "Local"),
    )
    assert ["desk", "harbour"] in article["fields"]
    assert response.headers["etag"] not in (before, "")
    asked = {"question": "When did the quay of Osk get a lamp?", "where": {"desk": "harbour"}, "sources": ["Gazette"]}
    assert own.http.post("/v1/ask", json=asked).json()["short_answer"] == "June 2024"


@pytest.mark.parametrize(
    ("field", "value"),
    [("published", "yesterday"), ("published", "2025-02-30"), ("url", "javascript:alert(1)"), ("url", "osk")],
)
def test_a_date_or_an_address_that_is_none_is_refused_and_not_dropped(own: Served, field: str, value: str) -> None:
    refused = own.http.post("/v1/articles", json={**LAMP, field: value})
    assert refused.status_code == 422
    assert value in refused.json()["title"]
    assert articles(own) == 3


def test_a_replaced_article_keeps_its_id_and_its_former_text(own: Served) -> None:
    article_id = own.http.post("/v1/articles", json=LAMP).json()["article"]["id"]
    response = own.http.put(
        f"/v1/articles/{article_id}", json={**LAMP, "text": "The quay of Osk got a lamp in May 2024."}
    )
    assert (response.status_code, response.json()["article"]["id"]) == (200, article_id)
    editions = own.http.get(f"/v1/articles/{article_id}/editions").json()["editions"]
    assert [edition["state"] for edition in editions] == ["replaced", "current"]
    quote = "The quay of Osk got a lamp in June 2024."
    (result,) = own.http.post("/v1/verify", json={"quotes": [quote]}).json()["verifications"]
    assert (result["status"], result["differences"][0]["stated"]) == ("changed", "May")


def test_a_withdrawn_article_is_silent_until_it_is_taken_back(own: Served) -> None:
    article_id = own.http.post("/v1/articles", json=LAMP).json()["article"]["id"]
    withdrawn = own.http.delete(f"/v1/articles/{article_id}")
    assert (withdrawn.status_code, withdrawn.json()[0]["id"], articles(own)) == (200, article_id, 3)
    assert own.http.get(f"/v1/articles/{article_id}").status_code == 404
    again = own.http.post("/v1/articles", json=LAMP)
    assert again.status_code == 422 and again.json()["reason"] == "withdrawn"
    taken = own.http.post(f"/v1/articles/{article_id}/take-back")
    assert (taken.status_code, articles(own)) == (200, 4)


def test_a_corrected_article_has_what_its_file_has_beside_it(own: Served) -> None:
    pier = next(article for article in own.library.articles() if article.path.endswith("pier.txt"))
    place = f"/v1/articles/{pier.id}"
    corrected = own.http.patch(place, json={"published": "2023-05-04", "source": "Mell Times"})
    assert corrected.status_code == 200
    assert corrected.json()["original"] == {"title": pier.title, "published": pier.published, "source": pier.source}
    read = own.http.get(place).json()
    assert (read["title"], read["published"], read["source"]) == (pier.title, "2023-05-04", "Mell Times")
    assert read["original"] == corrected.json()["original"]
    assert Path(pier.path).read_text(encoding="utf-8") == PIER
    wrong = own.http.patch(place, json={"published": "4 May"})
    assert (wrong.status_code, wrong.json()["reason"]) == (422, "no_date")
    stale = own.http.delete(f"{place}/corrections", headers={"If-Match": '"old"'})
    assert (stale.status_code, own.http.patch("/v1/articles/000000000000", json={}).status_code) == (412, 404)
    undone = own.http.delete(f"{place}/corrections")
    assert (undone.status_code, undone.json()["original"]) == (200, None)
    assert own.http.get(place).json()["published"] == pier.published
    assert own.http.delete(f"{place}/corrections").status_code == 422


def test_an_article_of_a_file_is_not_replaced_but_can_be_withdrawn(own: Served) -> None:
    pier = next(article for article in own.library.articles() if article.path.endswith("pier.txt"))
    refused = own.http.put(f"/v1/articles/{pier.id}", json=LAMP)
    assert (refused.status_code, refused.json()["title"]) == (409, "Another file holds this article")
    assert Path(pier.path).read_text(encoding="utf-8") == PIER
    assert own.http.delete(f"/v1/articles/{pier.id}").status_code == 200
    assert articles(own) == 2


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({**LAMP, "text": " \n"}, 422),
        ({**LAMP, "text": ""}, 422),
        ({**LAMP, "title": None}, 422),
        ({**LAMP, "fields": {"text": "x", "status": "draft"}}, 422),
        ({"title": "Only a title"}, 422),
    ],
)
def test_what_can_not_become_an_article_leaves_nothing(own: Served, body: dict[str, Any], status: int) -> None:
    response = own.http.post("/v1/articles", json=body)
    assert (response.status_code, kept(own), articles(own)) == (status, [], 3), response.text
    article_id = own.http.post("/v1/articles", json=LAMP).json()["article"]["id"]
    (file,) = kept(own)
    stored = file.read_bytes()
    assert own.http.put(f"/v1/articles/{article_id}", json=body).status_code == status
    assert file.read_bytes() == stored
    assert own.http.get(f"/v1/articles/{article_id}").json()["text"].strip() == LAMP["text"]


def test_while_another_update_runs_nothing_is_added(own: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(*_: object, **__: object) -> None:
        raise IndexBusyError("Another update is running", remedy="try again later")

    monkeypatch.setattr(own.library, "update", busy)
    response = own.http.post("/v1/articles", json=LAMP)
    assert (response.status_code, response.json()["type"]) == (409, "urn:rag:IndexBusyError")
    assert response.headers["retry-after"] and kept(own) == []


def test_the_same_key_does_the_same_request_only_once(own: Served) -> None:
    key = {"Idempotency-Key": "lamp-1"}
    first = own.http.post("/v1/articles", json=LAMP, headers=key)
    again = own.http.post("/v1/articles", json=LAMP, headers=key)
    assert (first.status_code, again.status_code, again.json()) == (201, 201, first.json())
    assert articles(own) == 4
    other = own.http.post("/v1/articles", json={**LAMP, "title": "Another"}, headers=key)
    assert (other.status_code, articles(own)) == (422, 4)
    failed = {"Idempotency-Key": "lamp-2"}
    assert own.http.post("/v1/articles", json={**LAMP, "text": " "}, headers=failed).status_code == 422
    assert own.http.post("/v1/articles", json={**LAMP, "title": "Another"}, headers=failed).status_code == 201


def test_a_key_is_known_after_a_restart_and_forgotten_after_a_day(tmp_path: Path) -> None:
    key = {"Idempotency-Key": "lamp-1"}
    with serving(tmp_path) as served:
        first = served.http.post("/v1/articles", json=LAMP, headers=key)
    with serving(tmp_path) as served:
        again = served.http.post("/v1/articles", json=LAMP, headers=key)
        assert (again.status_code, again.json(), articles(served)) == (201, first.json(), 4)
        assert again.headers["etag"] == first.headers["etag"]
        other = served.http.post("/v1/articles", json={**LAMP, "title": "Another"}, headers=key)
        assert (other.status_code, articles(served)) == (422, 4)

    async def answer() -> Response:
        return Response(b"{}", headers={"ETag": "now"})

    async def ask_tomorrow() -> None:
        kept = KeptResponses(responses_path(tmp_path / "index"), lambda: time.time() + KEPT_SECONDS)
        assert (await kept.once("", "lamp-1", "another request", answer)).body == b"{}"

    run_to_end(ask_tomorrow())


def test_a_damaged_file_of_responses_is_an_error_that_says_what_to_do(own: Served) -> None:
    path = responses_path(own.folder / "index")
    path.write_bytes(b"no database at all" * 1000)
    problem = own.http.post("/v1/articles", json=LAMP, headers={"Idempotency-Key": "lamp-1"}).json()
    assert "responses.sqlite is damaged" in problem["title"] and "move the file away" in problem["detail"]
    assert articles(own) == 3


def test_a_change_may_depend_on_the_state_that_a_program_saw(own: Served) -> None:
    seen = own.http.get("/v1/articles").headers["etag"]
    added = own.http.post("/v1/articles", json=LAMP)
    path = f"/v1/articles/{added.json()['article']['id']}"
    for late in (
        own.http.delete(path, headers={"If-Match": seen}),
        own.http.put(path, json=LAMP, headers={"If-Match": seen}),
    ):
        assert (late.status_code, late.headers["content-type"]) == (412, "application/problem+json")
    assert own.http.delete(path, headers={"If-Match": added.headers["etag"]}).status_code == 200


def test_an_update_tells_its_progress_as_events(own: Served) -> None:
    (own.folder / "news" / "pier.txt").write_text(PIER.replace("12 weeks", "14 weeks"), encoding="utf-8")
    with own.http.stream("POST", "/v1/update") as response:
        assert response.headers["content-type"].startswith("text/event-stream")
        blocks = "".join(response.iter_text()).strip().split("\n\n")
    events = [tuple(line.partition(": ")[2] for line in block.splitlines()) for block in blocks]
    assert [name for name, _ in events][-1] == "done" and {"file", "progress"} <= {name for name, _ in events}
    assert [Path(path).name for path in json.loads(events[-1][1])["changed"]] == ["pier.txt"]
    (result,) = own.http.post("/v1/verify", json={"quotes": ["will close in May for 14 weeks"]}).json()["verifications"]
    assert result["status"] == "exact"


def test_an_update_that_fails_ends_with_a_problem(own: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise IndexBusyError("Another update is running", remedy="try again later")

    monkeypatch.setattr(own.library, "update", fail)
    told = own.http.post("/v1/update").text
    assert told.startswith("event: problem\ndata: ") and "urn:rag:IndexBusyError" in told
