from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CatalogueConfig(AppConfig):
    name = "shuli.apps.catalogue"
    label = "catalogue"
    verbose_name = _("Processes")

    def ready(self) -> None:
        from shuli.apps.catalogue import queries, wording
        from shuli.apps.catalogue.decisions import queries as decisions
        from shuli.apps.catalogue.decisions import shown
        from shuli.apps.catalogue.decisions import wording as decision_wording
        from shuli.apps.catalogue.designer import wording as designer_wording
        from shuli.apps.catalogue.publication import wording as publication_wording
        from shuli.apps.catalogue.register import wording as register_wording
        from shuli.apps.catalogue.studio import wording as studio_wording
        from shuli.apps.directory import saved_views
        from shuli.apps.documents import queries as documents
        from shuli.kit import navigation
        from shuli.kit.errors import register_sentences
        from shuli.kit.forms.sources import sources

        register_sentences(wording.REFUSALS)
        documents.register_owner("handbook", lambda _person, _owner: True)  # to everybody in the company
        register_sentences(studio_wording.REFUSALS)
        register_sentences(designer_wording.REFUSALS)
        register_sentences(register_wording.SENTENCES)
        register_sentences(publication_wording.SENTENCES)
        sources.processes = queries.choices
        register_sentences(decision_wording.SENTENCES)
        sources.decide = decisions.decide
        sources.decided = shown.decided_html

        saved_views.may_be_kept("catalogue:register")
        navigation.add(
            navigation.Entry(
                key="mine",
                label=_("My responsibilities"),
                icon="clipboard-list",
                url_name="catalogue:mine",
                also=("/handbook/",),
                order=21,
            )
        )
        navigation.add(
            navigation.Entry(
                key="processes",
                label=_("Processes"),
                icon="sitemap",
                url_name="catalogue:register",
                also=("/decisions/", "/feel/", "/guide/", "/rules/", "/changes/", "/drafts/"),
                order=20,
                go="p",
                on_phone=True,
            )
        )
