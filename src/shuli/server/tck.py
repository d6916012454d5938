"""Run the cases of a DMN Technology Compatibility Kit that lies in a directory."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from shuli.core.feel.dmn.kit import CaseResult, KitFile, read_cases, run_case
from shuli.core.feel.dmn.model import Model
from shuli.core.feel.dmn.read import read_dmn

_LEVEL = "compliance-"


@dataclass(frozen=True, slots=True, kw_only=True)
class KitResult:
    """One node of one case, with the level ("level-3") and the folder that it belongs to."""

    level: str
    folder: str
    result: CaseResult


def run_kit(directory: Path, now: datetime | None = None) -> list[KitResult]:
    """Return the result of every case below a directory, in the order of the files."""
    moment = now or datetime.now(UTC)
    return [
        KitResult(level=_level_of(path), folder=path.parent.name, result=result)
        for path in sorted(directory.rglob("*.xml"))
        for result in _run_file(path, moment)
    ]


def run_tck(directory: Path) -> int:
    """Print the number of passed and failed cases per level and the failing ones; return the exit status."""
    results = run_kit(directory)
    for level in sorted({result.level for result in results}):
        passed = [entry.result.passed for entry in results if entry.level == level]
        print(f"{level}: {sum(passed)} passed, {len(passed) - sum(passed)} failed")
    failed = [entry for entry in results if not entry.result.passed]
    for entry in failed:
        print(f"{entry.folder}/{entry.result.id}: {entry.result.reason}")
    if not results:
        print(f"Expected test cases (*.xml) below {directory} but found none.")
        return 2
    return 1 if failed else 0


def _level_of(path: Path) -> str:
    names = [part.removeprefix(_LEVEL) for part in path.parts if part.startswith(_LEVEL)]
    return names[-1] if names else "level-unknown"


def _run_file(path: Path, now: datetime) -> Iterator[CaseResult]:
    try:
        kit = read_cases(path.read_bytes())
    except ValueError:
        return
    model = _model_of(path, kit)
    if model is None:
        yield CaseResult(id=path.name, reason=f"expected the model {kit.model} but could not read it")
        return
    for case in kit.cases:
        yield from run_case(model, case, now)


def _model_of(path: Path, kit: KitFile) -> Model | None:
    """Return the model of a file of cases, with its neighbours as what it may import."""
    models = {file.name: read_dmn(file.read_bytes()).model for file in sorted(path.parent.glob("*.dmn"))}
    known = tuple(model for model in models.values() if model is not None)
    wanted = path.parent / kit.model
    chosen = wanted if wanted.is_file() else next(iter(sorted(path.parent.glob("*.dmn"))), None)
    return None if chosen is None else read_dmn(chosen.read_bytes(), known).model
