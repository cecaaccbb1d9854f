"""Gives a command several options that it takes together, as one argument."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Mapping
from typing import Annotated, Any


def grouped(
    command: Callable[..., None],
    name: str,
    options: Mapping[str, tuple[Any, Any, Any]],
    together: Callable[[dict[str, Any]], Any],
) -> Callable[..., None]:
    """Adds options to a command.

    Args:
        command: The command.
        name: The name of its argument for the options.
        options: The type, the option and the default of each, by its name.
        together: Makes the argument of the options' values, by their names.

    Returns:
        The command with the options in place of the argument.
    """

    @functools.wraps(command)
    def run(**given: Any) -> None:
        values = {each: given.pop(each) for each in options}
        command(**given, **{name: together(values)})

    # Typer reads the options from the signature.
    signature = inspect.signature(command, eval_str=True)
    own = [parameter for each, parameter in signature.parameters.items() if each != name]
    added = [
        inspect.Parameter(each, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=Annotated[of, option])
        for each, (of, option, default) in options.items()
    ]
    vars(run)["__signature__"] = signature.replace(parameters=[*own, *added])
    run.__annotations__ = {parameter.name: parameter.annotation for parameter in (*own, *added)}
    return run
