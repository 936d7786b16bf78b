"""Addresses of projects."""

from __future__ import annotations

from django.urls import path

from banso.projects import views

app_name = "projects"
_CHANGE = "my/projects/team-changes/<uuid:change_id>/"
urlpatterns = [
    path("projects/", views.projects, name="projects"),
    path("projects.csv", views.projects_csv, name="projects_csv"),
    path("projects.json", views.projects_json, name="projects_json"),
    path("projects/<str:code>/", views.project, name="project"),
    path("my/projects/", views.my_projects, name="my_projects"),
    path(f"{_CHANGE}acknowledgement/", views.acknowledge, name="acknowledge"),
    path(f"{_CHANGE}end/", views.end, name="end_change"),
    path(f"{_CHANGE}application/", views.apply, name="apply"),
    path("my/projects/<str:code>/", views.my_project, name="my_project"),
    path("my/projects/<str:code>/team/", views.request_change, name="request_change"),
    path("my/desk/projects/", views.desk, name="desk"),
    path("my/desk/projects/<uuid:proposal_id>/", views.start, name="start"),
]
