"""What the surroundings ask for, as one value."""

from pathlib import Path

import pytest

from shuli.server.database_url import django_database, socket_url
from shuli.server.environment import read_environment
from shuli.server.mail_url import mail_settings


def test_nothing_set_means_this_machine_only_and_no_demo():
    found = read_environment({})

    assert found.is_loopback
    assert not found.demo
    assert found.address == "http://127.0.0.1:8000"
    assert found.database_url is None


def test_variables_are_read():
    found = read_environment({"SHULI_DATA": "/srv/shuli", "SHULI_DEMO": "yes", "SHULI_HOST": "0.0.0.0"})

    assert found.data == Path("/srv/shuli")
    assert found.demo
    assert not found.is_loopback


@pytest.mark.parametrize(
    ("variables", "address"),
    [
        ({"SHULI_HOST": "::1", "SHULI_PORT": "81"}, "http://[::1]:81"),
        ({"SHULI_HOST": "0.0.0.0"}, "http://localhost:8000"),
        ({"SHULI_ADDRESS": "https://shuli.example/"}, "https://shuli.example"),
    ],
)
def test_links_in_mail_lead_where_browsers_reach_it(variables, address):
    assert read_environment(variables).address == address


def test_an_address_becomes_djangos_database():
    found = django_database("postgresql://u%40x:p%2Fw@db.example:5433/shuli?sslmode=require")

    assert (found["USER"], found["PASSWORD"]) == ("u@x", "p/w")
    assert (found["HOST"], found["PORT"], found["NAME"]) == ("db.example", "5433", "shuli")
    assert found["OPTIONS"]["sslmode"] == "require"


def test_a_socket_address_goes_there_and_back():
    url = socket_url(folder="/a b/梳理", port=5432, user="shuli", password="p:w/d?", database="shuli")

    found = django_database(url)

    assert (found["HOST"], found["PASSWORD"]) == ("/a b/梳理", "p:w/d?")


def test_another_database_is_refused():
    with pytest.raises(ValueError, match="Expected DATABASE_URL to begin with postgresql"):
        django_database("sqlite:///data.db")


def test_mail_goes_to_files_until_a_server_is_named():
    assert mail_settings(None)["EMAIL_BACKEND"] == "shuli.kit.mail.FileBackend"


def test_mail_with_a_password_is_encrypted():
    found = mail_settings("smtp://u:p%40ss@mail.example")

    assert (found["EMAIL_PORT"], found["EMAIL_HOST_PASSWORD"]) == (587, "p@ss")
    assert found["EMAIL_USE_TLS"]
    assert mail_settings("smtps://mail.example")["EMAIL_USE_SSL"]


def test_a_mail_address_of_another_form_is_refused():
    with pytest.raises(ValueError, match="Expected SHULI_SMTP_URL"):
        mail_settings("mail.example:25")


def test_over_a_network_both_ends_give_up_a_peer_that_vanished():
    options = django_database("postgresql://u:p@db.example/shuli")["OPTIONS"]

    assert options["tcp_user_timeout"] == "14000"
    assert "-c tcp_keepalives_idle=5" in options["options"]


def test_what_the_address_says_about_the_network_counts_and_a_pooler_gets_no_options():
    options = django_database("postgresql://u@pool.example/shuli?options=&keepalives_idle=60")["OPTIONS"]

    assert options["keepalives_idle"] == "60"
    assert "options" not in options


def test_behind_a_socket_nothing_can_vanish():
    assert django_database("postgresql:///shuli?host=/run/postgresql")["OPTIONS"] == {"prepare_threshold": 5}


def test_a_pooler_that_mixes_up_prepared_statements_gets_none():
    assert django_database("postgresql:///shuli?prepare=off")["OPTIONS"] == {}


def test_a_node_has_one_name_and_its_own():
    names = [read_environment({"SHULI_DATA": folder}).node for folder in ("/srv/a", "/srv/a", "/srv/b")]

    assert names[0] == names[1] != names[2]


def test_what_nodes_share_is_in_the_data_folder_unless_said_otherwise():
    alone = read_environment({"SHULI_DATA": "/srv/a"})
    together = read_environment({"SHULI_DATA": "/srv/a", "SHULI_SHARED": "/net/shuli"})

    assert (alone.shared, together.shared) == (Path("/srv/a"), Path("/net/shuli"))
