"""Functions on contexts."""

from typing import Any

from shuli.core.feel.budget import Run
from shuli.core.feel.errors import Failure
from shuli.core.feel.functions.signature import BuiltIn, form
from shuli.core.feel.kinds import kind_name

Entries = dict[str, Any]


def get_value(_: Run, context: Entries, key: str) -> Any:
    return context.get(key)


def get_value_at(_: Run, context: Entries, keys: list[Any]) -> Any:
    if not keys or any(type(key) is not str for key in keys):
        return Failure(
            "wrong_argument", function="get value", name="keys", expected="strings", found="others"
        )
    value: Any = context
    for key in keys:
        if type(value) is not dict:
            return None
        value = value.get(key)
    return value


def get_entries(run: Run, context: Entries) -> list[Entries]:
    run.take_room(5 * len(context))
    return [{"key": key, "value": value} for key, value in context.items()]


def context_from(run: Run, entries: list[Any]) -> Entries | Failure:
    run.take_room(2 * len(entries))
    result: Entries = {}
    for entry in entries:
        if type(entry) is not dict or type(entry.get("key")) is not str or "value" not in entry:
            return Failure("wrong_type", expected="contexts with key and value", found=kind_name(entry))
        if entry["key"] in result:
            return Failure("duplicate_entry", name=entry["key"])
        result[entry["key"]] = entry["value"]
    return result


def context_put(run: Run, context: Entries, key: str, value: Any) -> Entries:
    run.take_room(2 * len(context) + 2)
    return {**context, key: value}


def context_put_at(run: Run, context: Entries, keys: list[Any], value: Any) -> Entries | Failure:
    if not keys or any(type(key) is not str for key in keys):
        return Failure(
            "wrong_argument", function="context put", name="keys", expected="keys", found=kind_name(keys)
        )
    changed: Any = value
    for depth in range(len(keys) - 1, -1, -1):
        around = get_value_at(run, context, keys[:depth]) if depth else context
        if type(around) is not dict:
            return Failure("wrong_type", expected="context", found=kind_name(around))
        changed = context_put(run, around, keys[depth], changed)
    return changed  # type: ignore[no-any-return]


def context_merge(run: Run, contexts: list[Any]) -> Entries | Failure:
    result: Entries = {}
    for context in contexts:
        if type(context) is not dict:
            return Failure("wrong_type", expected="contexts", found=kind_name(context))
        run.take_room(2 * len(context))
        result.update(context)
    return result


CONTEXTS = (
    BuiltIn(
        "get value",
        form("m: context, key: string", get_value),
        form("m: context, keys: list", get_value_at),
        form("context: context, keys: list", get_value_at),
        form("context: context, key: string", get_value),
    ),
    BuiltIn("get entries", form("m: context", get_entries)),
    BuiltIn("context", form("entries: list", context_from)),
    BuiltIn(
        "context put",
        form("context: context, key: string, value: Any|null", context_put),
        form("context: context, keys: list, value: Any|null", context_put_at),
    ),
    BuiltIn("context merge", form("contexts: list", context_merge)),
)
