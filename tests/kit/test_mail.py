"""Without a mail server every message is a file."""

import email
import email.policy

from django.core.mail import EmailMessage

from shuli.kit.mail import FileBackend


def test_every_message_is_a_file_of_its_own(tmp_path):
    messages = [EmailMessage(f"任务 {n}", "请处理。", to=["lin@example.com"]) for n in (1, 2)]

    sent = FileBackend(file_path=str(tmp_path / "mail")).send_messages(messages)

    files = sorted((tmp_path / "mail").glob("*.eml"))
    found = [email.message_from_bytes(file.read_bytes(), policy=email.policy.default) for file in files]
    assert sent == 2
    assert {message["Subject"] for message in found} == {"任务 1", "任务 2"}
    assert found[0].get_content().strip() == "请处理。"


def test_nobody_else_may_read_the_files(tmp_path):
    FileBackend(file_path=str(tmp_path)).send_messages([EmailMessage("s", "b", to=["lin@example.com"])])

    assert next(tmp_path.glob("*.eml")).stat().st_mode & 0o077 == 0
