"""Renders sections of the documentation from the code during the build. mkdocs.yml names this file as a hook.

A mark in a page shows where a section goes: `<!-- from the code: command line -->` for all commands,
`<!-- from the code: settings -->` for all settings, `<!-- fields: rag.Answer -->` for the fields of a class.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import griffe
from typer.main import get_command

from rag.cli.main import app
from rag.core.settings_reference import render_markdown


def render_command_line() -> str:
    """Renders the reference of `rag` and each of its commands: a heading, the help text and a table of options."""
    program = get_command(app)
    parts = ["\n".join(["## rag", "", *_option_table(program.params)])]
    parts += ["\n".join(_render_command(name, command)) for name, command in program.commands.items()]
    return "\n\n".join(parts)


def _render_command(name: str, command: Any) -> Iterator[str]:
    arguments = [parameter for parameter in command.params if parameter.param_type_name == "argument"]
    options = [parameter for parameter in command.params if parameter.param_type_name == "option"]
    usage = " ".join([f"rag {name}", *(_usage(argument) for argument in arguments), "[OPTIONS]"])
    yield from (f"## rag {name} {{ #{name} }}", "", f"`{usage}`", "", command.help or "", "")
    yield from _option_table([*arguments, *options])


def _option_table(parameters: Iterable[Any]) -> Iterator[str]:
    yield from ("| Option | What it does | Default |", "|---|---|---|")
    for parameter in parameters:
        yield f"| {_label(parameter)} | {_cell(parameter.help)} | {_default(parameter)} |"


def _usage(argument: Any) -> str:
    """An argument in the usage line: in brackets if it is optional, with dots if there may be several values."""
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
    """The text on one line, with each `|` escaped, because it would end the cell."""
    return (text or "").replace("|", "\\|").replace("\n", " ")


@cache
def _package() -> griffe.Object:
    """The package `rag`, read from its source without running it."""
    return griffe.load("rag", search_paths=[Path(__file__).parent.parent / "src"], resolve_aliases=True)


def render_fields(name: str) -> str:
    """Renders a table of the fields and properties of a class, with their types and descriptions.

    Args:
        name: The class's name, such as "rag.Answer".
    """
    owner = _package()[name.removeprefix("rag.")]
    rows = [
        (f"`{attribute.name}`", f"`{attribute.annotation}`", _cell(_description(attribute)))
        for attribute in owner.attributes.values()
        if attribute.annotation is not None and not attribute.name.startswith("_")
    ]
    lines = [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join(["| Field | Type | What it is |", "|---|---|---|", *lines])


def _description(attribute: griffe.Attribute) -> str:
    """A field's description: its docstring, else the description given to pydantic."""
    if attribute.docstring:
        return attribute.docstring.value
    given = getattr(attribute.value, "arguments", ())
    found = [argument.value for argument in given if getattr(argument, "name", None) == "description"]
    return str(ast.literal_eval(str(found[0]))) if found else ""


SECTIONS: Mapping[str, Callable[[], str]] = {
    "<!-- from the code: command line -->": render_command_line,
    "<!-- from the code: settings -->": render_markdown,
}
"""Each mark with the function that renders its section."""
_FIELDS = re.compile(r"<!-- fields: (?P<name>[\w.]+) -->")


def on_page_markdown(markdown: str, **_: Any) -> str:
    """Replaces the marks of a page by their sections. mkdocs calls it for each page.

    Args:
        markdown: The page.

    Returns:
        The page with its sections.
    """
    for mark, render in SECTIONS.items():
        if mark in markdown:
            markdown = markdown.replace(mark, render())
    return _FIELDS.sub(lambda mark: render_fields(mark["name"]), markdown)
