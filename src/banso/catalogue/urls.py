"""Addresses of the public record."""

from __future__ import annotations

from banso.catalogue import views
from banso.web.addresses import public
from banso.web.lists.files import FORMATS

app_name = "catalogue"

# Where each list is taken away: /concepts.csv, /about/documents.json, /news.xlsx.
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
    public("about/", views.about, "about"),
    public("concepts/", views.concepts, "concepts"),
    public("meetings/", views.meetings, "meetings"),
    public("meetings/<slug:slug>/", views.meeting, "meeting"),
    public("qa/", views.questions, "questions"),
    public("news/", views.news, "news"),
    *(
        public(f"{place}.{form}", views.list_as_file, f"{name}_{form}", listed=name, form=form)
        for name, place in _FILES.items()
        for form in FORMATS
    ),
]
