"""As another node: publish a new version of a process and rename a department in the database that DATABASE_URL names."""

import django


def main():
    django.setup()
    from reliability.processes import FORM, race
    from shuli.apps.catalogue import operations as catalogue
    from shuli.apps.directory.models import Department

    facts = {"key": "P-RACE", "name": {"zh": "测试", "en": "Test"}, "action": {"zh": "开始", "en": "Start"}}
    bpmn = race().replace("Step prepare", "Prepared elsewhere")
    installed = catalogue.publish(catalogue.Package(facts=facts, bpmn=bpmn, forms={"asked": FORM}))
    if not installed.is_new:
        raise RuntimeError(installed)
    unit = Department.objects.get(code="service")
    unit.name_en = "Renamed elsewhere"
    unit.save()


if __name__ == "__main__":
    main()
