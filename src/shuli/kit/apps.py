from django.apps import AppConfig


class KitConfig(AppConfig):
    name = "shuli.kit"
    label = "kit"
