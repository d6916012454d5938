"""What the organisation adds to every page: navigation, who is signed in, the example company's banner."""

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shuli.apps.directory import queries, wording
from shuli.core.worktime import year_is_covered
from shuli.kit import navigation
from shuli.kit import shell as kit_shell
from shuli.kit.errors import register_sentences
from shuli.kit.forms.sources import sources


def connect() -> None:
    """Tell the kit what it may not ask; called once when the app is ready."""
    register_sentences(wording.SENTENCES)
    sources.people = queries.full_names
    sources.departments = lambda: queries.choices("department")
    sources.posts = lambda: queries.choices("post")
    sources.find_people = "directory:find_people"
    navigation.add(
        navigation.Entry(
            key="organisation",
            label=gettext_lazy("Organisation"),
            icon="users-group",
            url_name="directory:departments",
            order=80,
            group=2,
            go="o",
        )
    )
    navigation.set_place("profile", "directory:profile")
    kit_shell.describe_person_with(_person_line)
    kit_shell.add_banner("demo", _demo)
    kit_shell.add_banner("holidays", _holidays_missing)


def _person_line(request: HttpRequest) -> kit_shell.PersonLine | None:
    card = queries.person(request.user.get_username())
    return kit_shell.PersonLine(name=card.display_name(), note=card.department_name()) if card else None


def _demo(request: HttpRequest) -> kit_shell.Banner | None:
    from shuli.apps.directory.sign_in import demo_banner  # its views need the apps to be ready

    return demo_banner(request)


def _holidays_missing(request: HttpRequest) -> kit_shell.Banner | None:
    """Warn administrators in a year whose holidays nobody has entered: due dates may be too early."""
    if not getattr(request.user, "is_administrator", False):
        return None
    year = queries.today().year
    if year_is_covered(queries.calendar_for(None), year):
        return None
    words = _("The holidays of %(year)s are not in the working calendar; due dates may be too early.")
    return kit_shell.Banner(
        text=words % {"year": year},
        icon="alert-triangle",
        url="/organisation/calendars/",
        link=_("Working calendars"),
    )
