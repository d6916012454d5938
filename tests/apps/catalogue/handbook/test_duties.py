"""What somebody has to do is read from all processes in force: a person's, a post's, a department's."""

import pytest

from shuli.apps.catalogue import queries
from shuli.apps.catalogue.handbook import duties
from shuli.apps.catalogue.handbook.gathered import department_handbook, post_handbook
from shuli.apps.catalogue.handbook.receipts import digest_of
from shuli.apps.catalogue.models import DutyReceipt
from shuli.apps.directory import queries as directory
from shuli.apps.documents.paper import Grid

pytestmark = pytest.mark.django_db


@pytest.fixture
def agent(company):
    return directory.search_people("李敏")[0].username


def of(standing, key):
    version = queries.version_in_force(key).pk
    found = [share for share in duties.shares(standing) if share.version == version]
    return {
        share.node: ("".join(part.letter for part in share.parts if not part.late), share.by_case)
        for share in found
    }


def test_a_person_does_what_their_department_does_and_what_the_first_responder_does(agent):
    found = of(duties.of_person(agent), "P-COMPLAINT")

    assert found["C1a"] == ("R", False)
    assert found["C1b"] == ("RA", False)
    assert of(duties.of_person(directory.search_people("吴涛")[0].username), "P-COMPLAINT")["C3b"] == (
        "R",
        True,
    )
    assert "R" not in found["C4e"][0]  # the executive signs


def test_the_head_answers_for_what_the_department_does(company):
    found = of(duties.of_person(directory.head("service")), "P-COMPLAINT")

    assert found["C1a"] == ("RA", False)


def test_a_department_has_the_parts_of_its_people_and_its_head(company):
    assert of(duties.of_department("service"), "P-COMPLAINT")["C1a"] == ("RA", False)
    assert "N2" not in of(duties.of_department("service"), "P-NEW")


@pytest.mark.accepts("H0-78")
@pytest.mark.parametrize("language", ["zh", "en"])
def test_departments_and_posts_have_handbooks_of_their_own(company, language):
    department = department_handbook("service", language).paper
    post = post_handbook("service-lead", language).paper

    for paper in (department, post):
        assert len(paper.chapters) >= 2
        assert any(isinstance(block, Grid) and block.rows for block in paper.chapters[0].blocks)
    assert department.title == {"zh": "客服部", "en": "Service"}[language]


@pytest.mark.accepts("H1-74")
def test_everybody_finds_their_duties_and_says_that_they_know_them(agent, client_of):
    browser = client_of(agent)
    page = browser.get("/handbook/mine/").content.decode()
    assert 'href="/processes/P-COMPLAINT/handbook/#step-C1a"' in page

    browser.post("/handbook/mine/read/", {"digest": digest_of(agent)})

    assert DutyReceipt.objects.get().person == agent
    assert 'name="digest"' not in browser.get("/handbook/mine/").content.decode()


def test_what_has_changed_meanwhile_is_not_read(agent, client_of):
    answer = client_of(agent).post("/handbook/mine/read/", {"digest": "0" * 64}, follow=True)

    assert not DutyReceipt.objects.exists()
    assert "有变化" in answer.content.decode()
