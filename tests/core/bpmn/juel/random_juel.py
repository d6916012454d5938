"""Random JUEL that has a meaning, with that meaning worked out by Python alone.

Each strategy draws a tuple: the text, in one of the many ways in which it may be written, and its value over VARIABLES.
"""

from fractions import Fraction

from hypothesis import strategies as st

VARIABLES = {"x": 7, "y": -3, "n": 12, "yes": True, "no": False, "who": "ann", "nothing": None, "blank": "",
             "orders": [{"price": 100}, {"price": 250}], "none": []}  # fmt: skip
SPELLED = {"&&": "and", "||": "or", "!": "not ", "==": "eq", "!=": "ne", "<": "lt", ">": "gt", "<=": "le", ">=": "ge",
           "/": "div", "%": "mod"}  # fmt: skip

PLACES = st.sampled_from([("orders[0].price", 100), ("orders[1]['price']", 250), ("orders[ 1 ].price", 250)])


@st.composite
def sign(draw, symbol):
    """Draw an operator as a sign or as a word."""
    return draw(st.sampled_from([symbol, f" {symbol} ", f" {SPELLED.get(symbol, symbol)} "]))


def integers():
    fixed = st.integers(0, 50).map(lambda number: (str(number), number))
    named = st.sampled_from(["x", "y", "n"]).map(lambda name: (name, VARIABLES[name]))
    return st.recursive(fixed | named | PLACES, _sums, max_leaves=6)


@st.composite
def _sums(draw, inner):
    form = draw(st.sampled_from(["+", "-", "*", "%", "minus", "group", "choice"]))
    text, value = draw(inner)
    if form == "minus":
        return f"-({text})", -value
    if form == "group":
        return f"( {text} )", value
    other, second = draw(inner)
    if form == "choice":
        condition, holds = draw(comparisons(inner))
        return f"({condition} ? {text} : {other})", value if holds else second
    if form == "%" and second == 0:
        return text, value
    written = f"({text}){draw(sign(form))}({other})"
    return f"({written})", _reckoned(form, value, second)


def _reckoned(form, left, right):
    if form == "%":
        # as Java has it: the sign of the dividend
        return left - right * int(Fraction(left, right))
    return {"+": left + right, "-": left - right, "*": left * right}[form]


@st.composite
def comparisons(draw, numbers=None):
    numbers = numbers if numbers is not None else integers()
    form = draw(st.sampled_from(["==", "!=", "<", ">", "<=", ">="]))
    left, first = draw(numbers)
    right, second = draw(numbers)
    holds = {
        "==": first == second, "!=": first != second, "<": first < second, ">": first > second,
        "<=": first <= second, ">=": first >= second,
    }[form]  # fmt: skip
    return f"{left}{draw(sign(form))}{right}", holds


def simple_conditions():
    flags = st.sampled_from([("yes", True), ("no", False), ("true", True), ("false", False)])
    empties = st.sampled_from(
        [("empty who", False), ("empty nothing", True), ("empty blank", True), ("empty none", True),
         ("empty orders", False), ("who == 'ann'", True), ('who ne "bob"', True), ("nothing == null", True)]
    )  # fmt: skip
    return flags | empties | comparisons()


def conditions():
    return st.recursive(simple_conditions(), _logic, max_leaves=6)


@st.composite
def _logic(draw, inner):
    form = draw(st.sampled_from(["&&", "||", "!", "choice"]))
    text, value = draw(inner)
    if form == "!":
        return f"{draw(sign('!')).strip()} ({text})", not value
    other, second = draw(inner)
    if form == "choice":
        third, last = draw(inner)
        return f"(({text}) ? ({other}) : {third})", second if value else last
    # looser binds outside: left as it is without parentheses in half of the cases
    return f"({text}){draw(sign(form))}({other})", (value and second) if form == "&&" else (value or second)


@st.composite
def chains(draw):
    """Draw a chain of + - * without parentheses, whose meaning is that of Python, which binds alike."""
    parts = draw(st.lists(st.integers(0, 9), min_size=2, max_size=8))
    signs = [draw(st.sampled_from("+-*")) for _ in parts[1:]]
    text = str(parts[0]) + "".join(f" {sign} {part}" for sign, part in zip(signs, parts[1:], strict=True))
    return text, eval(text)


def meanings():
    return integers() | conditions() | chains()
