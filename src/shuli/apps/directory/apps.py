from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DirectoryConfig(AppConfig):
    name = "shuli.apps.directory"
    label = "directory"
    verbose_name = _("Organisation")

    def ready(self) -> None:
        from shuli.apps.directory import shell

        shell.connect()
