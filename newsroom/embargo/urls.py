"""The addresses of personal links. Whatever else stands below the prefix is an unknown link."""

from django.urls import path, re_path

from newsroom.embargo import views

urlpatterns = [
    path("<str:token>/media/<path:name>", views.show_file, name="embargo_file"),
    path("<str:token>/", views.show_release, name="embargo_page"),
    path("<str:token>", views.show_release),  # a letter may have lost the last character
    re_path("", views.show_nothing),
]
