"""Publish the small processes of the verbs in the installation that SHULI_DATA names; print who plays a part."""

import json
import sys


def main():
    from shuli.server.installation import installation

    with installation():
        from apps.cases import verb_processes

        verb_processes.publish("P-SIGN", verb_processes.parallel())
        straight = verb_processes.parallel("P-STRAIGHT", "FQ{yyyymmdd}{seq}", extra='resubmit="straight"')
        verb_processes.publish("P-STRAIGHT", straight)
        verb_processes.publish("P-LINE", verb_processes.line())
        sys.stdout.write(json.dumps(move()))


def move():
    """Start three cases, then publish a version that calls their step otherwise; return numbers and people."""
    from apps.cases import verb_processes
    from shuli.apps.cases import operations
    from shuli.apps.cases.models import Case, Task
    from shuli.apps.directory import queries as directory
    from shuli.apps.directory.models import Person

    model = verb_processes.line("P-MOVE", "QY{yyyymmdd}{seq}")
    verb_processes.publish("P-MOVE", model)
    numbers = []
    for n in range(3):
        begun = operations.start_case("P-MOVE", "limin", {"what": f"迁移设备{n}"})
        task = Task.objects.get(case_id=begun.case_id, node="prepare")
        operations.complete(task.pk, "limin", {}, operations.Verdict())
        numbers.append(Case.objects.get(pk=begun.case_id).number)
    newer = model.replace('id="first"', 'id="primo"').replace('"first"', '"primo"')
    verb_processes.publish("P-MOVE", newer.replace("办理first", "办理primo"))
    return {
        "numbers": numbers,
        "owner": directory.members("post:owner-complaint")[0],
        "administrator": Person.objects.filter(is_administrator=True, is_active=True)[0].username,
    }


if __name__ == "__main__":
    main()
