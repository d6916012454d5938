"""Look through a folder of models: how many can run, and why the others cannot."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from msgspec import Struct

from shuli.core.bpmn import Finding
from shuli.server.play.model import load

# What BPMN files are called: Camunda's own tests end in .bpmn20.xml.
ENDINGS = (".bpmn", ".xml")


class Reason(Struct, frozen=True, kw_only=True):
    """One reason with the number of files that it concerns, and the first of them."""

    key: str  # code of the finding; for an element that cannot be run also its kind
    files: int
    file: Path
    example: Finding


class Survey(Struct, frozen=True, kw_only=True):
    """What was found in a folder; a file may be refused for several reasons."""

    runs: tuple[Path, ...] = ()
    refused: tuple[Path, ...] = ()
    reasons: tuple[Reason, ...] = ()  # the most frequent first
    to_mend: tuple[Reason, ...] = ()  # of those that can run, before publication

    @property
    def counts(self) -> dict[str, object]:
        """Return the figures for programs."""
        return {
            "files": len(self.runs) + len(self.refused),
            "run": len(self.runs),
            "refused": len(self.refused),
            "refused_because": {reason.key: reason.files for reason in self.reasons},
            "to_mend_before_publication": {reason.key: reason.files for reason in self.to_mend},
        }


def models_in(folder: Path) -> tuple[Path, ...]:
    """Return the files below a folder that look like BPMN, by name."""
    return tuple(file for file in sorted(folder.rglob("*")) if file.suffix in ENDINGS and file.is_file())


def survey(files: Iterable[Path]) -> Survey:
    """Return what becomes of each file."""
    loaded = {file: load(file) for file in files}
    playable = {file: model for file, model in loaded.items() if model.is_playable}
    return Survey(
        runs=tuple(playable),
        refused=tuple(file for file in loaded if file not in playable),
        reasons=_reasons({file: model.against for file, model in loaded.items()}),
        to_mend=_reasons({file: model.to_mend for file, model in playable.items()}),
    )


def key_of(finding: Finding) -> str:
    kind = finding.params.get("kind") if finding.code == "element_not_runnable" else None
    return f"{finding.code}: {kind.en}" if kind is not None else finding.code


def _reasons(found: Mapping[Path, tuple[Finding, ...]]) -> tuple[Reason, ...]:
    by_key: dict[str, dict[Path, Finding]] = {}
    for file, findings in found.items():
        for finding in findings:
            by_key.setdefault(key_of(finding), {}).setdefault(file, finding)
    reasons = [
        Reason(key=key, files=len(files), file=next(iter(files)), example=next(iter(files.values())))
        for key, files in by_key.items()
    ]
    return tuple(sorted(reasons, key=lambda reason: (-reason.files, reason.key)))
