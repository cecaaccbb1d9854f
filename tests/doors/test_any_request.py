"""Whatever a program sends, near to the description or not, gets a response that the description names."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import Case, GenerationMode
from schemathesis.core.result import Ok
from schemathesis.schemas import APIOperation
from schemathesis.specs.openapi.checks import positive_data_acceptance

from rag.collections.folder import Collections
from rag.core.settings import DEFAULTS
from rag.doors.server import Address, start
from rag.library import Library
from tests.verification.archive import build

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module", params=[23, 4], ids=["library", "collections"])
def described(request: pytest.FixtureRequest) -> Iterator[tuple[str, int]]:
    """The address of a server that lets any number of requests in, and the number of its operations."""
    page = DEFAULTS.page.model_copy(update={"request_burst": 100_000})
    unlimited, of_library = DEFAULTS.model_copy(update={"page": page}), request.param == 23
    with tempfile.TemporaryDirectory() as folder:
        build(Path(folder) / "news").close()
        with (
            Library.open(Path(folder) / "news" / "index", settings=unlimited)
            if of_library
            else Collections.open(folder, settings=unlimited)
        ) as served:
            running = start(served, Address(port=0))
            yield running.url, request.param
            running.close()


def operations_of(url: str) -> Iterator[APIOperation[Any, Any, Any, Any]]:
    """The operations as the server describes them, without the tokens that it does not need."""
    told = httpx.get(f"{url}v1/openapi.json").json()
    for routes in told["paths"].values():
        for operation in routes.values():
            del operation["security"]
    for found in schemathesis.openapi.from_dict(told).get_all_operations():
        assert isinstance(found, Ok)
        yield found.ok()


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: str(mode.value))
def test_each_response_is_as_described(described: tuple[str, int], mode: GenerationMode) -> None:
    url, count = described
    operations = list(operations_of(url))
    assert len(operations) == count
    for operation in operations:
        takes = operation.body, operation.query, operation.path_parameters, operation.headers
        if mode is GenerationMode.NEGATIVE and not any(map(len, takes)):
            continue

        @given(operation.as_strategy(generation_mode=mode))
        @settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
        def send(case: Case[Any]) -> None:
            # A date or a name that no article has is no error of the schema.
            case.call_and_validate(base_url=url, timeout=60, excluded_checks=[positive_data_acceptance])

        send()
