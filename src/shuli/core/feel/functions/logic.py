"""Functions on booleans."""

from typing import Any

from shuli.core.feel.budget import Run
from shuli.core.feel.errors import Failure
from shuli.core.feel.functions.signature import BuiltIn, form
from shuli.core.feel.kinds import kind_name


def negate(_: Run, value: Any) -> bool | Failure:
    if type(value) is bool:
        return not value
    return Failure("wrong_type", expected="boolean", found=kind_name(value))


LOGIC = (BuiltIn("not", form("negand: Any|null", negate)),)
