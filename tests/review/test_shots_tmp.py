import os
import pytest
from playwright.sync_api import sync_playwright
from tests.people.factories import *
from tests.review.factories import *
from tests.projects.factories import *
from django.urls import reverse
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]="1"

@pytest.fixture(autouse=True)
def _plain(settings):
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    settings.MIDDLEWARE = [n for n in settings.MIDDLEWARE if "whitenoise" not in n and "public_cache" not in n]
    settings.ALLOWED_HOSTS=["*"]

def test_shots(live_server, client_for, clock, transactional_db, settings):
    clock.set(RUNNING)
    call = CallFactory(title_ja="海洋観測技術の公募（2027年度 第1回）", is_sample=True)
    p = ProposalFactory(call=call, title_ja="自律型無人探査機による海洋観測の研究", title_en="Ocean observation by autonomous vehicles", is_sample=True)
    TeamMemberFactory(proposal=p, person=p.lead, role="lead", effort_percent=40)
    ProposalFileFactory(proposal=p)
    r = AppointmentFactory(role="reviewer", organisation=call.agency).person
    a1 = AssignmentFactory(proposal=p, person=r)
    p2 = ProposalFactory(call=call, title_ja="海底ケーブルの監視技術の研究"); TeamMemberFactory(proposal=p2, person=p2.lead, role="lead"); ProposalFileFactory(proposal=p2)
    a2 = AssignmentFactory(proposal=p2, person=r, pledged_at=IN_REVIEW, declared_at=IN_REVIEW)
    AssessmentFactory(assignment__proposal=p2)
    AssignmentFactory(proposal=p2, conflict="kin", declared_at=IN_REVIEW)
    LetterFactory(proposal=p, measures="データの保管場所を分けます。"); DecisionFactory(proposal=p); ExaminationFactory(proposal=p)
    o = AppointmentFactory(role="agency-officer", organisation=call.agency).person
    p3 = ProposalFactory(call=call, title_ja="空を測る"); LetterFactory(proposal=p3)
    pr = ProjectFactory(proposal=p, code="SAMPLE-V1-R1", title_ja=p.title_ja, title_en="", is_sample=True)
    ProjectMemberFactory(project=pr, person=p.lead, role="lead"); pm = ProjectMemberFactory(project=pr)
    PlanEditionFactory(project=pr); ViewpointFactory(project=pr, answer="adopt-in-part", reason="予算の範囲で行います。")
    ch = TeamChangeFactory(member=pm)
    for i in range(3): ProjectFactory()
    pages = {
      "reviewer": (r, [reverse("review:reviews"), reverse("review:assignment", args=[a1.pk]), reverse("review:assignment", args=[a2.pk])]),
      "officer": (o, [reverse("review:desk"), reverse("review:desk_call", args=[call.slug]), reverse("review:desk_proposal", args=[p2.pk]), reverse("review:desk_proposal", args=[p.pk]), reverse("projects:desk"), reverse("projects:start", args=[p3.pk]), reverse("projects:my_project", args=[pr.code]), reverse("projects:my_projects")]),
      "lead": (p.lead, [reverse("review:letters"), reverse("review:letter", args=[p.letter.pk])]),
      "visitor": (None, [reverse("projects:projects"), reverse("projects:project", args=[pr.code])]),
    }
    from axe_playwright_python.sync_playwright import Axe
    axe = Axe()
    with sync_playwright() as pw:
        b = pw.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        for who, (person, addresses) in pages.items():
            for lang in ("", "/en"):
              for width in (1280, 360):
                ctx = b.new_context(viewport={"width": width, "height": 900})
                if person:
                    c = client_for(person); cookie = c.cookies["sessionid"].value
                    ctx.add_cookies([{"name":"sessionid","value":cookie,"url":live_server.url}])
                pg = ctx.new_page()
                errs=[]; pg.on("console", lambda m: errs.append(m.text) if m.type=="error" else None)
                for i, ad in enumerate(addresses):
                    pg.goto(live_server.url + lang + ad)
                    overflow = pg.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
                    res = axe.run(pg)
                    bad = [v["id"]+":"+v["impact"]+" "+str([n["target"] for n in v["nodes"]][:3]) for v in res.response["violations"]]
                    if overflow or bad or errs: print("!!", who, i, lang, width, "overflow" if overflow else "", bad, errs); errs.clear()
                    if lang=="" : pg.screenshot(path=f"/tmp/shots/{who}{i}-{width}.png", full_page=True)
                ctx.close()
        # act: htmx journey: request with council ground
        ctx = b.new_context(viewport={"width": 1280, "height": 900}); c = client_for(o)
        ctx.add_cookies([{"name":"sessionid","value":c.cookies["sessionid"].value,"url":live_server.url}])
        pg = ctx.new_page(); pg.goto(live_server.url + reverse("projects:my_project", args=[pr.code]))
        pg.select_option("#id_member", str(pm.pk)); pg.select_option("#id_ground", "left-council"); pg.fill("#id_explanation", "協議会を離れたため。")
        pg.click("button:has-text('変更を申請する')"); pg.wait_for_selector(".refusal")
        print("URL", pg.url, pg.inner_text(".refusal")); pg.screenshot(path="/tmp/shots/refusal.png", full_page=True)
        pg.select_option("#id_ground", "moved"); pg.click("button:has-text('変更を申請する')"); pg.wait_for_load_state("networkidle")
        print("URL", pg.url, pg.inner_text("#changes")[:300])
        b.close()
