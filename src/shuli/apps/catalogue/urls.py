from django.urls import path

from shuli.apps.catalogue import views

app_name = "catalogue"

urlpatterns = [
    path("processes/", views.register, name="register"),
    path("processes/<slug:key>/", views.process, name="process"),
    path("processes/<slug:key>/starts/<str:node>/", views.schedule, name="schedule"),
    path("processes/<slug:key>/buffer/", views.buffer, name="buffer"),
    path("processes/<slug:key>/process.bpmn", views.bpmn, name="bpmn"),
    path("processes/<slug:key>/forms/<slug:form>/", views.form, name="form"),
]
