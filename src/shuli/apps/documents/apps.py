from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DocumentsConfig(AppConfig):
    name = "shuli.apps.documents"
    label = "documents"
    verbose_name = _("Documents")

    def ready(self) -> None:
        from shuli.apps.documents import wording
        from shuli.kit import limits, navigation
        from shuli.kit.errors import register_sentences
        from shuli.kit.forms.sources import sources

        register_sentences(wording.SENTENCES)
        sources.upload = "documents:upload"
        sources.file = "documents:attachment"
        sources.largest_file = limits.ATTACHMENT_BYTES
        navigation.add(
            navigation.Entry(
                key="papers",
                label=_("Document templates"),
                icon="file-text",
                url_name="documents:papers",
                order=25,
            )
        )
