"""What people enter about the organisation. The rules stand in the operations; these read and explain."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shuli.apps.directory import queries
from shuli.apps.directory.hours import read_hours, write_hours
from shuli.apps.directory.models import CalendarDay, Department
from shuli.apps.directory.operations import PersonFacts
from shuli.apps.directory.structure import DepartmentFacts
from shuli.apps.directory.widgets import Choice, PersonPicker, Ticks
from shuli.core.worktime import Day, Week, WorkCalendar
from shuli.kit.forms.sources import sources

# Each language in its own words, as in the language button.
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]


def _departments() -> list[tuple[str, Any]]:
    return [("", _("Choose")), *queries.choices("department")]


def _posts() -> list[tuple[str, Any]]:
    """Return the posts with their departments; a department may have posts of the same name as another."""
    units, posts = queries.departments(), queries.posts()
    rows = [
        (post.code, f"{units[post.department].display_name()} · {post.display_name()}")
        for post in posts.values()
        if post.is_active
    ]
    return [("", pgettext_lazy("post", "None")), *rows]


class PlaceForm(forms.Form):
    """A place: department and, where there is one, post."""

    department = forms.ChoiceField(widget=Choice, label=_("Department"), choices=_departments)
    post = forms.ChoiceField(
        widget=Choice, label=pgettext_lazy("organisation", "Post"), choices=_posts, required=False
    )


class PersonForm(forms.Form):
    name = forms.CharField(label=_("Full name"), max_length=100)
    name_en = forms.CharField(
        label=_("Name in Latin letters"),
        max_length=100,
        required=False,
        help_text=_("Family name first: Li Min"),
    )
    email = forms.EmailField(label=_("Mail address"), required=False)
    phone = forms.CharField(label=_("Telephone"), max_length=40, required=False)
    language = forms.ChoiceField(
        widget=Choice, label=_("Language of mails"), choices=LANGUAGES, initial=settings.LANGUAGE_CODE
    )
    is_administrator = forms.BooleanField(
        label=_("Administrator: people, calendars, settings"), required=False
    )
    is_analyst = forms.BooleanField(label=_("Analyst: figures and pseudonymised events"), required=False)

    def facts(self) -> PersonFacts:
        return PersonFacts(**{key: self.cleaned_data[key] for key in PersonFacts.__slots__})


class NewPersonForm(PersonForm, PlaceForm):
    username = forms.CharField(
        label=_("Username"), max_length=150, help_text=_("Small letters and digits; it never changes.")
    )

    field_order = ("username", "name", "name_en", "department", "post")


class DepartmentForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=100)
    name_en = forms.CharField(label=_("English name"), max_length=100, required=False)
    kind = forms.ChoiceField(
        widget=Choice, label=_("Kind"), choices=Department.Kind.choices, initial=Department.Kind.DEPARTMENT
    )
    parent = forms.ChoiceField(widget=Choice, label=_("Part of"), choices=_departments, required=False)

    def facts(self) -> DepartmentFacts:
        return DepartmentFacts(**{key: self.cleaned_data[key] for key in DepartmentFacts.__slots__})


class NewDepartmentForm(DepartmentForm):
    code = forms.CharField(
        label=_("Code"),
        max_length=64,
        help_text=_("Small letters, digits and hyphens; processes name it, so it stays."),
    )

    field_order = ("code",)


class AppointmentForm(forms.Form):
    head = forms.CharField(label=_("Head"), required=False, widget=PersonPicker)
    executive = forms.CharField(label=_("Executive in charge"), required=False, widget=PersonPicker)
    liaison = forms.CharField(label=_("Liaison"), required=False, widget=PersonPicker)


class PostForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=100)
    name_en = forms.CharField(label=_("English name"), max_length=100, required=False)
    department = forms.ChoiceField(widget=Choice, label=_("Department"), choices=_departments)


class NewPostForm(PostForm):
    code = forms.CharField(label=_("Code"), max_length=64, help_text=_("Small letters, digits and hyphens."))

    field_order = ("code",)


def _calendars() -> list[tuple[str, Any]]:
    return [("", _("Like the department above it")), *queries.calendar_choices()]


def _sites() -> list[tuple[str, Any]]:
    return [("", pgettext_lazy("site", "None")), *queries.site_choices()]


class DepartmentCalendarForm(forms.Form):
    site = forms.ChoiceField(widget=Choice, label=_("Site"), choices=_sites, required=False)
    calendar = forms.ChoiceField(
        widget=Choice, label=_("Working calendar"), choices=_calendars, required=False
    )


def _calendars_of_a_person() -> list[tuple[str, Any]]:
    return [("", _("Like the department")), *queries.calendar_choices()]


class MergeForm(forms.Form):
    into = forms.ChoiceField(widget=Choice, label=_("Its work goes to"), choices=_departments)


class PersonCalendarForm(forms.Form):
    calendar = forms.ChoiceField(
        widget=Choice, label=_("Working calendar"), choices=_calendars_of_a_person, required=False
    )


def _calendars_of_a_site() -> list[tuple[str, Any]]:
    return [("", _("Like the company")), *queries.calendar_choices()]


class SiteForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=100)
    name_en = forms.CharField(label=_("English name"), max_length=100, required=False)
    calendar = forms.ChoiceField(
        widget=Choice, label=_("Working calendar"), choices=_calendars_of_a_site, required=False
    )


class NewSiteForm(SiteForm):
    code = forms.CharField(label=_("Code"), max_length=64, help_text=_("Small letters, digits and hyphens."))

    field_order = ("code",)


class GroupForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=100)
    name_en = forms.CharField(label=_("English name"), max_length=100, required=False)


class NewGroupForm(GroupForm):
    code = forms.CharField(label=_("Code"), max_length=64, help_text=_("Small letters, digits and hyphens."))

    field_order = ("code",)


class GroupMemberForm(forms.Form):
    """Whom to take into a group: a person, a post or a department; one of the three is enough."""

    people = forms.CharField(
        label=pgettext_lazy("calendar for", "Person"), required=False, widget=PersonPicker
    )
    posts = forms.ChoiceField(
        widget=Choice, label=pgettext_lazy("organisation", "Post"), choices=_posts, required=False
    )
    departments = forms.ChoiceField(
        widget=Choice,
        label=_("Department"),
        choices=lambda: [("", pgettext_lazy("post", "None")), *queries.choices("department")],
        required=False,
    )


class HoursField(forms.CharField):
    """The working spans of a day."""

    def to_python(self, value: Any) -> Any:
        spans = read_hours(super().to_python(value) or "")
        if spans is None:
            raise forms.ValidationError(
                _("Write it like 09:00-12:00, 13:00-18:00, or leave it empty for a day off.")
            )
        return spans


class DayForm(forms.Form):
    """One date of a calendar; "usual" takes the exception away."""

    date = forms.DateField(label=_("Date"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    kind = forms.ChoiceField(
        widget=Choice,
        label=_("This day is"),
        choices=[("usual", _("As usual in the week")), *CalendarDay.Kind.choices],
    )
    hours = HoursField(
        label=_("Hours, for own hours only"), required=False, help_text="09:00-12:00, 13:00-18:00"
    )
    note = forms.CharField(label=_("Note"), max_length=100, required=False)
    note_en = forms.CharField(label=_("Note in English"), max_length=100, required=False)

    def spans(self) -> Day:
        return tuple(self.cleaned_data["hours"] or ())


class CalendarForm(forms.Form):
    """Names, zone and the seven days of a calendar's week."""

    name = forms.CharField(label=_("Name"), max_length=100)
    name_en = forms.CharField(label=_("English name"), max_length=100, required=False)
    zone = forms.CharField(label=_("Time zone"), max_length=64, initial="Asia/Shanghai")
    monday = HoursField(label=_("Monday"), required=False)
    tuesday = HoursField(label=_("Tuesday"), required=False)
    wednesday = HoursField(label=_("Wednesday"), required=False)
    thursday = HoursField(label=_("Thursday"), required=False)
    friday = HoursField(label=_("Friday"), required=False)
    saturday = HoursField(label=_("Saturday"), required=False)
    sunday = HoursField(label=_("Sunday"), required=False)

    DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

    def week(self) -> Week:
        first, second, third, fourth, fifth, sixth, seventh = (self.cleaned_data[day] for day in self.DAYS)
        return (first, second, third, fourth, fifth, sixth, seventh)

    @classmethod
    def hours_of(cls, calendar: WorkCalendar) -> dict[str, Any]:
        return {name: write_hours(day) for name, day in zip(cls.DAYS, calendar.week, strict=True)}


class NewCalendarForm(CalendarForm):
    code = forms.CharField(label=_("Code"), max_length=64, help_text=_("Small letters, digits and hyphens."))

    field_order = ("code",)


class ProfileForm(forms.Form):
    language = forms.ChoiceField(widget=Choice, label=_("Language"), choices=LANGUAGES)
    phone = forms.CharField(label=_("Telephone"), max_length=40, required=False)


class SubstituteForm(forms.Form):
    substitute = forms.CharField(label=_("Who stands in"), widget=PersonPicker)
    since = forms.DateTimeField(
        label=pgettext_lazy("substitution", "From"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}),
    )
    until = forms.DateTimeField(
        label=pgettext_lazy("substitution", "Until"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}),
    )
    processes = forms.MultipleChoiceField(
        widget=Ticks,
        label=_("Only in these processes"),
        help_text=_("Tick none for all of them."),
        choices=lambda: list(sources.processes()),
        required=False,
    )
    sweep = forms.BooleanField(label=_("Also what is open already"), required=False)
    note = forms.CharField(label=_("Note"), max_length=200, required=False)
