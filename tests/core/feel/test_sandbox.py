"""Nothing of Python can be reached from an expression: patterns of escapes × payloads, more than 500."""

import gc
import itertools
import time
from types import SimpleNamespace

import pytest

from shuli.core.feel import ExpressionError, compile_expression, compile_unary_tests, feel_text

ATTRIBUTES = [
    "__class__", "__class__.__base__.__subclasses__()", "__init__.__globals__", "__dict__", "__mro__", "__doc__",
    "__reduce_ex__(2)", "__getattribute__", "__builtins__", "__import__", "func_globals", "gi_frame.f_globals",
    "tb_frame", "f_back", "__code__.co_consts", "__self__", "__module__", "mro()", "format", "real", "imag",
    "as_tuple()", "tzinfo", "to_datetime()", "call", "built_in", "parent", "run", "keys()", "items()", "copy()",
]  # fmt: skip
HOSTS = [
    "x", '"text"', "5", "true", "null", "[1]", "[1][1]", "{a: 1}", "sum", "(function(a) a)", '@"2020-01-01"',
    '@"10:00:00Z"', '@"P1D"', "[1..5]", "secret", "helper",
]  # fmt: skip
CALLS = [
    "eval", "exec", "open", "compile", "__import__", "getattr", "setattr", "globals", "locals", "vars", "dir",
    "input", "print", "breakpoint", "type", "object", "super", "help", "os.system", "subprocess.run",
    "builtins.eval", "sys.exit", "importlib.import_module", "ctypes.CDLL", "pickle.loads",
]  # fmt: skip
ARGUMENTS = [
    '"1"', '"__import__(\\"os\\").system(\\"id\\")"', "x", '"/etc/passwd"', "{}", 'x, "__class__"',
]  # fmt: skip
PAYLOADS = [
    "__import__('os').system('id')", "${7*7}", "#{7*7}", "{{7*7}}", "{% import os %}", "<%= 7*7 %>", "`id`", "$(id)",
    "'; DROP TABLE case; --", "../../etc/passwd", "\\x41", "%s%s%s%n", "{0.__class__}", "{x.__init__.__globals__}",
    "\u202e\u2066", "\ufeff1", "javascript:alert(1)", "<!DOCTYPE a>", "jndi:ldap://x/a", "T(java.lang.Runtime)",
]  # fmt: skip
FORMS = [
    "{0}", '"{0}"', "({0})", "[{0}]", "{{a: {0}}}", "string({0})", "if {0} then 1 else 2", "x[{0}]", "x.{0}",
    'replace("abc", "b", "{0}")', 'matches("abc", "{0}")', 'get value(x, "{0}")', 'number("{0}", ",", ".")',
    'date("{0}")', 'duration("{0}")', '@"{0}"', 'range("{0}")', "for i in {0} return i",
    'function(a) external {{java: {{class: "java.lang.Runtime", method signature: "{0}"}}}}',
]  # fmt: skip
JAVA = [
    ("java.lang.Runtime", "getRuntime()"), ("java.lang.Runtime", "exec(java.lang.String)"),
    ("java.lang.System", "exit(int)"), ("java.lang.Class", "forName(java.lang.String)"),
    ("java.lang.ProcessBuilder", "start()"), ("java.lang.Math", "__class__(double)"), ("math", "factorial(int)"),
    ("builtins", "eval(java.lang.String)"), ("java.lang.String", "format(double)"),
    ("java.lang.Math", "pow(java.lang.String)"), ("os", "system(java.lang.String)"),
]  # fmt: skip

CORPUS = [
    *(f"{host}.{attribute}" for host, attribute in itertools.product(HOSTS, ATTRIBUTES)),
    *(f"{call}({argument})" for call, argument in itertools.product(CALLS, ARGUMENTS)),
    *(form.format(payload) for form, payload in itertools.product(FORMS, PAYLOADS)),
    *(
        f'(function(a) external {{java: {{class: "{name}", method signature: "{method}"}}}})("id")'
        for name, method in JAVA
    ),
]
SECRET = "the secret that nothing may show"
CONTEXT = {
    "x": {"a": 1},
    "secret": SimpleNamespace(password=SECRET, __class__=SECRET),
    "helper": print,
}
ALLOWED = frozenset(
    {"NoneType", "bool", "str", "Decimal", "int", "date", "Time", "DateTime", "DaysTimeDuration",
     "YearsMonthsDuration", "list", "dict", "Range", "Function", "FarDate"},
)  # fmt: skip


def kinds_in(value):
    yield type(value).__name__
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for item in inner:
        yield from kinds_in(item)


def test_the_corpus_has_at_least_500_entries():
    assert len(set(CORPUS)) >= 500


@pytest.fixture(autouse=True)
def _garbage_waits():
    # a collection in the middle of an evaluation would count as its time
    gc.disable()
    yield
    gc.enable()


@pytest.mark.parametrize("chunk", range(20))
def test_an_escape_gives_a_feel_value_or_an_expression_error(chunk):
    for text in CORPUS[chunk::20]:
        for compiled in (compile_expression(text), compile_unary_tests(text)):
            started = time.thread_time()
            try:
                value = compiled.evaluate({**CONTEXT, "?": 1})
            except ExpressionError:
                continue
            assert set(kinds_in(value)) <= ALLOWED, text
            assert SECRET not in feel_text(value), text
            assert time.thread_time() - started < 0.15, text


def test_an_object_of_python_is_null_and_said_to_be():
    outcome = compile_expression("secret").explain(CONTEXT)

    assert outcome.value is None
    assert [warning.code for warning in outcome.warnings] == ["unsupported_value"]


def test_an_explanation_does_not_show_what_feel_cannot_read():
    outcome = compile_expression("secret.password + 1").explain(CONTEXT)

    assert outcome.value is None
    assert all(SECRET not in str(warning) + str(dict(warning.values)) for warning in outcome.warnings)


def test_a_list_given_by_the_caller_is_never_changed():
    numbers = [3, 1, 2]

    compile_expression("sort(append(remove(xs, 1), 9))").evaluate({"xs": numbers})

    assert numbers == [3, 1, 2]
