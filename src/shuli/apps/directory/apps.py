from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DirectoryConfig(AppConfig):
    name = "shuli.apps.directory"
    label = "directory"
    verbose_name = _("Organisation")

    def ready(self) -> None:
        from shuli.apps.directory import queries, wording
        from shuli.kit.errors import register_sentences
        from shuli.kit.forms.sources import sources

        register_sentences(wording.SENTENCES)
        sources.people = queries.full_names
        sources.departments = lambda: queries.choices("department")
        sources.posts = lambda: queries.choices("post")
        sources.find_people = "directory:find_people"
