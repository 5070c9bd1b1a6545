"""Learners' rules: what runs, what it costs, and that every mistake gets one sentence with its position."""

from __future__ import annotations

import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curriculum.support.rules import MAX_DEPTH, MAX_LENGTH, RuleError, compile_rule, tokenised
from curriculum.support.rules_at_once import decided

TYPES = {"amount": float, "country": str, "n": int, "new": bool, "score": float, "tags": list}
ROWS = {
    "amount": np.array([1.0, 250.0, 40.0]),
    "country": np.array(["SE", "DK", "NO"]),
    "n": np.array([0, 1, 2]),
    "new": np.array([True, False, True]),
    "score": np.array([0.1, 0.95, 0.5]),
    "tags": [["a"], [], ["a", "b"]],
}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("amount > 100", [False, True, False]),
        ("new && amount >= 40.0 || score > 0.9", [False, True, True]),
        ("country in ['SE', 'NO']", [True, False, True]),
        ("!(country == 'SE') && n != 2", [False, True, False]),
        ("country.startsWith('S')", [True, False, False]),
        ("'b' in tags", [False, False, True]),
        ("n > 0 && amount / double(n) > 100.0", [False, True, False]),
        ("n == 0 ? new : amount / double(n) > 100.0", [True, True, False]),
        ("true", [True, True, True]),
        ("// a remark\n amount > 100.0", [False, True, False]),
    ],
)
def test_rules_say_true_or_false_for_every_row(text: str, expected: list[bool]) -> None:
    rule = compile_rule(text, TYPES)
    assert rule.each(ROWS) == expected
    first = {name: ROWS[name][0] if isinstance(ROWS[name], list) else ROWS[name][0].item() for name in ROWS}
    assert rule.test(first) is expected[0]


@pytest.mark.parametrize(
    ("text", "position", "words"),
    [
        ("", 1, "empty rule"),
        ("amount >", 9, "the end of the rule"),
        ("amout > 3", 1, "the column amout"),
        ("amount > 3 and new", 12, "expected && instead"),
        ("new or(amount > 3)", 5, "expected || instead"),
        ("amount = 3", 8, "expected == to compare"),
        ("amount => 3", 8, "a single ="),
        ("(amount > 3", 12, "')' here"),
        ("amount > 3)", 11, "“)”"),
        ("country == 5", 12, "expected text"),
        ("amount == 'x'", 11, "expected a number"),
        ("'x' == amount", 1, "expected a number"),
        ("country in ['SE', 5]", 19, "expected text"),
        ("new == 1", 8, "expected true or false"),
        ("country == “SE”", 12, "curly quotation mark"),
        ("amount ≥ 3", 8, "expected >="),
        ("country == 'SE", 12, "never closed"),
        ("tags.all(x, x == 'a')", 6, "the function all"),
        ("[1, 2].exists(x, x > 1)", 8, "the function exists"),
        ("tags.map(amount, true)", 6, "the function map"),
        ("launch(amount)", 1, "the function launch"),
        ("amount > 1\n&& amont > 2", 15, "line 2, character 4"),
        ("99999999999999999999999 > n", 1, "operator"),
    ],
)
def test_a_rule_that_does_not_compile_gets_a_sentence_with_the_position(text: str, position: int, words: str) -> None:
    with pytest.raises(RuleError) as caught:
        compile_rule(text, TYPES)
    assert caught.value.position == position
    assert words in str(caught.value)
    assert str(caught.value).startswith("The rule, ") and str(caught.value).endswith(".")


@pytest.mark.parametrize(
    ("text", "position", "words"),
    [
        ("amount", 1, "a result that is a number"),
        ("country", 1, "a result that is text"),
        ("new || (score > 2.0 || n / (n - 1) > 5)", 24, "a division by zero"),
        ("amount / double(n) > 3.0", 10, "a division by zero for a row with amount = 1.0, n = 0"),
        ("amount / 0.0 > 1.0", 10, "a division by zero"),
        ("new && amount + n > 3.0", 8, "values of kinds that do not go together"),
        ("amount * 2 > 4.0", 1, "write numbers that you calculate with as 2.0"),
        ("tags[1] == 'b'", 1, "a list that is too short"),
        ("9223372036854775807 + n > 0", 1, "a number that is too large"),
    ],
)
def test_a_rule_that_cannot_be_worked_out_names_the_part_and_the_row(text: str, position: int, words: str) -> None:
    rows = {**ROWS, "new": np.array([False, False, False])} if text.startswith("new ||") else ROWS
    with pytest.raises(RuleError) as caught:
        compile_rule(text, TYPES).each(rows)
    assert words in str(caught.value)
    assert caught.value.position == position


def test_a_zero_behind_a_guard_is_no_division_by_zero() -> None:
    assert compile_rule("n > 0 && 8.0 / double(n) > 5.0", TYPES).each(ROWS) == [False, True, False]


def test_length_and_depth_are_limited() -> None:
    with pytest.raises(RuleError, match="at most 800"):
        compile_rule("amount > 1.0 || " * 60 + "new", TYPES)
    assert len("amount > 1.0 || " * 60) > MAX_LENGTH
    with pytest.raises(RuleError, match=f"at most {MAX_DEPTH} levels"):
        compile_rule("(" * (MAX_DEPTH + 1) + "new" + ")" * (MAX_DEPTH + 1), TYPES)
    assert compile_rule("(" * MAX_DEPTH + "new" + ")" * MAX_DEPTH, TYPES).columns == ("new",)


def test_a_rule_has_no_regular_expressions() -> None:
    with pytest.raises(RuleError, match="the function matches; expected one of size, contains, startsWith"):
        compile_rule('name.matches("(a+)+$")', {"name": str})


def test_only_the_columns_that_are_named_are_read() -> None:
    rule = compile_rule("amount > 1.0 && country == 'amount and score'", TYPES)
    assert rule.columns == ("amount", "country")


def test_twenty_thousand_rows_take_well_under_half_a_second() -> None:
    rows = {
        "amount": np.linspace(0, 500, 20_000),
        "new": np.arange(20_000) % 7 == 0,
        "score": np.linspace(0, 1, 20_000),
    }
    rule = compile_rule("new && amount >= 200.0 || score > 0.99", TYPES)
    start = time.process_time()
    result = rule.each(rows)
    assert time.process_time() - start < 0.5
    assert sum(result) == int(((rows["new"] & (rows["amount"] >= 200)) | (rows["score"] > 0.99)).sum())


COMPARISONS = st.sampled_from(
    [
        "amount >= 40.0", "40.0 < amount", "amount != 1.0", "n == 1", "2 <= n", "n < 2", "country == 'DK'",
        "'SE' != country", "new", "new == false", "true != new", "score > 0.9", "!new", "!(n == 2)", "!!new",
    ]
)  # fmt: skip
PLAIN_RULES = st.recursive(
    COMPARISONS,
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from([" && ", " || "]), inner).map("".join),
        inner.map(lambda text: f"({text})"),
        inner.map(lambda text: f"!({text})"),
    ),
    max_leaves=6,
)


@settings(max_examples=200, deadline=None)
@given(PLAIN_RULES)
def test_a_plain_rule_decided_at_once_says_what_it_says_of_each_row(text: str) -> None:
    rows = {**ROWS, "amount": np.array([1.0, np.inf, 40.0])}
    words = [(token.kind, token.text) for token in tokenised(text)]
    asked = [{name: column[row].item() for name, column in rows.items() if name != "tags"} for row in range(3)]
    try:
        rule = compile_rule(text, TYPES)
    except RuleError:  # too deep
        return
    assert decided(words, TYPES, rows) == [rule.test({**row, "tags": []}) for row in asked]


@pytest.mark.parametrize(
    "text",
    ["amount > 100", "country in ['SE']", "n == 0 ? new : new", "!n == 3", "(new) == true", "country < 'SE'",
     "n > 0 && amount / double(n) > 1.0", "country == 'S\\u0045'", "true", "score > 1e-1", "amount == score"],
)  # fmt: skip
def test_what_needs_more_than_comparisons_is_left_to_cel(text: str) -> None:
    assert decided([(token.kind, token.text) for token in tokenised(text)], TYPES, ROWS) is None


def test_columns_of_another_kind_are_left_to_cel() -> None:
    words = [("name", "amount"), ("sign", ">"), ("number", "1.0")]
    assert decided(words, TYPES, ROWS) == [False, True, True]
    assert decided(words, TYPES, {"amount": [1.0, 250.0, 40.0]}) is None
    assert decided(words, TYPES, {"amount": np.array([1, 250, 40])}) is None
    assert decided(words, TYPES, {"amount": np.array([1.0, np.nan])}) is None
    assert decided(words, TYPES, {"amount": np.array([1.0, None], dtype=object)}) is None


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="amountscore newtru()[]{}.,'\"&|!<>=+-*/%?:0123456789 \n\\“é", max_size=60))
def test_any_text_compiles_or_gets_a_sentence(text: str) -> None:
    try:
        rule = compile_rule(text, TYPES)
        rule.each(ROWS)
    except RuleError as error:
        assert 1 <= error.position <= len(text) + 1
        assert error.found and error.expected
