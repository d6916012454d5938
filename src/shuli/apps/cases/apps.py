from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CasesConfig(AppConfig):
    name = "shuli.apps.cases"
    label = "cases"
    verbose_name = _("Cases")

    def ready(self) -> None:
        from shuli.apps.cases import shell

        shell.connect()
