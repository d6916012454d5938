from django.urls import path

from shuli.apps.documents import blank_pages, views

app_name = "documents"

urlpatterns = [
    path("papers/", blank_pages.papers, name="papers"),
    path("papers/<slug:key>/", blank_pages.paper, name="paper"),
    path("attachments/", views.upload, name="upload"),
    path("attachments/<int:pk>/", views.attachment, name="attachment"),
    path("attachments/<int:pk>/preview/", views.preview, name="preview"),
    path("attachments/<int:pk>/withdraw/", views.withdraw, name="withdraw"),
]
