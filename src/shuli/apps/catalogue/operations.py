"""Writing the register: install the library, publish a version."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

from django.db import transaction
from django.db.models import Count

from shuli.apps.catalogue import schedules
from shuli.apps.catalogue.decisions import operations as decisions
from shuli.apps.catalogue.decisions.operations import Shipped
from shuli.apps.catalogue.models import Process, ProcessVersion
from shuli.apps.catalogue.register.shipped import install_key_processes
from shuli.core.bpmn import Finding, check, compile_process, not_runnable, read_bpmn
from shuli.core.bpmn.graph import ProcessGraph
from shuli.core.engine import ELEMENTS
from shuli.core.feel.dmn import read_dmn
from shuli.core.forms import answer_keys, read_form
from shuli.kit import clock
from shuli.kit.failpoints import failpoint


@dataclass(frozen=True, kw_only=True)
class Package:
    """A process as files carry it: its facts, its model, its forms, its documents."""

    facts: dict[str, Any]
    bpmn: str
    forms: dict[str, Any]
    documents: dict[str, Any] = field(default_factory=dict)
    # published on their own, so they are not part of the digest
    decisions: tuple[Shipped, ...] = ()

    @property
    def digest(self) -> str:
        text = json.dumps([self.bpmn, self.forms, self.documents], sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True, kw_only=True)
class Installed:
    """What installing a package did, or why it was refused."""

    key: str
    version: str = ""
    is_new: bool = False
    findings: tuple[Finding, ...] = ()
    problems: tuple[str, ...] = ()

    @property
    def is_refused(self) -> bool:
        return bool(self.problems) or any(finding.severity == "error" for finding in self.findings)


def install_library() -> list[Installed]:
    """Register every process that ships; one that is there unchanged stays as it is."""
    root = resources.files("shuli.library") / "processes"
    folders = sorted((folder for folder in root.iterdir() if folder.is_dir()), key=lambda folder: folder.name)
    found = [publish(read_package(folder)) for folder in folders if (folder / "process.json").is_file()]
    install_key_processes()
    return found


def install_examples(most: int | None = None) -> list[Installed]:
    """Register the worked examples of handbook 0 with their versions in turn; only the example company has them.

    `most`: so many versions of each, for a company whose past begins before the later ones.
    """
    root = resources.files("shuli.library") / "company" / "processes"
    folders = sorted((folder for folder in root.iterdir() if folder.is_dir()), key=lambda folder: folder.name)
    counted = Process.objects.annotate(count=Count("versions")).values_list("key", "count")
    there = dict(counted)
    return [
        publish(read_package(version))
        for folder in folders
        for version in sorted(folder.iterdir(), key=lambda one: one.name)[there.get(folder.name, 0) : most]
    ]


def read_package(folder: Traversable) -> Package:
    """Read a process from its folder: process.json, process.bpmn, forms/*.json."""
    facts = json.loads((folder / "process.json").read_text(encoding="utf-8"))
    forms = {
        definition["key"]: definition
        for definition in (
            json.loads(file.read_text(encoding="utf-8"))
            for file in _files(folder / "forms")
            if file.name.endswith(".json")
        )
    }
    bpmn = (folder / "process.bpmn").read_text(encoding="utf-8")
    return Package(
        facts=facts,
        bpmn=bpmn,
        forms=forms,
        documents=facts.get("documents", {}),
        decisions=tuple(_decisions(folder, facts)),
    )


def _files(folder: Traversable) -> list[Traversable]:
    """Return the files of a folder by name; none where there is no such folder."""
    return sorted(folder.iterdir(), key=lambda file: file.name) if folder.is_dir() else []


def _decisions(folder: Traversable, facts: dict[str, Any]) -> Iterator[Shipped]:
    """Yield the decisions that the package names, each from its file in decisions/."""
    for key, said in facts.get("decisions", {}).items():
        dmn = (folder / "decisions" / f"{key}.dmn").read_text(encoding="utf-8")
        yield Shipped(
            key=key,
            name=said["name"]["zh"],
            name_en=said["name"]["en"],
            dmn=dmn,
            samples=said.get("samples", []),
        )


def publish(package: Package) -> Installed:
    """Check the package and put it in force as the next version; the version before is retired."""
    key = package.facts["key"]
    findings, graph = _compiled(package)
    problems = (*_form_problems(package), *_decision_problems(package))
    refused = Installed(key=key, findings=findings, problems=problems)
    if graph is None or refused.is_refused:
        return refused
    with transaction.atomic():
        process = _registered(key, package.facts, graph)
        decisions.install(process, package.decisions)
        latest = process.versions.order_by("-pk").first()
        if latest is not None and latest.digest == package.digest:
            return Installed(key=key, version=latest.number, findings=findings)
        number = _next_number(latest)
        process.versions.filter(status="published").update(
            status=ProcessVersion.Status.RETIRED, replaced_at=clock.now()
        )
        failpoint("version.retired")
        version = process.versions.create(
            number=number,
            status=ProcessVersion.Status.PUBLISHED,
            bpmn=package.bpmn,
            forms=package.forms,
            documents=package.documents,
            digest=package.digest,
            published_at=clock.now(),
            effective_at=clock.now(),
        )
        schedules.renew(version)
        failpoint("version.published")
    return Installed(key=key, version=number, is_new=True, findings=findings)


def _compiled(package: Package) -> tuple[tuple[Finding, ...], ProcessGraph | None]:
    reading = read_bpmn(package.bpmn.encode())
    if reading.document is None:
        return reading.findings, None
    compilation = compile_process(reading.document)
    readings = {key: read_form(definition).form for key, definition in package.forms.items()}
    fields = {key: answer_keys(form) for key, form in readings.items() if form is not None}
    findings = check(reading.document, forms=fields)
    if compilation.graph is not None:
        findings += not_runnable(reading.document, compilation.graph, ELEMENTS)
    return (*reading.findings, *findings, *compilation.findings), compilation.graph


def _form_problems(package: Package) -> list[str]:
    readings = {key: read_form(definition) for key, definition in package.forms.items()}
    return [f"{key}: {finding}" for key, reading in readings.items() for finding in reading.findings]


def _decision_problems(package: Package) -> list[str]:
    found = []
    for one in package.decisions:
        model = read_dmn(one.dmn.encode()).model
        said = ("not readable DMN",) if model is None else decisions.findings(model)
        found += [
            f"{one.key}: {reason}" for reason in said if getattr(reason, "severity", "error") == "error"
        ]
    return found


def _registered(key: str, facts: dict[str, Any], graph: ProcessGraph) -> Process:
    """Return the entry of the register; one that somebody has edited keeps what they wrote."""
    of_the_model = {"owner_post": graph.owner or "", "supervisor_post": graph.supervisor or ""}
    process = Process.objects.select_for_update().filter(key=key).first()
    if process is None:
        return Process.objects.create(key=key, **of_the_model, **_entry(facts, graph))
    values = of_the_model if process.edited_at else of_the_model | _entry(facts, graph)
    for name, value in values.items():
        setattr(process, name, value)
    process.save()
    return process


def _entry(facts: dict[str, Any], graph: ProcessGraph) -> dict[str, Any]:
    """Return what a package says of its process beside its owner."""
    names = facts.get("name", {})
    action = facts.get("action", {})
    domain = facts.get("domain", {})
    found = {
        "name": names.get("zh") or graph.name.zh,
        "name_en": names.get("en") or graph.name.en,
        "goal": graph.goal.zh,
        "goal_en": graph.goal.en,
        "category": facts.get("category") or graph.category or Process.Category.CORE,
        "level": facts.get("level", "L3"),
        "domain": domain.get("zh", ""),
        "domain_en": domain.get("en", ""),
        "starters": facts.get("starters", []),
        "action": action.get("zh", ""),
        "action_en": action.get("en", ""),
        "icon": facts.get("icon", "sitemap"),
    }
    # What an entry without a model may know better than a package that does not say it.
    others = ("code", "department", "importance", "regulations")
    return found | {name: facts[name] for name in others if facts.get(name)}


def _next_number(latest: ProcessVersion | None) -> str:
    if latest is None:
        return "1.0"
    major, _, minor = latest.number.partition(".")
    return f"{major}.{int(minor or 0) + 1}"
