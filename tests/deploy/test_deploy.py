"""The files in `deploy/`: nginx serves the page and the programs with them, and the commands in them are real."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml
from typer.core import TyperGroup
from typer.main import get_command

from rag.cli.main import app, with_verb
from rag.core.index_layout import tokens_path, users_path
from rag.doors.tokens import make_token, write_tokens
from rag_ui.web.accounts import Account, write_users
from rag_ui.web.passwords import hashed
from rag_ui.web.sign_in import GUESSES
from tests.browser.serving import served
from tests.nginx import free_port, running_nginx
from tests.places import ROOT
from tests.programs import program
from tests.verification.archive import build

pytestmark = pytest.mark.slow

DEPLOY = ROOT / "deploy"
DOCKERFILE = (DEPLOY / "Dockerfile").read_text("utf-8").replace("\\\n", " ")
COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))
SITE = DEPLOY / "nginx" / "newsroom-rag.conf.template"
UNIT = DEPLOY / "newsroom-rag@.service"
UPDATE_AND_ASK = """
import rag_ui.app, rag.doors.server, rag.doors.agents
from rag.library import Library
with Library.open(sys.argv[1], create=True) as library:
    library.update(sys.argv[2])
    print(library.answer(sys.argv[3]).status)
"""
QUESTION = "What will the pier cost?"


def options_of(command: str) -> list[str]:
    """Returns the options that the systemd unit gives a command, with any free port."""
    (line,) = re.findall(r"^OPTIONS=(.*)$", (DEPLOY / f"{command}.env").read_text("utf-8"), re.MULTILINE)
    return re.sub(r"--port \d+", "--port 0", line).split()


@dataclass(frozen=True)
class Site:
    """nginx with its addresses, the addresses of the two servers behind it, and a program's token."""

    plain: str
    tls: str
    page: str
    programs: str
    token: str


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("certificates")
    key, certificate = folder / "privkey.pem", folder / "fullchain.pem"
    made = f"{program('openssl')} req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj /CN=localhost"
    made += f" -addext subjectAltName=DNS:localhost -keyout {key} -out {certificate}"
    subprocess.run(shlex.split(made), check=True, stderr=subprocess.DEVNULL)
    return folder


@pytest.fixture(scope="module")
def site(certificates: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("site")
    build(folder).close()
    index = folder / "index"
    write_users(users_path(index), [Account("ada", hashed("s3cret"), "editor")])
    token, secret = make_token("website", "ask")
    write_tokens(tokens_path(index), [token])
    chat = ["rag.cli", "chat", "--index", str(index), *options_of("chat")]
    serve = ["rag.cli", "serve", "--index", str(index), *options_of("serve")]
    with served(chat, folder / "chat.log") as page, served(serve, folder / "serve.log") as asked:
        programs = asked.removesuffix("v1/")
        plain, tls = free_port(), free_port()
        servers = filled_in(page, programs).replace("/etc/nginx/certificates", str(certificates))
        servers = servers.replace("listen 80;", f"listen 127.0.0.1:{plain};")
        servers = servers.replace("listen 443 ssl;", f"listen 127.0.0.1:{tls} ssl;")
        with running_nginx(folder / "nginx", servers, tls):
            yield Site(f"http://127.0.0.1:{plain}", f"https://localhost:{tls}", page, programs, secret)


def filled_in(page: str, programs: str) -> str:
    """Fills in the template as the image of nginx does: each variable of its environment."""
    variables = {name: str(value) for name, value in COMPOSE["services"]["nginx"]["environment"].items()}
    variables |= {name: httpx.URL(url).netloc.decode() for name, url in (("PAGE", page), ("PROGRAMS", programs))}
    template = SITE.read_text("utf-8")
    assert set(re.findall(r"\$\{(\w+)\}", template.partition("\n\n")[2])) == set(variables)
    for name, value in variables.items():
        template = template.replace(f"${{{name}}}", "localhost" if name == "SERVER_NAME" else value)
    return template


@pytest.fixture
def client(site: Site, certificates: Path) -> Iterator[httpx.Client]:
    """A client that trusts the certificate."""
    import ssl

    context = ssl.create_default_context(cafile=str(certificates / "fullchain.pem"))
    with httpx.Client(base_url=site.tls, verify=context, timeout=60) as client:
        yield client


def test_without_tls_a_request_is_sent_to_the_address_with_tls(site: Site) -> None:
    answer = httpx.get(f"{site.plain}/v1/status?a=b", headers={"Host": "news.example"})
    assert (answer.status_code, answer.headers["Location"]) == (301, "https://news.example/v1/status?a=b")


def test_a_person_signs_in_over_tls_and_is_answered(site: Site, client: httpx.Client) -> None:
    form = {"user": "ada", "password": "s3cret"}
    signed_in = client.post("/login", data=form, headers={"Origin": site.tls}, follow_redirects=True)
    assert (signed_in.status_code, str(signed_in.url)) == (200, f"{site.tls}/")
    assert signed_in.headers["Strict-Transport-Security"].startswith("max-age=")
    assert all(cookie.secure for cookie in client.cookies.jar)
    event = client.post("/gradio_api/call/answer", json={"data": [QUESTION]}).json()["event_id"]
    assert '"answered"' in client.get(f"/gradio_api/call/answer/{event}").text


def test_a_program_asks_over_tls_with_its_token_only(site: Site, client: httpx.Client) -> None:
    assert client.get("/health/ready").status_code == 200
    assert client.post("/v1/ask", json={"question": QUESTION}).status_code == 401
    answer = client.post(
        "/v1/ask", json={"question": QUESTION}, headers={"Authorization": f"Bearer {site.token}"}
    ).json()
    assert answer["status"] == "answered" and "$5 million" in answer["citations"][0]["quote"]


def test_what_a_client_says_of_its_own_address_is_not_believed(client: httpx.Client) -> None:
    guesses = [
        client.get("/", auth=("eve", str(guess)), headers={"X-Forwarded-For": f"198.51.100.{guess}"}).status_code
        for guess in range(GUESSES + 1)
    ]
    assert guesses == [401] * GUESSES + [429]


def test_the_health_checks_tell_a_server_from_none(site: Site) -> None:
    (page,) = re.findall(r"HEALTHCHECK .*? CMD (\[.*\])", DOCKERFILE)
    programs = COMPOSE["services"]["programs"]["healthcheck"]["test"]
    for (_, flag, code), url in ((json.loads(page), site.page), (programs[1:], site.programs)):
        (inside,) = re.findall(r"127\.0\.0\.1:\d+", code)
        netloc = httpx.URL(url).netloc.decode()
        assert subprocess.run([sys.executable, flag, code.replace(inside, netloc)], check=False).returncode == 0
        nobody = code.replace(inside, f"127.0.0.1:{free_port()}")
        assert subprocess.run([sys.executable, flag, nobody], stderr=subprocess.DEVNULL, check=False).returncode == 1


def test_the_commands_are_commands_of_the_program() -> None:
    group = get_command(app)
    assert isinstance(group, TyperGroup)
    (default,) = re.findall(r"^CMD (\[.*\])$", DOCKERFILE, re.MULTILINE)
    commands = [json.loads(default), *(service["command"] for service in servers().values())]
    commands += [[command, *options_of(command)] for command in ("chat", "serve")]
    for command in commands:
        verb, *arguments = with_verb(command)
        group.commands[verb].make_context(verb, list(arguments))


def servers() -> dict[str, Any]:
    return {name: service for name, service in COMPOSE["services"].items() if name != "nginx"}


def test_the_files_that_the_image_and_the_services_are_made_of_exist() -> None:
    build_from = COMPOSE["services"]["page"]["build"]
    assert (DEPLOY / build_from["context"] / build_from["dockerfile"]).is_file()
    for copied in re.findall(r"^COPY (?!--)(.*) \S+$", DOCKERFILE, re.MULTILINE):
        for name in copied.split():
            assert (ROOT / name).exists(), name
            assert f"!{name}\n" in (DEPLOY / "Dockerfile.dockerignore").read_text("utf-8")
    (template, _) = COMPOSE["services"]["nginx"]["volumes"][0].split(":", 1)
    assert (DEPLOY / template).samefile(SITE)


def test_the_page_believes_the_network_of_the_services_and_no_other() -> None:
    (network,) = COMPOSE["networks"]["inside"]["ipam"]["config"]
    for service in servers().values():
        command = service["command"]
        assert command[command.index("--trusted-proxy") + 1] == network["subnet"]
        assert "ports" not in service


def test_what_the_image_leaves_out_is_not_needed_to_update_and_to_ask(tmp_path: Path) -> None:
    (removed,) = re.findall(r"pip uninstall --yes --requirement \S+\s+([\w -]+)", DOCKERFILE)
    modules = [
        module
        for module, packages in packages_distributions().items()
        if {package.lower() for package in packages} & set(removed.split())
    ]
    assert {"torch", "transformers"} <= set(modules)
    code = f"import sys; sys.modules.update(dict.fromkeys({modules}))\n" + UPDATE_AND_ASK
    command = [sys.executable, "-c", code, str(tmp_path / "index"), str(ROOT / "seeds"), "Who acted as the go-between?"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "answered\n"), done.stderr


def test_hadolint_finds_nothing_in_the_dockerfile() -> None:
    lint: list[str | Path] = [Path(sys.executable).with_name("hadolint"), DEPLOY / "Dockerfile"]
    assert subprocess.run(lint, capture_output=True, text=True, check=False).stdout == ""


@pytest.mark.parametrize("command", ["chat", "serve"])
def test_systemd_accepts_the_unit_and_counts_it_among_the_confined(command: str, tmp_path: Path) -> None:
    analyze = program("systemd-analyze")
    text = UNIT.read_text("utf-8")
    (started,) = re.findall(r"^ExecStart=(\S+) %i \$OPTIONS$", text, re.MULTILINE)
    unit = tmp_path / UNIT.name.replace("@", f"@{command}")
    unit.write_text(text.replace(started, str(Path(sys.executable).with_name("rag"))))
    verified = subprocess.run([analyze, "verify", unit], capture_output=True, text=True, check=False)
    assert (verified.returncode, verified.stderr) == (0, "")
    # The exposure, in tenths: 0 is the least, and from 50 on systemd calls a unit exposed.
    security: list[str | Path] = [analyze, "security", "--offline=true", "--threshold=20", unit]
    assert subprocess.run(security, capture_output=True, check=False).returncode == 0
