"""From the typed model to the ProcessGraph."""

from shuli.core.bpmn.compile.process import Compilation, compile_pools, compile_process

__all__ = ["Compilation", "compile_pools", "compile_process"]
