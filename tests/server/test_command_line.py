"""The command line answers in words and in exit statuses."""

import json

import pytest

from shuli.server.command_line import COMMANDS, build_parser, main


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(command, capsys):
    with pytest.raises(SystemExit) as ended:
        main([command.replace("_", "-"), "--help"])

    assert ended.value.code == 0
    assert "usage: shuli" in capsys.readouterr().out


def test_every_command_has_a_line_in_the_overview():
    overview = build_parser().format_help()

    assert all(command.replace("_", "-") in overview for command in COMMANDS)


@pytest.mark.parametrize("words", [[], ["fly"], ["serve", "--port", "many"]])
def test_what_is_not_understood_ends_with_2(words):
    with pytest.raises(SystemExit) as ended:
        main(words)

    assert ended.value.code == 2


def test_a_feel_expression_gives_its_value(capsys):
    status = main(["feel", 'if level = "major" then 5 / 2 else 1', "--context", '{"level": "major"}'])

    assert status == 0
    assert json.loads(capsys.readouterr().out) == 2.5


def test_a_broken_expression_says_where(capsys):
    status = main(["feel", "1 +"])

    assert status == 1
    assert "Expected" in capsys.readouterr().err


def test_a_context_that_is_no_json_is_a_usage_error(capsys):
    assert main(["feel", "1", "--context", "{"]) == 2
    assert "Expected JSON" in capsys.readouterr().err
