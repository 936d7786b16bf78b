"""Addresses of the public record."""

from __future__ import annotations

from django.urls import path

from banso.catalogue import views

app_name = "catalogue"

# Where each list is taken away: /concepts.csv, /about/documents.json.
_FILES = {
    "concepts": "concepts",
    "meetings": "meetings",
    "qa": "qa",
    "news": "news",
    "visions": "about/visions",
    "documents": "about/documents",
    "links": "about/links",
    "outreach": "about/outreach",
}

urlpatterns = [
    path("about/", views.about, name="about"),
    path("concepts/", views.concepts, name="concepts"),
    path("meetings/", views.meetings, name="meetings"),
    path("meetings/<slug:slug>/", views.meeting, name="meeting"),
    path("qa/", views.questions, name="questions"),
    path("news/", views.news, name="news"),
    *(
        path(f"{place}.csv", views.export_csv, {"name": name}, name=f"{name}_csv")
        for name, place in _FILES.items()
    ),
    *(
        path(f"{place}.json", views.export_json, {"name": name}, name=f"{name}_json")
        for name, place in _FILES.items()
    ),
]
