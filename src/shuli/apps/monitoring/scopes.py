"""What somebody may see figures of."""

from msgspec import Struct


class Scope(Struct, frozen=True, kw_only=True):
    """Whole processes, and whole departments."""

    processes: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()
    is_everything: bool = False  # the operator's command line

    @property
    def is_empty(self) -> bool:
        return not (self.processes or self.departments or self.is_everything)
