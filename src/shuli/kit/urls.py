from django.urls import path
from django.views.i18n import set_language

from shuli.kit import live, navigation, style
from shuli.kit.permissions import requires

navigation.set_place("live", "live")

urlpatterns = [
    path("live/", live.live, name="live"),
    path("language/", requires("public")(set_language), name="set_language"),
    path("style/", style.page, name="style"),
]
