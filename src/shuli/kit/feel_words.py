"""What is wrong with an expression or a decision table, as sentences for people: one for each code of `core.feel`."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shuli.core.feel import ExpressionError
from shuli.core.feel.dmn import Finding

# Reading and running an expression.
EXPRESSIONS: dict[str, Promise] = {
    "unexpected_token": _("{expected} belongs here, not {found}."),
    "unexpected_end": _("Something is missing at the end: {expected}."),
    "unknown_character": _("The character {found} has no meaning here."),
    "fullwidth_character": _("{found} is a full-width character. Type {expected} instead."),
    "unclosed_string": _("The text has no closing quotation mark."),
    "unclosed_comment": _("The comment has no end: */ is missing."),
    "wrong_literal": _("{found} is no date, time or duration."),
    "unknown_type": _("There is no type of the name {found}."),
    "duplicate_entry": _("The entry {name} stands here twice."),
    "duplicate_parameter": _("The parameter {name} stands here twice."),
    "too_long": _("This is too long: at most {limit}. Split the expression."),
    "too_deep": _("Too many brackets inside one another. Split the expression."),
    "too_many_steps": _("The expression takes too many steps and was stopped."),
    "too_much_memory": _("The result grows too large, so the expression was stopped."),
    "unknown_name": _("There is nothing of the name {name} here."),
    "wrong_types": _("{operator} cannot work on {left} and {right}."),
    "wrong_type": _("{expected} is needed here, not {found}."),
    "division_by_zero": _("Nothing can be divided by 0."),
    "out_of_range": _("{found} is outside the possible range."),
    "no_entry": _("There is no entry {name} in it."),
    "no_property": _("{found} has no property {name}."),
    "not_a_function": _("{found} cannot be called like a function."),
    "wrong_arguments": _("{function} does not take these arguments: {found}."),
    "wrong_argument": _("{function} needs {expected} as {name}, not {found}."),
    "wrong_pattern": _("This is no pattern for texts: {found}"),
    "external_function": _("Functions of other languages do not run here: {found}"),
    "unsupported_value": _("A value of this kind cannot be used: {found}"),
    "missing_input": _("The input {name} has no value."),
    "no_expression": _("An expression is missing here."),
    "unknown_language": _("Only FEEL can be read here, not {found}."),
    "unknown_reference": _("There is no element {found}."),
    "circular_requirement": _("{name} needs itself, in a circle."),
    "not_allowed": _("This is not one of the allowed values of {name}."),
    "no_rule": _("No row fits, and there is no default."),
    "several_rules": _("Several rows fit, but the table allows one: rows {rules}."),
    "no_clock": _("There is no present moment here."),
    "not_boolean": _("A condition has to be true or false."),
}

# Tables and files.
FINDINGS: dict[str, Promise] = {
    "no_decision": _("The file holds no decision."),
    "no_output": _("The table has no output column."),
    "no_rules": _("The table has no rows."),
    "missing_priorities": _(
        "This hit policy needs the order of the output values: fill in the allowed values."
    ),
    "wrong_aggregation": _("Only the policy “collect” adds up, counts, or takes the smallest or largest."),
    "duplicate_output": _("Two output columns have the name {name}."),
    "missing_output_name": _("With several output columns each needs a name."),
    "wrong_cell_count": _("The row has {found} cells instead of {expected}."),
    "wrong_cell_type": _("The column holds {expected}, but here stands {found}."),
    "rules_overlap": _("Rows {rules} fit the same values ({where})."),
    "gap": _("No row fits ({where})."),
    "unreachable_rule": _("Row {rules} can never fit."),
    "masked_rule": _("Row {rules} never decides: rows above it take everything."),
    "missing_output": _("Row {rules} gives nothing here."),
    "cells_not_checked": _(
        "Cells of rows {rules} are computed, so overlaps and gaps are checked without them."
    ),
    "gaps_not_checked": _("The table is too large to search for gaps."),
    "file_too_large": _("The file is too large: at most {limit} bytes."),
    "too_many_elements": _("The file has too many elements: at most {limit}."),
    "doctype_refused": _("The file has a DOCTYPE, which is not accepted."),
    "entity_refused": _("The file has XML entities, which are not accepted."),
    "nested_too_deeply": _("The file is nested too deeply."),
    "xml_not_well_formed": _("The file is no well-formed XML: {found}"),
    "not_dmn": _("The file is no DMN file."),
    "wrong_attribute": _("The file says something that DMN does not know: {found}"),
    "old_version": _("The file is DMN {found}; it is kept as DMN 1.5."),
}
SENTENCES: dict[str, Promise] = {**FINDINGS, **EXPRESSIONS}

# The words that stand in the parameters.
WORDS: dict[str, Promise] = {
    "expression": _("an expression"),
    "name": _("a name"),
    "type": _("a type"),
    "operator": _("an operator"),
    "literal": _("a value"),
    "number": _("a number"),
    "string": _("a text"),
    "boolean": _("true or false"),
    "date": _("a date"),
    "time": _("a time"),
    "date and time": _("a date with time"),
    "days and time duration": _("a duration in days"),
    "years and months duration": _("a duration in months"),
    "duration": _("a duration"),
    "list": _("a list"),
    "context": _("a context"),
    "range": _("a range"),
    "function": _("a function"),
    "null": pgettext_lazy("a value", "nothing (null)"),
    "Null": pgettext_lazy("a value", "nothing (null)"),
    "Any": _("any value"),
    "none": pgettext_lazy("arguments", "none"),
    "the end of the expression": _("the end"),
}
SEPARATED = ("expected", "found", "left", "right")


def word(text: str) -> str:
    """Return a parameter as people read it: types and kinds of words by their names, the rest as it stands."""
    for separator, joined in ((" or ", str(_(" or "))), (", ", str(_(", ")))):
        parts = text.split(separator)
        if len(parts) > 1 and all(part in WORDS for part in parts):
            return joined.join(str(WORDS[part]) for part in parts)
    return str(WORDS[text]) if text in WORDS else text


class _Blank(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "?"


def sentence(code: str, params: Mapping[str, Any]) -> str:
    """Return the sentence of a code in the active language."""
    words = {key: word(str(value)) if key in SEPARATED else str(value) for key, value in params.items()}
    filled = str(SENTENCES.get(code, _("This cannot be evaluated."))).format_map(_Blank(words))
    return filled[:1].upper() + filled[1:]


def error_words(error: ExpressionError) -> str:
    """Return what is wrong with an expression."""
    return sentence(error.code, error.params)


def finding_words(finding: Finding, where: str = "") -> str:
    """Return what is wrong with a table or a file, without its place; `where` says for which values, in words."""
    rules = str(_(", ")).join(str(number) for number in finding.rules)
    known = {"rules": rules if finding.rules else "", "where": where}
    return sentence(finding.code, {**finding.params, **{key: text for key, text in known.items() if text}})


def expression_problem(error: str, params: Mapping[str, Any]) -> str:
    """Return why an expression of a running case could not be evaluated, by the code that its incident keeps."""
    if error not in SENTENCES:
        return str(params.get("problem", ""))
    return sentence(error, {**params, **params.get("detail", {})})
