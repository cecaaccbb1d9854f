"""Reads the settings from `rag.toml` in the index folder, from environment variables and from arguments.

A key in the file overrides its default, a variable overrides the file, and an argument overrides the variable. The file
has the tables and keys of `rag.core.settings`:

    [answers]
    passages_read = 12

The variable of a key is `RAG_`, the table, `_` and the key, in capitals: `RAG_ANSWERS_PASSAGES_READ=12`. Its value is
written as in the file. An empty variable counts as not set. Other variables, such as `RAG_INDEX`, are ignored.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import partial
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from rag.core.errors import SettingsError
from rag.core.index_layout import DEFAULT, settings_path
from rag.core.settings import DEFAULTS, Settings
from rag.core.settings_reference import known_settings

_KNOWN = {known.name: known for known in known_settings()}
_VARIABLES = {known.variable: known for known in _KNOWN.values()}
_PREFIXES = tuple(sorted({f"RAG_{known.table}_".upper() for known in _KNOWN.values()}))
_LONGEST_SHOWN = 60
"""Characters of a wrong value that an error repeats, so that the error fits one line."""
_TABLE_LINE = re.compile(r"\s*\[\s*(?P<table>[\w-]+)\s*\]")
_KEY_LINE = re.compile(r"\s*(?P<key>[\w.-]+)\s*=")


@dataclass(frozen=True, slots=True)
class Given:
    """A value that was given.

    Attributes:
        value: The value.
        origin: Where it was given: `index/rag.toml, line 2`, a variable's name, or `argument`.
    """

    value: Any
    origin: str


@dataclass(frozen=True, slots=True)
class SettingsWithOrigins:
    """Settings and their origins.

    Attributes:
        settings: The settings.
        origins: For each setting that is not a default, its origin by its name (`answers.passages_read`).
    """

    settings: Settings
    origins: Mapping[str, str]


_NOT_TOML = (ValueError, RecursionError)
"""Errors of `tomllib`: its own, a number with too many digits, and values nested too deeply."""


def load_settings(index: str | Path = DEFAULT, **tables: Mapping[str, Any]) -> Settings:
    """Loads the settings of an index folder.

    Args:
        index: The index folder. The folder and its `rag.toml` need not exist.
        **tables: Values that override the file and the variables: `answers={"passages_read": 12}`.

    Returns:
        The settings.

    Raises:
        SettingsError: If a key is unknown, or a value is not allowed. The message names key, value, range and origin.
    """
    return load_with_origins(index, **tables).settings


def load_with_origins(index: str | Path = DEFAULT, **tables: Mapping[str, Any]) -> SettingsWithOrigins:
    """Loads the settings as `load_settings` does, with the origin of each value."""
    given = {
        **_from_file(settings_path(Path(index))),
        **_from_variables(os.environ),
        **_from_tables(tables, lambda name: "argument"),
    }
    return SettingsWithOrigins(_validate(given), {name: found.origin for name, found in given.items()})


def _from_file(path: Path) -> dict[str, Given]:
    """Reads the values in the file; none if there is no file."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
        tables = tomllib.loads(text)
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except OSError as error:
        advice = "put a text file in its place" if path.is_dir() else "check its permissions"
        raise SettingsError(f"{path} can't be read ({error.strerror})", remedy=advice) from error
    except UnicodeDecodeError as error:
        raise SettingsError(f"{path} is not UTF-8", remedy="save it as UTF-8") from error
    except _NOT_TOML as error:
        raise SettingsError(
            f"{path} is not TOML ({error})",
            remedy="write a table as [answers] and a key as key = 1, and each of them once",
        ) from error
    return _from_tables(tables, partial(_place_in_file, path, text))


def _place_in_file(path: Path, text: str, name: str) -> str:
    """Names the file and the line of a table or key. For an inline table, only the file is named."""
    table = ""
    for number, line in enumerate(text.splitlines(), start=1):
        if found := _TABLE_LINE.match(line):
            table = found["table"]
            if table == name:
                return f"{path}, line {number}"
        elif (found := _KEY_LINE.match(line)) and ".".join(filter(None, (table, found["key"]))) == name:
            return f"{path}, line {number}"
    return str(path)


def _from_tables(tables: Mapping[str, Any], origin_of: Callable[[str], str]) -> dict[str, Given]:
    """Maps each name to its value and origin. Raises SettingsError if a name is unknown."""
    given: dict[str, Given] = {}
    for table, keys in tables.items():
        if table not in type(DEFAULTS).model_fields:
            # The most likely mistake is a key without its table.
            names = [f"{table}.{key}" for key in keys] if isinstance(keys, Mapping) and keys else [table]
            raise _unknown(names[0], origin_of(names[0]), _KNOWN)
        if not isinstance(keys, Mapping):
            raise SettingsError(
                f"{table} ({origin_of(table)}) is a table", remedy=f"write [{table}], and its keys below it"
            )
        for key, value in keys.items():
            name = f"{table}.{key}"
            if name not in _KNOWN:
                raise _unknown(name, origin_of(name), _KNOWN)
            given[name] = Given(value, origin_of(name))
    return given


def _from_variables(environment: Mapping[str, str]) -> dict[str, Given]:
    """Maps the setting of each variable to its value. Raises SettingsError for an unknown variable of a table."""
    given: dict[str, Given] = {}
    for variable, text in environment.items():
        if not variable.startswith(_PREFIXES):
            continue
        if variable not in _VARIABLES:
            raise _unknown(variable, "environment", _VARIABLES)
        if text.strip():
            known, value = _VARIABLES[variable], _toml_value(text)
            is_bare = known.is_text and not isinstance(value, str)  # a password of digits is no number
            given[known.name] = Given(text if is_bare else value, f"variable {variable}")
    return given


def _toml_value(text: str) -> Any:
    """Parses the text as a TOML value; returns the text itself if it is not one."""
    try:
        parsed = tomllib.loads(f"value = {text}")
    except _NOT_TOML:
        return text
    return parsed["value"] if len(parsed) == 1 else text


def _unknown(name: str, origin: str, known: Collection[str]) -> SettingsError:
    """Makes the error for an unknown name, with the most similar known name."""
    nearest = get_close_matches(name, known, n=1)
    advice = f"did you mean {nearest[0]}?" if nearest else f"the settings are {', '.join(known)}"
    return SettingsError(f"There is no setting {name} ({origin})", remedy=advice)


def _validate(given: Mapping[str, Given]) -> Settings:
    """Makes the settings from these values. Raises SettingsError for the first value that is not allowed."""
    tables: dict[str, dict[str, Any]] = {}
    for name, found in given.items():
        table, _, key = name.partition(".")
        tables.setdefault(table, {})[key] = found.value
    try:
        return Settings.model_validate(tables)
    except ValidationError as error:
        name = ".".join(map(str, error.errors()[0]["loc"][:2]))
        shown = "that value" if _KNOWN[name].unit.is_secret else _shown(given[name].value)
        origin = given[name].origin
        raise SettingsError(f"{name} can't be {shown} ({origin})", remedy=f"give {_KNOWN[name].allowed}") from error


def _shown(value: object) -> str:
    """The value as an error message shows it, shortened to _LONGEST_SHOWN characters."""
    try:
        text = repr(value)
    except (ValueError, RecursionError):  # more digits than Python prints, or nested too deeply
        return "that value"
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"
