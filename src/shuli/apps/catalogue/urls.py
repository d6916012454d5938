from django.urls import path

from shuli.apps.catalogue import feel_views, guide_views, views
from shuli.apps.catalogue.decisions import views as decisions

app_name = "catalogue"

urlpatterns = [
    path("processes/", views.register, name="register"),
    path("processes/<slug:key>/", views.process, name="process"),
    path("processes/<slug:key>/starts/<str:node>/", views.schedule, name="schedule"),
    path("processes/<slug:key>/buffer/", views.buffer, name="buffer"),
    path("processes/<slug:key>/process.bpmn", views.bpmn, name="bpmn"),
    path("processes/<slug:key>/description/", views.description, name="description"),
    path("processes/<slug:key>/forms/<slug:form>/", views.form, name="form"),
    path("decisions/", decisions.decisions, name="decisions"),
    path("decisions/new/", decisions.new, name="decision_new"),
    path("decisions/<slug:key>/", decisions.decision, name="decision"),
    path("decisions/<slug:key>/versions/<int:number>/", decisions.version, name="decision_version"),
    path("decisions/<slug:key>/decision.dmn", decisions.dmn_file, name="decision_dmn"),
    path("decisions/<slug:key>/decision.xlsx", decisions.xlsx_file, name="decision_xlsx"),
    path("decisions/<slug:key>/edit/", decisions.edit, name="decision_edit"),
    path("decisions/<slug:key>/check/", decisions.check, name="decision_check"),
    path("decisions/<slug:key>/publish/", decisions.publish, name="decision_publish"),
    path("decisions/<slug:key>/discard/", decisions.discard, name="decision_discard"),
    path("decisions/<slug:key>/import/", decisions.take_in, name="decision_import"),
    path("feel/", feel_views.workbench, name="feel"),
    path("feel/check/", feel_views.check, name="feel_check"),
    path("feel/functions.json", feel_views.functions, name="feel_functions"),
    path("guide/", guide_views.guide, name="guide"),
    path("guide/<slug:page>/", guide_views.page, name="guide_page"),
]
