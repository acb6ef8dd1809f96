"""Django app configuration."""

from django.apps import AppConfig


class WorkerConfig(AppConfig):
    """Register this room with Django."""

    name = "cms.worker"
    label = "worker"
