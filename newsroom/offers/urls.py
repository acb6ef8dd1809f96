"""Addresses of offers besides their pages."""

from django.urls import path

from newsroom.offers import views

urlpatterns = [
    path("antwort/<str:token>/", views.answer, name="offer_answer"),
    path("<uuid:item>/hinweis/", views.hint, name="offer_hint"),
]
