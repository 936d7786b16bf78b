"""Addresses of the pages of jobs."""

from __future__ import annotations

from banso.jobs import views
from banso.web.addresses import signed_in

app_name = "jobs"
urlpatterns = [
    signed_in("my/jobs/", views.jobs, "jobs"),
    signed_in("my/jobs/<uuid:job_id>/", views.job, "job"),
    signed_in("my/jobs/<uuid:job_id>/act/", views.act, "act"),
]
