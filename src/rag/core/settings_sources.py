"""Where settings come from: the defaults, then `rag.toml` in the index folder, then variables, then arguments.

Each source overrides those before it, key by key. The file holds tables of keys as `rag.core.settings` groups them:

    [answers]
    passages_read = 12

The variable of a key is `RAG_`, the table, `_` and the key, in capitals: `RAG_ANSWERS_PASSAGES_READ=12`. Its value is
written as in the file; an empty one counts as not set. Variables whose names begin otherwise (`RAG_INDEX`, `RAG_CACHE`,
`RAG_AUTH`, those of other programs) are left alone.
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
from rag.core.settings import DEFAULTS, Settings, known_settings

_KNOWN = {known.name: known for known in known_settings()}
_VARIABLES = {known.variable: known for known in _KNOWN.values()}
_PREFIXES = tuple(sorted({f"RAG_{known.table}_".upper() for known in _KNOWN.values()}))
_LONGEST_SHOWN = 60
"""Characters of a wrong value that an error repeats: enough to find it by, and one line."""
_TABLE_LINE = re.compile(r"\s*\[\s*(?P<table>[\w-]+)\s*\]")
_KEY_LINE = re.compile(r"\s*(?P<key>[\w.-]+)\s*=")


@dataclass(frozen=True, slots=True)
class Given:
    """A value that somebody gave, and where: `index/rag.toml, line 2`, a variable's name, or `argument`."""

    value: Any
    origin: str


@dataclass(frozen=True, slots=True)
class SettingsWithOrigins:
    """Settings, and where each that is not a default comes from, by its name (`answers.passages_read`)."""

    settings: Settings
    origins: Mapping[str, str]


def load_settings(index: str | Path = DEFAULT, **tables: Mapping[str, Any]) -> Settings:
    """Loads the settings that hold for an index folder.

    Args:
        index: The index folder; neither it nor its `rag.toml` need exist.
        **tables: Values that override file and variables: `answers={"passages_read": 12}`.

    Returns:
        The settings, all within their ranges.

    Raises:
        SettingsError: A key is unknown, or a value is not allowed. The message names key, value, range and origin.
    """
    return load_with_origins(index, **tables).settings


def load_with_origins(index: str | Path = DEFAULT, **tables: Mapping[str, Any]) -> SettingsWithOrigins:
    """As `load_settings`; also tells where each value comes from."""
    given = {
        **_from_file(settings_path(Path(index))),
        **_from_variables(os.environ),
        **_from_tables(tables, lambda name: "argument"),
    }
    return SettingsWithOrigins(_validate(given), {name: found.origin for name, found in given.items()})


def _from_file(path: Path) -> dict[str, Given]:
    """The values in the file, none where there is no file."""
    try:
        text = path.read_bytes().decode()
        return _from_tables(tomllib.loads(text), partial(_place_in_file, path, text))
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except OSError as error:
        raise SettingsError(f"{path} can't be read ({error.strerror})", remedy="check its permissions") from error
    except UnicodeDecodeError as error:
        raise SettingsError(f"{path} is not UTF-8", remedy="save it as UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(
            f"{path} is not TOML ({error})", remedy="write a table as [answers] and a key as key = 1"
        ) from error


def _place_in_file(path: Path, text: str, name: str) -> str:
    """The file with the line of a table or key, where it stands there as such; an inline table has no line found."""
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
    """The values by name; `origin_of` tells where a name was found. Raises SettingsError for an unknown name."""
    given: dict[str, Given] = {}
    for table, keys in tables.items():
        if table not in type(DEFAULTS).model_fields:
            # A key without its table is the likeliest mistake.
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
    """The values of the variables by the settings' names. Raises SettingsError for an unknown variable of a table."""
    given: dict[str, Given] = {}
    for variable, text in environment.items():
        if not variable.startswith(_PREFIXES):
            continue
        if variable not in _VARIABLES:
            raise _unknown(variable, "environment", _VARIABLES)
        if text.strip():
            given[_VARIABLES[variable].name] = Given(_toml_value(text), f"variable {variable}")
    return given


def _toml_value(text: str) -> Any:
    """What the text means as a value of a TOML file; the text itself where it means nothing."""
    try:
        parsed = tomllib.loads(f"value = {text}")
    except tomllib.TOMLDecodeError:
        return text
    return parsed["value"] if len(parsed) == 1 else text


def _unknown(name: str, origin: str, known: Collection[str]) -> SettingsError:
    """The error for a name that is no setting's; it names the known one that is spelled most like it."""
    nearest = get_close_matches(name, known, n=1, cutoff=0.0)[0]
    return SettingsError(f"There is no setting {name} ({origin})", remedy=f"did you mean {nearest}?")


def _validate(given: Mapping[str, Given]) -> Settings:
    """The settings with these values. Raises SettingsError for the first that is not allowed."""
    tables: dict[str, dict[str, Any]] = {}
    for name, found in given.items():
        table, _, key = name.partition(".")
        tables.setdefault(table, {})[key] = found.value
    try:
        return Settings.model_validate(tables)
    except ValidationError as error:
        name = ".".join(map(str, error.errors()[0]["loc"][:2]))
        value, origin = repr(given[name].value), given[name].origin
        shown = value if len(value) <= _LONGEST_SHOWN else f"{value[:_LONGEST_SHOWN]}…"
        raise SettingsError(f"{name} can't be {shown} ({origin})", remedy=f"give {_KNOWN[name].allowed}") from error
