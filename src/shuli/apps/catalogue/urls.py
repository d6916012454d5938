from django.urls import path, register_converter

from shuli.apps.catalogue import feel_views, guide_views, views
from shuli.apps.catalogue.decisions import views as decisions
from shuli.apps.catalogue.designer import views as designer
from shuli.apps.catalogue.handbook import views as books
from shuli.apps.catalogue.publication import views as publication
from shuli.apps.catalogue.register import rule_views as rules
from shuli.apps.catalogue.register import views as register
from shuli.apps.catalogue.studio import views as studio

app_name = "catalogue"


class BookKind:
    """The part of an address that says what a handbook is of, where it is not of a process."""

    regex = "department|post"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(BookKind, "book")

urlpatterns = [
    path("processes/", register.register, name="register"),
    path("processes/map/", register.process_map, name="map"),
    path("processes/affected/", register.affected_processes, name="affected"),
    path("processes/register.xlsx", register.register_xlsx, name="register_xlsx"),
    path("processes/import/", register.register_import, name="register_import"),
    path("processes/new/", register.entry_new, name="entry_new"),
    path("processes/<slug:key>/edit/", register.entry_edit, name="entry_edit"),
    path("processes/<slug:key>/delete/", register.entry_delete, name="entry_delete"),
    path("processes/<slug:key>/retire/", register.entry_retire, name="entry_retire"),
    path("processes/<slug:key>/versions/<str:number>/", publication.version, name="version"),
    path(
        "processes/<slug:key>/versions/<str:number>/process.bpmn",
        publication.version_bpmn,
        name="version_bpmn",
    ),
    path("processes/<slug:key>/versions/<str:number>/read/", publication.version_read, name="version_read"),
    path(
        "processes/<slug:key>/versions/<str:number>/paper/", publication.version_paper, name="version_paper"
    ),
    path("changes/<int:pk>/", publication.change, name="change"),
    path("changes/<int:pk>/again/", publication.change_again, name="change_again"),
    path("drafts/<int:pk>/publish/", publication.publish, name="draft_publish"),
    path("drafts/<int:pk>/submit/", publication.submit, name="draft_submit"),
    path("rules/", rules.rule_list, name="rules"),
    path("rules/rules.xlsx", rules.rules_xlsx, name="rules_xlsx"),
    path("rules/import/", rules.rules_import, name="rules_import"),
    path("rules/new/", rules.rule_new, name="rule_new"),
    path("rules/<int:pk>/", rules.rule, name="rule"),
    path("rules/<int:pk>/edit/", rules.rule_edit, name="rule_edit"),
    path("rules/<int:pk>/review/", rules.rule_review, name="rule_review"),
    path("rules/<int:pk>/delete/", rules.rule_delete, name="rule_delete"),
    path("processes/<slug:key>/", views.process, name="process"),
    path("processes/<slug:key>/studio/", studio.studio, name="studio"),
    path("processes/<slug:key>/studio/begin/", studio.begin, name="draft_begin"),
    path("drafts/", studio.drafts, name="drafts"),
    path("drafts/<int:pk>/check/", studio.check, name="draft_check"),
    path("drafts/<int:pk>/layout/", studio.layout, name="draft_layout"),
    path("drafts/<int:pk>/columns/", studio.columns, name="draft_columns"),
    path("drafts/<int:pk>/import/", studio.take_in, name="draft_import"),
    path("drafts/<int:pk>/discard/", studio.discard, name="draft_discard"),
    path("processes/<slug:key>/studio/forms/", designer.form_list, name="studio_forms"),
    path("processes/<slug:key>/studio/forms/<slug:form>/", designer.designer, name="studio_form"),
    path("drafts/<int:pk>/forms/new/", designer.new, name="form_new"),
    path("drafts/<int:pk>/forms/<slug:form>/copy/", designer.copy, name="form_copy"),
    path("drafts/<int:pk>/forms/<slug:form>/delete/", designer.delete, name="form_delete"),
    path("drafts/<int:pk>/forms/<slug:form>/draw/", designer.draw, name="form_draw"),
    path("drafts/<int:pk>/forms/<slug:form>/save/", designer.save, name="form_save"),
    path("drafts/<int:pk>/forms/<slug:form>/import/", designer.take_in, name="form_import"),
    path("drafts/<int:pk>/forms/<slug:form>/preview/", designer.form_preview, name="form_preview"),
    path("drafts/<int:pk>/forms/<slug:form>/states/", designer.form_states, name="form_states"),
    path("drafts/<int:pk>/forms/<slug:form>/file/", designer.form_file, name="form_file"),
    path("processes/<slug:key>/starts/<str:node>/", views.schedule, name="schedule"),
    path("processes/<slug:key>/buffer/", views.buffer, name="buffer"),
    path("processes/<slug:key>/process.bpmn", views.bpmn, name="bpmn"),
    path("processes/<slug:key>/description/", views.description, name="description"),
    path("processes/<slug:key>/forms/<slug:form>/", views.form, name="form"),
    path("processes/<slug:key>/handbook/", books.handbook, name="handbook"),
    path("processes/<slug:key>/handbook/editions/", books.process_editions, name="handbook_editions"),
    path("handbook/mine/", books.mine, name="mine"),
    path("handbook/mine/read/", books.read_mine, name="mine_read"),
    path("handbook/<book:kind>/<slug:code>/", books.gathered, name="gathered"),
    path("handbook/<book:kind>/<slug:code>/file/", books.gathered_file, name="gathered_file"),
    path("handbook/<book:kind>/<slug:code>/editions/", books.gathered_editions, name="gathered_editions"),
    path("processes/<slug:key>/handbook/file/", books.handbook_file, name="handbook_file"),
    path("decisions/", decisions.decisions, name="decisions"),
    path("decisions/new/", decisions.new, name="decision_new"),
    path("decisions/<slug:key>/", decisions.decision, name="decision"),
    path("decisions/<slug:key>/versions/<int:number>/", decisions.version, name="decision_version"),
    path("decisions/<slug:key>/decision.dmn", decisions.dmn_file, name="decision_dmn"),
    path("decisions/<slug:key>/decision.xlsx", decisions.xlsx_file, name="decision_xlsx"),
    path("decisions/<slug:key>/edit/", decisions.edit, name="decision_edit"),
    path("decisions/<slug:key>/check/", decisions.check, name="decision_check"),
    path("decisions/<slug:key>/publish/", decisions.publish, name="decision_publish"),
    path("decisions/<slug:key>/edition/", decisions.edition, name="decision_edition"),
    path("decisions/<slug:key>/discard/", decisions.discard, name="decision_discard"),
    path("decisions/<slug:key>/import/", decisions.take_in, name="decision_import"),
    path("feel/", feel_views.workbench, name="feel"),
    path("feel/check/", feel_views.check, name="feel_check"),
    path("feel/functions.json", feel_views.functions, name="feel_functions"),
    path("guide/", guide_views.guide, name="guide"),
    path("guide/<slug:page>/", guide_views.page, name="guide_page"),
]
