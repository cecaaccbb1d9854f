"""Sends changes by e-mail, through the SMTP server that the settings name: one e-mail for all that a check found."""

from __future__ import annotations

import logging
import smtplib
import ssl
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date
from email.message import EmailMessage
from email.utils import formatdate

from rag.core.errors import StandingError
from rag.core.plain_text import counted, visible, visible_lines
from rag.core.settings_written import StandingSettings
from rag.standing.deadline import ended_after
from rag.standing.results import StandingChange

_LONGEST_SUBJECT = 120
"""Characters of the subject."""
_log = logging.getLogger(__name__)


def mail_changes(changes: Sequence[StandingChange], settings: StandingSettings, register: str) -> None:
    """Sends changes as one e-mail of plain text.

    Args:
        changes: The changes; not empty.
        settings: The server, the addresses, and how long it may take.
        register: What identifies the register of followed questions, for the e-mail's id.

    Raises:
        StandingError: If an address is not set, or the server does not take the e-mail in time.
    """
    for name in ("mail_from", "mail_to"):
        if getattr(settings, name) is None:
            raise StandingError(f"No e-mail can be sent without standing.{name}", remedy="set it too")
    message = make_message(changes, settings, register)
    host, seconds = settings.mail_server or "", settings.send_seconds
    begun = time.monotonic()
    try:
        with _connection(host, settings) as server, ended_after(seconds, lambda: server.sock):
            if settings.mail_security == "starttls":
                server.starttls(context=ssl.create_default_context())
            if settings.mail_user is not None:
                server.login(settings.mail_user, settings.mail_password or "")
            refused = server.send_message(message)
    except (OSError, ValueError, smtplib.SMTPException) as error:
        late = time.monotonic() - begun >= seconds
        why = f"took longer than {seconds:g} seconds" if late else f"did not take an e-mail ({_said(error)})"
        raise StandingError(f"The mail server {host} {why}", remedy="it is tried again at the next check") from error
    if refused:  # the others have it, so it is not sent again
        _log.warning("The mail server %s refused %s; correct standing.mail_to", host, ", ".join(refused))


def make_message(changes: Sequence[StandingChange], settings: StandingSettings, register: str) -> EmailMessage:
    """Makes the e-mail. The same changes give the same id, so that a receiver knows one that is sent twice."""
    first, last = changes[0], changes[-1]
    more = f" and {counted(len(changes) - 1, 'more change')}" if len(changes) > 1 else ""
    subject = f"{first.told.split('.')[0]}: {visible(first.question)}"
    message = EmailMessage()
    message["Subject"] = subject[:_LONGEST_SUBJECT] + more
    message["From"], message["To"] = settings.mail_from or "", settings.mail_to or ""
    message["Date"] = formatdate()
    message["Message-ID"] = f"<{first.number}-{last.number}.{register}@newsroom-rag>"
    message["Auto-Submitted"] = "auto-generated"
    today = date.today()
    message.set_content(visible_lines("\n\n".join("\n".join(change.lines(today)) for change in changes) + "\n"))
    return message


@contextmanager
def _connection(host: str, settings: StandingSettings) -> Iterator[smtplib.SMTP]:
    """Connects to the server, and says goodbye at the end."""
    port, seconds = settings.mail_port, settings.send_seconds
    if settings.mail_security == "tls":
        server: smtplib.SMTP = smtplib.SMTP_SSL(host, port, timeout=seconds, context=ssl.create_default_context())
    else:
        server = smtplib.SMTP(host, port, timeout=seconds)
    try:
        yield server
        with suppress(OSError, smtplib.SMTPException):  # it has the e-mail already
            server.quit()
    finally:
        server.close()


def _said(error: Exception) -> str:
    """What the server said, or the kind of error. What it says of a wrong password does not have the password."""
    if isinstance(error, smtplib.SMTPResponseException):
        said = error.smtp_error
        return visible(f"{error.smtp_code} {said.decode('utf-8', 'replace') if isinstance(said, bytes) else said}")
    return type(error).__name__
