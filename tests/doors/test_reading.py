"""Questions, searches and checks over REST say what the library says; errors are problems."""

from __future__ import annotations

import concurrent.futures
import json
from typing import Any

import pytest

from rag.client.schemas import Problem
from rag.core.schema import Answer
from rag.core.search_results import SearchResult
from rag.doors.rest import make_application
from rag.dossier.results import Dossier
from rag.said.results import Said
from tests.doors.serving import Served
from tests.places import ROOT
from tests.verification.archive import real_quotes

ASKED = "When will the pier at Osk close?"


def test_an_answer_is_that_of_the_library(served: Served) -> None:
    response = served.http.post("/v1/ask", json={"question": ASKED})
    assert response.status_code == 200
    answer = Answer.model_validate_json(response.content)
    assert answer == served.library.answer(ASKED).model_copy(update={"timings": {}})
    served.library.verify(answer)


def test_a_follow_up_is_completed_from_the_history(served: Served) -> None:
    first = served.http.post("/v1/ask", json={"question": "Who said that the repair would take until spring?"}).json()
    body = {"question": "And what did she say?", "history": [first], "max_words": 20}
    response = served.http.post("/v1/ask", json=body)
    assert response.status_code == 200
    assert response.json()["standalone_question"]


def test_filters_restrict_questions_and_searches(served: Served) -> None:
    for path, body in (("/v1/ask", {"question": ASKED}), ("/v1/search", {"words": "pier"})):
        problem = served.http.post(path, json={**body, "sources": ["Nobody's Gazette"]})
        assert problem.status_code == 422, path
        assert "Nobody's Gazette" in problem.json()["title"]
        assert served.http.post(path, json={**body, "since": "2020", "until": "2030"}).status_code == 200


def test_a_search_is_that_of_the_library_page_by_page(served: Served) -> None:
    found = SearchResult.model_validate_json(served.http.post("/v1/search", json={"words": "osk OR mill"}).content)
    assert found == served.library.search("osk OR mill")
    assert found.articles == 3
    page = served.http.post("/v1/search", json={"words": "osk OR mill", "count": 1, "offset": 2}).json()
    assert [article["number"] for article in page["found"]] == [3]


def test_quotes_are_checked(served: Served) -> None:
    quote = real_quotes(served.library)[0]
    asked = {"quotes": [quote, {"quote": quote, "article_id": "0" * 12}, quote.replace(" ", "  ", 1), "Nothing so."]}
    results = served.http.post("/v1/verify", json=asked).json()["verifications"]
    assert [result["status"] for result in results] == ["exact", "moved", "nearly", "absent"]


def test_what_a_person_says_is_that_of_the_library(served: Served) -> None:
    response = served.http.get("/v1/said", params={"speaker": "Jo Berg", "limit": 1, "since": "2000", "until": "2040"})
    assert Said.model_validate_json(response.content) == served.library.said(
        "Jo Berg", limit=1, since="2000", until="2040"
    )
    told = served.http.get("/v1/said", params={"speaker": "Jo Berg", "about": "the pier"})
    assert Said.model_validate_json(told.content) == served.library.said("Jo Berg", "the pier")
    assert len(told.json()["statements"]) == 1
    again = {"If-None-Match": told.headers["ETag"]}
    assert served.http.get("/v1/said", params={"speaker": "Jo Berg"}, headers=again).status_code == 304


def test_only_articles_that_name_somebody_answer(served: Served) -> None:
    question = "What did Jo Berg say?"
    response = served.http.post("/v1/ask", json={"question": question, "naming": ["Jo Berg"]})
    assert response.json()["scope"]["naming"] == ["Jo Berg"]
    told = served.library.answer(question, naming=["Jo Berg"]).citations
    assert [quote["quote"] for quote in response.json()["citations"]] == [quote.quote for quote in told] != []
    unknown = served.http.post("/v1/ask", json={"question": question, "naming": ["Jo Nobody"]})
    assert (unknown.status_code, unknown.json()["reason"]) == (422, "not_named")


def test_a_dossier_is_that_of_the_library(served: Served) -> None:
    response = served.http.post("/v1/dossier", json={"subject": "the storm over Mell"})
    assert Dossier.model_validate_json(response.content) == served.library.dossier("the storm over Mell")
    assert response.json()["sections"]
    refused = served.http.post("/v1/dossier", json={"subject": "the storm", "sources": ["The Moon"]})
    assert refused.status_code == 422


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"speaker": "Jo Bergg"}, "'Jo Berg'"),
        ({"speaker": " "}, "give a name"),
        ({"speaker": "Jo Berg", "limit": 0}, "limit"),
        ({"speaker": "Jo Berg", "where": "desk"}, "where"),
        ({"speaker": "Jo Berg", "nobody": "x"}, "nobody"),
        ({}, "speaker"),
    ],
)
def test_a_wrong_request_for_a_persons_words_says_what_to_do(served: Served, asked: dict[str, Any], words: str) -> None:
    response = served.http.get("/v1/said", params=asked)
    assert response.status_code == 422
    assert words in response.json()["detail"]


def test_articles_are_listed_in_pages(served: Served) -> None:
    listed = served.library.articles()
    ids: list[str] = []
    offset = 0
    while offset is not None:
        page = served.http.get("/v1/articles", params={"count": 2, "offset": offset}).json()
        assert page["total"] == len(listed)
        ids += [article["id"] for article in page["articles"]]
        offset = page["next_offset"]
    assert ids == [article.id for article in listed]
    assert served.http.get("/v1/articles", params={"offset": 99}).json()["articles"] == []


def test_an_article_is_read_as_it_is_stored(served: Served) -> None:
    for summary in served.library.articles():
        article = served.library.article(summary.id)
        told = served.http.get(f"/v1/articles/{summary.id}").json()
        assert (told["text"], told["content_hash"], told["title"]) == (
            article.text,
            article.content_hash,
            article.title,
        )
        again = served.http.get(f"/v1/articles/{summary.id}", params={"edition": article.content_hash}).json()
        assert again == told
        (edition,) = served.http.get(f"/v1/articles/{summary.id}/editions").json()["editions"]
        assert (edition["state"], edition["number"]) == ("current", 1)


def test_what_did_not_change_is_not_sent_again(served: Served) -> None:
    for path in ("/v1/articles", f"/v1/articles/{served.library.articles()[0].id}"):
        first = served.http.get(path)
        for known in (first.headers["etag"], f'"other", W/{first.headers["etag"]}', "*"):
            again = served.http.get(path, headers={"If-None-Match": known})
            assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", first.headers["etag"]), path
        assert served.http.get(path, headers={"If-None-Match": '"other"'}).status_code == 200


def test_the_server_tells_its_health_and_status(served: Served) -> None:
    assert served.http.get("/health/live").json() == served.http.get("/health/ready").json() == {"status": "ok"}
    assert served.http.get("/v1/status").json()["articles"] == 3


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "kind", "said"),
    [
        ("POST", "/v1/ask", {"question": " "}, 422, "QuestionError", "The question is empty"),
        ("POST", "/v1/ask", {"question": "x" * 3000}, 422, "QuestionError", "3,000 characters"),
        ("POST", "/v1/ask", {"question": ASKED, "since": "never"}, 422, "QuestionError", "never"),
        ("POST", "/v1/ask", {"question": ASKED, "max_words": 1}, 422, "QuestionError", "words"),
        ("POST", "/v1/ask", {"question": ASKED, "colour": "red"}, 422, "RequestError", "does not fit"),
        ("POST", "/v1/ask", {}, 422, "RequestError", "does not fit"),
        ("POST", "/v1/search", {"words": "pier", "count": 0}, 422, "QuestionError", "count 0"),
        ("POST", "/v1/verify", {"quotes": [5]}, 422, "RequestError", "does not fit"),
        ("POST", "/v1/verify", {"quotes": [" "]}, 422, "QuestionError", "Quote 1 is empty"),
        ("GET", "/v1/articles/000000000000", None, 404, "CitationError", "no article"),
        ("GET", "/v1/articles/nonsense", None, 422, "RequestError", "does not fit"),
        ("GET", "/v1/articles?count=0", None, 422, "RequestError", "does not fit"),
        ("GET", "/v1/nothing", None, 404, "RequestError", "Not Found"),
        ("PUT", "/v1/ask", None, 405, "RequestError", "Method Not Allowed"),
    ],
)
def test_each_error_is_a_problem_that_says_what_to_do(
    served: Served, method: str, path: str, body: Any, status: int, kind: str, said: str
) -> None:
    response = served.http.request(method, path, json=body)
    assert (response.status_code, response.headers["content-type"]) == (status, "application/problem+json")
    problem = Problem.model_validate_json(response.content)
    assert (problem.status, problem.type) == (status, f"urn:rag:{kind}")
    assert said in problem.title and problem.detail


def test_a_body_that_is_no_json_is_a_problem(served: Served) -> None:
    response = served.http.post("/v1/ask", content=b"{", headers={"Content-Type": "application/json"})
    assert (response.status_code, response.headers["content-type"]) == (422, "application/problem+json")


@pytest.mark.slow
def test_many_callers_at_once_all_get_their_answer(served: Served) -> None:
    def ask(_: int) -> int:
        return served.http.post("/v1/ask", json={"question": ASKED}).status_code

    with concurrent.futures.ThreadPoolExecutor(30) as pool:
        assert set(pool.map(ask, range(30))) == {200}


def test_the_description_is_the_committed_one(served: Served) -> None:
    committed = json.loads((ROOT / "docs" / "reference" / "openapi.json").read_text(encoding="utf-8"))
    assert make_application(served.library).openapi() == committed, "run: python -m tools.openapi"
    assert served.http.get("/v1/openapi.json").json() == committed
