"""Why something about the organisation cannot be done, in sentences; `kit.errors` looks them up by their codes."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

SENTENCES: dict[str, str | Promise] = {
    "administrators_only": _("Only an administrator can change the organisation."),
    "administrator_exists": _(
        "This installation has its first administrator already. Ask one to make an account."
    ),
    "example_company_here": _("This is the example company. A real one begins in a new data folder."),
    "real_people_here": _(
        "There are real people here, so the example company is not loaded. Use a new data folder."
    ),
    "page_not_kept": _("This page cannot be kept as a view."),
    "view_without_name": _("Give the view a name."),
    "share_of_others": _("Share with a department in which you work, or with everybody."),
    "too_many_views": _("You have %(most)s views. Delete one first."),
    "no_such_view": _("There is no such view of yours any more."),
    "no_such_person": _("There is nobody of this name."),
    "no_such_department": _("There is no such department."),
    "no_such_post": _("There is no such post."),
    "no_such_calendar": _("There is no such calendar."),
    "no_such_group": _("There is no such group."),
    "no_such_site": _("There is no such site."),
    "no_such_member": _("Choose a person, a post or a department that is there."),
    "no_such_posting": _("The person has no such place any more."),
    "no_such_substitution": _("There is no such substitution any more."),
    "username_taken": _("This username is taken. Choose another one."),
    "username_unusable": _(
        "A username has small letters, digits and . _ @ - only, and begins with a letter or digit."
    ),
    "email_taken": _("Somebody else has this mail address."),
    "name_missing": _("Enter a name."),
    "code_taken": _("This code is taken. Choose another one."),
    "code_unusable": _("A code has small letters, digits and hyphens only."),
    "not_yourself": _(
        "You cannot disable your own account or take the administrator's rights from yourself."
    ),
    "last_administrator": _("This is the only administrator. Make another one first."),
    "department_closed": _("The department %(name)s is closed."),
    "department_in_use": _("The department still has people or parts. Move them first."),
    "department_circle": _("A department cannot be part of itself or of one of its parts."),
    "post_in_use": _("Somebody still holds this post. End that first."),
    "posted_already": _("The person has this place already."),
    "main_place_stays": _("The main place cannot be ended. Move the person instead."),
    "substitute_is_same": _("Nobody can stand in for themselves."),
    "substitution_has_no_length": _("The end must be later than the beginning."),
    "substitution_is_over": _("This time has passed already."),
    "substitution_circle": _(
        "This person is away then too, and you would stand in for them, directly or through others."
    ),
    "successor_is_same": _("Choose somebody else: this person is leaving."),
    "still_named": _("The account still holds %(n)s things. Hand them over first."),
    "hours_unusable": _("These hours cannot be read: %(found)s. Write them like 09:00-12:00, 13:00-18:00."),
    "never_open": _("A calendar needs at least one working day."),
    "zone_unknown": _("The time zone %(found)s is not known. Write it like Asia/Shanghai."),
}

# What an administrator did, in the record of changes.
CHANGES: dict[str, str | Promise] = {
    "person_created": _("Account made"),
    "person_edited": _("Facts changed"),
    "person_disabled": pgettext_lazy("change", "Account disabled"),
    "person_enabled": _("Account enabled"),
    "person_moved": _("Moved to another place"),
    "place_added": _("Further place added"),
    "place_ended": _("Place ended"),
    "substitute_arranged": _("Substitute arranged"),
    "substitute_revoked": _("Substitution ended"),
    "link_issued": _("Sign-in link issued"),
    "handed_on": pgettext_lazy("change", "Handed over"),
    "department_merged": _("Merged into another department"),
    "department_created": _("Department made"),
    "department_edited": _("Facts changed"),
    "department_appointed": _("Head, executive or liaison changed"),
    "department_closed": _("Department closed"),
    "department_calendar": _("Working calendar changed"),
    "post_created": _("Post made"),
    "post_edited": _("Facts changed"),
    "post_closed": _("Post closed"),
    "person_calendar": _("Working calendar changed"),
    "group_created": _("Group made"),
    "group_edited": _("Facts changed"),
    "group_joined": _("Member added"),
    "group_left": _("Member removed"),
    "group_closed": _("Group closed"),
    "site_created": _("Site made"),
    "site_edited": _("Facts changed"),
    "calendar_created": _("Calendar made"),
    "calendar_edited": _("Hours changed"),
    "calendar_imported": _("Public holidays imported"),
    "day_edited": _("Day changed"),
    "day_cleared": _("Day as usual again"),
}
