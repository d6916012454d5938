from django.urls import path

from shuli.apps.documents import views

app_name = "documents"

urlpatterns = [
    path("attachments/", views.upload, name="upload"),
    path("attachments/<int:pk>/", views.attachment, name="attachment"),
    path("attachments/<int:pk>/withdraw/", views.withdraw, name="withdraw"),
]
