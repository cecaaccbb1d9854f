"""Sections that the documentation takes from the code when it is built; mkdocs.yml names this file as a hook.

A page has a mark, such as `<!-- from the code: command line -->`, where the section goes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from typer.main import get_command

from rag.cli.main import app


def render_command_line() -> str:
    """Renders the reference of the command `rag`: a heading, the help text and a table of options for each command."""
    return "\n\n".join("\n".join(_render_command(name, command)) for name, command in get_command(app).commands.items())


def _render_command(name: str, command: Any) -> Iterator[str]:
    arguments = [parameter for parameter in command.params if parameter.param_type_name == "argument"]
    options = [parameter for parameter in command.params if parameter.param_type_name == "option"]
    usage = " ".join([f"rag {name}", *(_usage(argument) for argument in arguments), "[OPTIONS]"])
    yield from (f"## rag {name} {{ #{name} }}", "", f"`{usage}`", "", command.help or "", "")
    yield from ("| Option | What it does | Default |", "|---|---|---|")
    for parameter in (*arguments, *options):
        yield f"| {_label(parameter)} | {_cell(parameter.help)} | {_default(parameter)} |"


def _usage(argument: Any) -> str:
    """An argument in the usage line: in brackets where it is optional, with dots where there may be several."""
    word = f"{_metavar(argument)}{'…' if argument.nargs == -1 else ''}"
    return word if argument.required else f"[{word}]"


def _metavar(parameter: Any) -> str:
    return str(parameter.metavar or parameter.name).upper().strip("[]")


def _label(parameter: Any) -> str:
    if parameter.param_type_name == "argument":
        return f"`{_metavar(parameter)}`"
    names = " / ".join(f"`{name}`" for name in (*parameter.opts, *parameter.secondary_opts))
    return names if parameter.is_flag else f"{names} `{parameter.metavar or 'VALUE'}`"


def _default(parameter: Any) -> str:
    shown = "" if parameter.default in (None, False, ()) or callable(parameter.default) else f"`{parameter.default}`"
    variable = f"variable `{parameter.envvar}`" if getattr(parameter, "envvar", None) else ""
    return ", ".join(filter(None, (shown, variable)))


def _cell(text: str | None) -> str:
    return (text or "").replace("|", "\\|").replace("\n", " ")


SECTIONS: Mapping[str, Callable[[], str]] = {"<!-- from the code: command line -->": render_command_line}


def on_page_markdown(markdown: str, **_: Any) -> str:
    """Puts the sections in the place of their marks; mkdocs calls it for each page."""
    for mark, render in SECTIONS.items():
        if mark in markdown:
            markdown = markdown.replace(mark, render())
    return markdown
