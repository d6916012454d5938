"""Candidate groups, sites, and the calendar that counts for somebody."""

import pytest

from shuli.apps.directory import operations, queries
from shuli.apps.directory.models import Department
from shuli.kit.errors import Denied

pytestmark = pytest.mark.usefixtures("company")
SHORT_DAY = ((9 * 60, 12 * 60),)


@pytest.fixture
def helpers(administrator):
    operations.save_group(administrator, "helpers", name="支援组", name_en="Helpers", is_new=True)


def joined(administrator, kind, member):
    return operations.join_group(administrator, "helpers", kind, member)


def calendar(administrator, code):
    week = (SHORT_DAY, SHORT_DAY, SHORT_DAY, SHORT_DAY, SHORT_DAY, (), ())
    operations.save_calendar(
        administrator, code, name=code, name_en="", zone="Asia/Shanghai", week=week, is_new=True
    )


def test_a_group_is_its_people_and_whoever_holds_its_posts_or_sits_in_its_departments(administrator, helpers):
    joined(administrator, "people", "limin")
    joined(administrator, "posts", "cto")
    joined(administrator, "departments", "quality")

    members = queries.members("group:helpers")

    assert {"limin", *queries.members("post:cto"), *queries.members("department:quality")} == set(members)
    assert all("group:helpers" in queries.pools_of(name) for name in members)


def test_a_closed_group_has_nobody(administrator, helpers):
    joined(administrator, "people", "limin")

    operations.close_group(administrator, "helpers")

    assert queries.members("group:helpers") == []
    assert "group:helpers" not in queries.pools_of("limin")


def test_a_member_can_be_taken_out_again(administrator, helpers):
    joined(administrator, "people", "limin")

    operations.leave_group(administrator, "helpers", "people", "limin")

    assert queries.members("group:helpers") == []


def test_nobody_joins_who_is_not_there_and_only_administrators_change_a_group(administrator, helpers):
    assert joined(administrator, "people", "nobody").code == "no_such_member"
    assert joined(administrator, "tables", "limin").code == "no_such_member"
    assert isinstance(joined("limin", "people", "limin"), Denied)


def test_who_left_is_in_no_group(administrator, helpers):
    joined(administrator, "people", "limin")

    operations.disable_person(administrator, "limin")

    assert queries.members("group:helpers") == []


def test_the_nearest_calendar_counts_person_then_department_then_site_then_company(administrator):
    company = queries.calendar_for("service", "limin")
    for code in ("of-site", "of-department", "of-person"):
        calendar(administrator, code)
    operations.save_site(administrator, "south", name="南区", name_en="", calendar="of-site", is_new=True)
    seen = [company]

    operations.use_calendar(administrator, "service", "", "south")
    seen.append(queries.calendar_for("service", "limin"))
    operations.use_calendar(administrator, "service", "of-department", "south")
    seen.append(queries.calendar_for("service", "limin"))
    operations.use_own_calendar(administrator, "limin", "of-person")
    seen.append(queries.calendar_for("service", "limin"))

    known = queries.organisation().calendars
    assert seen == [known["company"], known["of-site"], known["of-department"], known["of-person"]]
    assert queries.calendar_for("service", "hejia") is known["of-department"]
    assert queries.calendar_for(None) is known["company"]


def test_the_work_of_a_closed_department_is_its_successors(administrator):
    Department.objects.filter(code="design").update(
        is_active=False, successor=Department.objects.get(code="marketing")
    )

    assert set(queries.members("department:design")) >= set(queries.members("department:marketing"))
    assert "department:design" in queries.pools_of("zhaolei")
    assert queries.head("design") == queries.head("marketing")
    assert queries.department_exists("design")
    assert "design" in queries.departments_led(queries.head("marketing"))


def test_a_superior_is_found_level_by_level_and_the_topmost_ends_the_line():
    chain = queries.superiors("limin")

    assert [queries.superior("limin", n) for n in (1, 2, 3, 9)] == [*chain[:3], chain[-1]]
    assert queries.superior("nobody") is None
