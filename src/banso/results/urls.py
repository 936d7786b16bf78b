"""Addresses of results: the public list, and what authors, ministries and members do."""

from __future__ import annotations

from django.urls import path

from banso.results import views
from banso.web import addresses

app_name = "results"
urlpatterns = [
    path("results/", views.results, name="results"),
    path("results.csv", views.results_csv, name="results_csv"),
    path("results.json", views.results_json, name="results_json"),
    addresses.public("results/withheld/", views.withheld, "withheld"),
    addresses.public("results/withheld.csv", views.withheld_file, "withheld_csv", form="csv"),
    addresses.public("results/withheld.xlsx", views.withheld_file, "withheld_xlsx", form="xlsx"),
    addresses.public("results/withheld.json", views.withheld_file, "withheld_json", form="json"),
    path("results/<uuid:result_id>/", views.result, name="result"),
    path("my/results/", views.my_results, name="my_results"),
    path("my/results/plan/<uuid:project_id>/", views.plan, name="plan_result"),
    path("my/results/<uuid:result_id>/", views.my_result, name="my_result"),
    path("my/results/<uuid:result_id>/publish/", views.publish, name="publish_result"),
    path("my/results/<uuid:result_id>/withhold/", views.withhold, name="request_withholding"),
    path("my/withholdings/", views.withholdings, name="withholdings"),
    path("my/withholdings/<uuid:withholding_id>/", views.withholding, name="withholding"),
    path(
        "my/withholdings/<uuid:withholding_id>/take-back/",
        views.take_back,
        name="take_back_request",
    ),
]
