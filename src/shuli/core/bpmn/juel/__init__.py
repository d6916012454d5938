"""JUEL, the expression language of Camunda's files, read by its own grammar and written as FEEL where FEEL says the same."""

from shuli.core.bpmn.juel.translating import Untranslatable, is_juel, translate

__all__ = ["Untranslatable", "is_juel", "translate"]
