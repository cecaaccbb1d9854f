"""The settings of what is written and sent beside the answers: changes in followed questions, and the audit log."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

_MAIL_ADDRESS = r"^[^\s@,<>]+@[^\s@,<>]+$"
STRICT = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)
"""How each table of settings is validated."""


@dataclass(frozen=True, slots=True)
class Unit:
    """The unit of a setting.

    Attributes:
        name: What the setting counts, or what the text is.
        unset: The word shown for a setting without a value.
        is_secret: Whether the value is never shown.
    """

    name: str
    unset: str = ""
    is_secret: bool = False


class StandingSettings(BaseModel):
    """Where changes of standing questions are sent, beside the list and the feed. Without an address, nowhere."""

    model_config = STRICT

    webhook: Annotated[
        str | None,
        Unit("web address", unset="none", is_secret=True),
        Field(
            pattern=r"^https?://[^\s/]\S*$",
            description="Changes of standing questions are sent here as JSON. The address may hold a secret.",
        ),
    ] = None
    mail_server: Annotated[
        str | None,
        Unit("host", unset="none"),
        Field(pattern=r"^[^\s/]+$", description="The SMTP server that takes e-mails about these changes."),
    ] = None
    mail_port: Annotated[int, Unit("port"), Field(ge=1, le=65_535, description="The port of the SMTP server.")] = 587
    mail_security: Annotated[
        Literal["starttls", "tls", "none"],
        Unit("kind"),
        Field(description="How the connection is encrypted: after it is opened, from the start, or not at all."),
    ] = "starttls"
    mail_user: Annotated[
        str | None, Unit("name", unset="none"), Field(description="The name to sign in to the SMTP server with.")
    ] = None
    mail_password: Annotated[
        str | None, Unit("password", unset="none", is_secret=True), Field(description="The password of that name.")
    ] = None
    mail_from: Annotated[
        str | None, Unit("address", unset="none"), Field(pattern=_MAIL_ADDRESS, description="The sender's address.")
    ] = None
    mail_to: Annotated[
        str | None,
        Unit("addresses", unset="none"),
        Field(
            pattern=rf"{_MAIL_ADDRESS[:-1]}(?:, *{_MAIL_ADDRESS[1:-1]})*$",
            description="The receivers' addresses, with commas between.",
        ),
    ] = None
    send_seconds: Annotated[
        float, Unit("seconds"), Field(ge=1, le=300, description="Longest time to send one request or one e-mail.")
    ] = 10.0


class AuditSettings(BaseModel):
    """Where the servers write who asked, added, removed and exported what. Without a file, nowhere."""

    model_config = STRICT

    file: Annotated[
        str | None,
        Unit("file", unset="none"),
        Field(
            pattern=r"[^/\s]$",
            description="The audit log of the servers, in JSON Lines; its path, or its name in the index folder.",
        ),
    ] = None
    questions: Annotated[
        int, Unit("0 or 1"), Field(ge=0, le=1, description="1 writes into the audit log what was asked too.")
    ] = 0
    megabytes: Annotated[
        int, Unit("MB"), Field(ge=1, le=1024, description="Largest file of the audit log; then a new one is begun.")
    ] = 16
    files: Annotated[
        int, Unit("files"), Field(ge=1, le=1000, description="Earlier files of the audit log that are kept.")
    ] = 8
