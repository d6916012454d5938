"""Rules about words: a name says what is done, an instruction says when and how much."""

import re

from shuli.core.bpmn.graph import Node
from shuli.core.bpmn.lint.subject import ACTIVITIES, Subject

# What editors call a new element, and what says nothing about the work.
MEANINGLESS = re.compile(
    r"(?:新建?|new|未命名|untitled|我的)?\s*"
    r"(?:任务|活动|节点|步骤|环节|工作|流程|用户任务|(?:user|manual|service|script)?\s*task|activity|step|node|todo|test|测试|无|"
    r"[a-z]|[\d\s._\-#]+)?"
    r"\s*[\d\s._\-#]*[a-z]?",
    re.IGNORECASE,
)

# Words that leave open when, how much, or by which standard.
VAGUE_ZH = (
    "尽快", "适当", "及时", "尽量", "尽可能", "酌情", "视情况", "必要时", "若干", "加强", "大概", "差不多", "原则上",
    "有关方面", "妥善", "合理安排", "努力", "不定期", "近期", "适时", "等等",
)  # fmt: skip
VAGUE_EN = (
    "as soon as possible", "asap", "appropriate", "appropriately", "timely", "promptly", "if necessary", "as needed",
    "adequate", "adequately", "reasonable", "reasonably", "soon", "regularly", "some", "etc", "and so on",
)  # fmt: skip
ENGLISH = re.compile(r"\b(?:" + "|".join(VAGUE_EN) + r")\b", re.IGNORECASE)
CHINESE = re.compile("|".join(VAGUE_ZH))


def names_say_something(subject: Subject) -> None:
    for node_id, node in subject.graph.nodes.items():
        if node.kind not in ACTIVITIES:
            continue
        name = " ".join((node.name.zh or node.name.en).split())
        if not name:
            subject.add("name_missing", node_id)
        elif MEANINGLESS.fullmatch(name):
            subject.add("name_meaningless", node_id, name=subject.name(node_id))


def texts_are_definite(subject: Subject) -> None:
    for node_id, node in subject.graph.nodes.items():
        words = vague_words(node, _documentation(subject, node_id))
        if words:
            subject.add("vague_words", node_id, name=subject.name(node_id), words=tuple(words))


def vague_words(node: Node, documentation: str = "") -> list[str]:
    """Return the vague words in what a node says, each once, in their order."""
    duty = node.duty
    texts = (duty.instruction, duty.key_point, duty.standard)
    chinese = [CHINESE.findall(text.zh) for text in texts] + [CHINESE.findall(documentation)]
    english = [ENGLISH.findall(text.en) for text in texts] + [ENGLISH.findall(documentation)]
    return list(dict.fromkeys(word.lower() for found in (*chinese, *english) for word in found))


def _documentation(subject: Subject, node_id: str) -> str:
    element = subject.document.elements.get(node_id)
    return " ".join(one.text for one in element.documentation) if element else ""


RULES = (names_say_something, texts_are_definite)
