"""Addresses of projects."""

from __future__ import annotations

from banso.projects.views import desk, inside, public, team
from banso.web import addresses
from banso.web.addresses import signed_in

app_name = "projects"
_CHANGE = "my/projects/team-changes/<uuid:change_id>/"
urlpatterns = [
    addresses.public("projects/", public.projects, "projects"),
    addresses.public("projects.csv", public.projects_file, "projects_csv", form="csv"),
    addresses.public("projects.xlsx", public.projects_file, "projects_xlsx", form="xlsx"),
    addresses.public("projects.json", public.projects_file, "projects_json", form="json"),
    addresses.public("projects/<str:code>/", public.project, "project"),
    signed_in("my/projects/", inside.my_projects, "my_projects"),
    signed_in(f"{_CHANGE}acknowledgement/", team.acknowledge, "acknowledge"),
    signed_in(f"{_CHANGE}end/", team.end, "end_change"),
    signed_in(f"{_CHANGE}application/", team.apply, "apply"),
    signed_in("my/projects/<str:code>/", inside.my_project, "my_project"),
    signed_in("my/projects/<str:code>/team/", team.request_change, "request_change"),
    signed_in("my/desk/projects/", desk.projects_to_start, "desk", is_heavy=True),
    signed_in("my/desk/projects/<uuid:proposal_id>/", desk.start, "start"),
]
