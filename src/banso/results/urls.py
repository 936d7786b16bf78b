"""Addresses of results: the public list, and what authors, ministries and members do."""

from __future__ import annotations

from banso.results.views import own, public, withholding
from banso.web import addresses
from banso.web.addresses import signed_in

app_name = "results"
_OWN = "my/results/<uuid:result_id>/"
_REQUEST = "my/withholdings/<uuid:withholding_id>/"
urlpatterns = [
    addresses.public("results/", public.results, "results"),
    addresses.public("results.csv", public.results_file, "results_csv", form="csv"),
    addresses.public("results.xlsx", public.results_file, "results_xlsx", form="xlsx"),
    addresses.public("results.json", public.results_file, "results_json", form="json"),
    addresses.public("results/withheld/", public.withheld, "withheld"),
    addresses.public("results/withheld.csv", public.withheld_file, "withheld_csv", form="csv"),
    addresses.public("results/withheld.xlsx", public.withheld_file, "withheld_xlsx", form="xlsx"),
    addresses.public("results/withheld.json", public.withheld_file, "withheld_json", form="json"),
    addresses.public("results/<uuid:result_id>/", public.result, "result"),
    signed_in("my/results/", own.my_results, "my_results"),
    signed_in("my/results/presented/", own.presented_results, "presented_results"),
    signed_in("my/results/plan/<uuid:project_id>/", own.plan, "plan_result"),
    signed_in(_OWN, own.my_result, "my_result"),
    signed_in(f"{_OWN}publish/", own.publish, "publish_result"),
    signed_in(f"{_OWN}withhold/", withholding.request_one, "request_withholding"),
    signed_in("my/withholdings/", withholding.withholdings, "withholdings"),
    signed_in(_REQUEST, withholding.withholding, "withholding"),
    signed_in(f"{_REQUEST}take-back/", withholding.take_back, "take_back_request"),
]
