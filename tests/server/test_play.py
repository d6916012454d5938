"""`shuli play` from the command line."""

import json

import pytest

from server.play.tables import PROCESSES, shipped
from shuli.server.command_line import main
from shuli.server.environment import terminal_language
from shuli.server.play.terminal import converse
from shuli.server.play.words import WORDS

COMPLAINT = str(PROCESSES / "P-COMPLAINT" / "process.bpmn")


def test_it_plays_itself_and_says_how_it_ended(capsys):
    assert main(["play", COMPLAINT, "--auto", "--language", "zh"]) == 0

    assert "案件已结束：已完成" in capsys.readouterr().out


def test_programs_get_json(capsys):
    main(["play", COMPLAINT, "--auto", "--json"])

    found = json.loads(capsys.readouterr().out)
    assert found["status"] == "approved"
    assert found["script"][0].startswith("start ")


def test_a_saved_script_plays_again(tmp_path, capsys):
    main(["play", COMPLAINT, "--auto", "--json", "--seed", "2"])
    first = json.loads(capsys.readouterr().out)
    file = tmp_path / "case.txt"
    file.write_text("\n".join(["# mine", *first["script"]]), encoding="utf-8")

    assert main(["play", COMPLAINT, "--script", str(file), "--json"]) == 0

    last = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert last["variables"] == first["variables"]


def test_a_script_that_cannot_be_done_stops_and_says_where(tmp_path, capsys):
    file = tmp_path / "case.txt"
    file.write_text("1\ncomplete nothing\n1\n", encoding="utf-8")

    assert main(["play", COMPLAINT, "--script", str(file), "--language", "en"]) == 1

    assert "Line 2: complete nothing" in capsys.readouterr().out


def test_too_few_steps_are_a_failure(capsys):
    assert main(["play", COMPLAINT, "--auto", "--steps", "2", "--language", "en"]) == 1

    assert "has not ended" in capsys.readouterr().out


def test_a_model_that_cannot_be_played_says_why(tmp_path, capsys):
    file = tmp_path / "no.bpmn"
    file.write_text("<html/>")

    assert main(["play", str(file), "--language", "zh"]) == 1

    assert "BPMN 2.0" in capsys.readouterr().out


def test_wrong_words_are_a_usage_error():
    with pytest.raises(SystemExit) as left:
        main(["play", COMPLAINT, "--at", "tomorrow"])

    assert left.value.code == 2


def test_the_conversation_explains_itself_asks_for_answers_and_leaves():
    typed = iter(["1", "", "!", "help", "quit"])
    shown = []

    converse(shipped("P-COMPLAINT"), lambda prompt: shown.append(prompt) or next(typed), shown.append)

    text = "\n".join(shown)
    assert "这是试走" in text
    assert "投诉渠道 (phone=电话" in text
    assert "任务来到：响应" in text
    assert "撤销一步" in text


def test_every_sentence_is_there_in_both_languages():
    assert all((zh and en and zh != en) or zh == "{name}：{condition}" for zh, en in WORDS.values())


def test_the_language_is_that_of_the_terminal():
    assert terminal_language({"LANG": "zh_CN.UTF-8"}) == "zh"
    assert terminal_language({"LC_ALL": "C", "LANG": "zh_CN.UTF-8"}) == "en"
    assert terminal_language({}) == "en"


def test_a_folder_is_counted(tmp_path, capsys):
    (tmp_path / "no.bpmn").write_text("<html/>")

    assert main(["check", str(tmp_path), "--json"]) == 1

    assert json.loads(capsys.readouterr().out)["refused_because"] == {"root_wrong": 1}


def test_processes_of_other_files_are_entered_where_they_are_called(tmp_path, capsys):
    also = ["--also", str(PROCESSES / "P-PLAN" / "process.bpmn")]
    quality = str(PROCESSES / "P-QUALITY" / "process.bpmn")

    status = main(["play", quality, *also, "--auto", "--json", "--seed", "8"])
    script = json.loads(capsys.readouterr().out)["script"]
    file = tmp_path / "case.txt"
    file.write_text("\n".join(script), encoding="utf-8")

    assert status == 0
    assert any(line.startswith("complete L1") for line in script)
    assert not any(line.startswith("finish QSP1") for line in script)
    assert main(["play", quality, *also, "--script", str(file), "--json"]) == 0
