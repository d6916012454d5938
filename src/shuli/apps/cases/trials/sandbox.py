"""The company as a draft meets it while it is tried out: real people and calendars, but nothing leaves the page."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from shuli.apps.cases.world import CompanyWorld
from shuli.core.engine.world import Service
from shuli.core.feel.dmn.decided import Decided


class NoServices(Mapping[str, Service]):
    """Every function there is: none of them runs, and each is told to whoever looks on."""

    def __init__(self, told: Callable[[str], None]) -> None:
        self._told = told

    def __getitem__(self, name: str) -> Service:
        def nothing(_variables: dict[str, Any]) -> dict[str, Any]:
            self._told(name)
            return {}

        return nothing

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


@dataclass(kw_only=True)
class Sandbox(CompanyWorld):
    """Answer the engine from the directory and the decisions in force; run no function, count no open tasks anew."""

    called: list[str] = field(default_factory=list)

    @property
    def services(self) -> Mapping[str, Service]:
        return NoServices(self.called.append)

    def decide(self, key: str, variables: dict[str, Any]) -> Decided:
        self.called.append(key)
        return super().decide(key, variables)
