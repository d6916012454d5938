"""One rule per part of an expression."""

from shuli.core.feel.compiler import calls, iteration, operators, tests, values
from shuli.core.feel.compiler.code import RULES
from shuli.core.feel.grammar import syntax

RULES.update(
    {
        syntax.AnyValue: values.any_value,
        syntax.Arithmetic: operators.arithmetic,
        syntax.Between: operators.between,
        syntax.Call: calls.call,
        syntax.Choice: operators.choice,
        syntax.Comparison: operators.comparison,
        syntax.Conjunction: operators.conjunction,
        syntax.Constant: values.constant,
        syntax.ContextLiteral: values.context_literal,
        syntax.Disjunction: operators.disjunction,
        syntax.Embedded: values.embedded,
        syntax.Filter: iteration.filtered,
        syntax.FunctionDefinition: calls.function_definition,
        syntax.InstanceOf: values.instance_of,
        syntax.Interval: tests.interval,
        syntax.Invalid: values.invalid,
        syntax.ListLiteral: values.list_literal,
        syntax.Loop: iteration.loop,
        syntax.Membership: tests.membership,
        syntax.Name: values.name,
        syntax.Negation: operators.negation,
        syntax.OpenInterval: tests.open_interval,
        syntax.Path: values.path,
        syntax.Quantified: iteration.quantified,
        syntax.Tests: tests.tests,
    },
)
