"""A large program written straight into the tables: who looks at it, and what there is to list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import psycopg

ASSIGNMENTS: Final = 500
PROJECTS: Final = 10_000
RESULTS: Final = 10_000
BODIES: Final = 50
MEMBERS: Final = 30
MEETINGS: Final = 48
CALLS: Final = 10
# Who looks: the part of each one's address before the @, which is also the family name.
VIEWERS: Final = ("applicant", "institution-officer", "reviewer", "agency-officer", "member")

_PEOPLE = (
    """INSERT INTO people_organisation (id, kind, short_name, name_ja, name_en, is_sample)
    SELECT gen_random_uuid(), 'institution', '', 'bench-body-' || n, '', true
      FROM generate_series(0, %(bodies)s - 1) n""",
    """INSERT INTO people_person (id, family_name, given_name, family_name_kana, given_name_kana,
           family_name_en, given_name_en, is_sample)
    SELECT gen_random_uuid(), 'bench-' || n, '', '', '', '', '', true
      FROM generate_series(0, %(people)s - 1) n
    UNION ALL
    SELECT gen_random_uuid(), name, '', '', '', '', '', true FROM unnest(%(viewers)s::text[]) name""",
    """INSERT INTO people_account (id, person_id, email, is_active, password, last_login)
    SELECT gen_random_uuid(), id, family_name || '@bench.example', true, '!', NULL
      FROM people_person WHERE family_name = ANY(%(viewers)s)""",
    """CREATE TEMPORARY TABLE body AS
    SELECT row_number() OVER (ORDER BY name_ja) - 1 AS n, id FROM people_organisation
     WHERE name_ja LIKE 'bench-body-%%'""",
    """CREATE TEMPORARY TABLE person AS
    SELECT substr(family_name, 7)::int AS n, id FROM people_person
     WHERE family_name ~ '^bench-[0-9]+$'""",
    """INSERT INTO people_affiliation (id, person_id, organisation_id, unit, from_on, until_on)
    SELECT gen_random_uuid(), p.id, b.id, '', date '2020-04-01', NULL::date
      FROM person p JOIN body b ON b.n = p.n %% %(bodies)s
    UNION ALL
    SELECT gen_random_uuid(), p.id, b.id, '', date '2020-04-01', NULL::date
      FROM people_person p JOIN body b ON b.n = 0
     WHERE p.family_name IN ('applicant', 'institution-officer')
    UNION ALL
    SELECT gen_random_uuid(), p.id, o.id, '', date '2020-04-01', NULL::date
      FROM people_person p JOIN people_organisation o ON o.short_name = 'JST'
     WHERE p.family_name = 'agency-officer'""",
    """INSERT INTO people_appointment (id, person_id, role, organisation_id, scope_id, from_on, until_on)
    SELECT gen_random_uuid(), p.id, p.family_name, CASE p.family_name
               WHEN 'institution-officer' THEN (SELECT id FROM body WHERE n = 0)
               ELSE (SELECT id FROM people_organisation WHERE short_name = 'JST') END,
           NULL::uuid, date '2020-04-01', NULL::date
      FROM people_person p
     WHERE p.family_name IN ('institution-officer', 'agency-officer', 'reviewer')""",
)
_CALLS = (
    """CREATE TEMPORARY TABLE concept AS
    SELECT row_number() OVER (ORDER BY slug) - 1 AS n, c.id, c.agency_id
      FROM catalogue_concept c JOIN people_organisation a ON a.id = c.agency_id
     WHERE a.short_name = 'JST'""",
    """INSERT INTO calls_call (id, slug, concept_id, agency_id, fiscal_year, round, type, slots, title_ja,
           title_en, summary_ja, summary_en, opens_at, closes_at, announced_at, opened_at, is_sample)
    SELECT gen_random_uuid(), 'bench-' || s.n, c.id, c.agency_id, 2025, 40 + s.n, 'project', 1,
           '計測用の公募 ' || s.n, '', '計測用', '', timestamptz '2025-01-10T03:00Z', timestamptz '2025-03-10T03:00Z',
           timestamptz '2025-01-01T03:00Z', timestamptz '2025-01-02T03:00Z', true
      FROM generate_series(0, %(calls)s) s(n)
      JOIN concept c ON c.n = s.n %% (SELECT count(*) FROM concept)""",
)
_PROPOSAL = """INSERT INTO proposals_proposal (id, call_id, lead_id, institution_id, title_ja, title_en,
       abstract, core_technology, requested_yen, drafted_at, version, sent_to_institution_at,
       approved_version, approved_by_id, approved_at, returned_at, return_comment, submitted_at,
       is_sample)
    SELECT gen_random_uuid(), c.id, p.id, b.id, '計測用の提案 ' || {title} || s.n, '',
           repeat('提案の要旨です。', 40), 'なし', 100000000, timestamptz '2025-01-12T03:00Z', 'v',
           timestamptz '2025-02-01T03:00Z', 'v', NULL::uuid, timestamptz '2025-02-10T03:00Z', NULL::timestamptz, '',
           timestamptz '2025-02-11T03:00Z' + s.n * interval '1 second', true
      FROM generate_series(0, {count} - 1) s(n)
      JOIN calls_call c ON c.slug = 'bench-' || {call}
      JOIN person p ON p.n = s.n %% %(people)s
      JOIN body b ON b.n = p.n %% %(bodies)s"""
_TEAM = """INSERT INTO proposals_teammember (id, proposal_id, person_id, role, effort_percent)
    SELECT gen_random_uuid(), q.id, p.id, CASE place WHEN 0 THEN 'lead' ELSE 'member' END, 10
      FROM proposals_proposal q JOIN person l ON l.id = q.lead_id
      CROSS JOIN generate_series(0, 2) place
      JOIN person p ON p.n = (l.n + place * %(bodies)s) %% %(people)s
     WHERE q.title_ja LIKE '計測用の提案%%'"""
_OWN = """INSERT INTO proposals_teammember (id, proposal_id, person_id, role, effort_percent)
    SELECT gen_random_uuid(), q.id, v.id, 'member', 10
      FROM (SELECT id FROM proposals_proposal WHERE title_ja LIKE '計測用の提案 p%%' ORDER BY submitted_at
             LIMIT 20) q, people_person v WHERE v.family_name = 'applicant'"""
_ASSIGNED = """INSERT INTO review_assignment (id, proposal_id, person_id, assigned_by_id, assigned_at,
       pledged_at, declared_at, conflict)
    SELECT gen_random_uuid(), q.id, v.id, o.id, timestamptz '2025-04-01T03:00Z', NULL::timestamptz, NULL::timestamptz, ''
      FROM (SELECT id FROM proposals_proposal WHERE title_ja LIKE '計測用の提案 p%%' ORDER BY submitted_at
             LIMIT %(assignments)s) q,
           people_person v, people_person o
     WHERE v.family_name = 'reviewer' AND o.family_name = 'agency-officer'"""
_PROJECTS = (
    """INSERT INTO projects_project (id, code, proposal_id, concept_id, agency_id, institution_id, lead_id,
           title_ja, title_en, summary_ja, summary_en, amount_yen, starts_on, ends_on, is_sample)
    SELECT gen_random_uuid(), 'BENCH-' || row_number() OVER (ORDER BY q.submitted_at), q.id,
           c.concept_id, c.agency_id, q.institution_id, q.lead_id, q.title_ja, '', '計測用', '',
           100000000, date '2022-04-01' + (extract(epoch FROM q.submitted_at)::int %% 1000),
           date '2028-03-31', true
      FROM proposals_proposal q JOIN calls_call c ON c.id = q.call_id
     WHERE q.title_ja LIKE '計測用の提案 f%%'""",
    """INSERT INTO projects_projectmember (id, project_id, person_id, role, from_on, until_on)
    SELECT gen_random_uuid(), p.id, p.lead_id, 'lead', p.starts_on, NULL::date
      FROM projects_project p WHERE p.code LIKE 'BENCH-%%'
    UNION ALL
    SELECT gen_random_uuid(), p.id, v.id, 'member', p.starts_on, NULL::date
      FROM (SELECT id, starts_on FROM projects_project WHERE code LIKE 'BENCH-%%' LIMIT 20) p,
           people_person v WHERE v.family_name = 'member'""",
    """INSERT INTO results_result (id, project_id, kind, title_ja, title_en, summary, doi,
           is_presented_to_council, planned_at, published_at, is_sample)
    SELECT gen_random_uuid(), id, 'paper', title_ja, '', '計測用', '', false, timestamptz '2025-05-01T03:00Z',
           timestamptz '2025-06-01T03:00Z' + row_number() OVER () * interval '1 second', true
      FROM projects_project WHERE code LIKE 'BENCH-%%' LIMIT %(results)s""",
    """INSERT INTO results_result_authors (result_id, person_id)
    SELECT r.id, p.lead_id FROM results_result r JOIN projects_project p ON p.id = r.project_id
     WHERE p.code LIKE 'BENCH-%%'""",
)
_COUNCIL = (
    """INSERT INTO councils_council (id, kind, concept_id, organiser_id, fund_minister_id, representative_id,
           representative_consented_at, consulted_at, prepared_at, established_at, dissolved_at, is_sample)
    SELECT gen_random_uuid(), '63-4', c.id, c.agency_id, NULL::uuid, p.id, timestamptz '2025-01-01T03:00Z',
           timestamptz '2025-01-01T03:00Z', timestamptz '2025-01-01T03:00Z', timestamptz '2025-01-02T03:00Z',
           NULL::timestamptz, true
      FROM concept c JOIN person p ON p.n = 0 WHERE c.n = 0""",
    """INSERT INTO councils_membership (id, council_id, person_id, organisation_id, side, invited_at,
           accepted_at, declined_at, left_at)
    SELECT gen_random_uuid(), k.id, p.id, b.id, 'research-side', timestamptz '2025-01-03T03:00Z',
           timestamptz '2025-01-04T03:00Z', NULL::timestamptz, NULL::timestamptz
      FROM councils_council k JOIN body b ON b.n = 0
      JOIN people_person p ON p.family_name IN ('member', 'bench-0')
        OR p.id IN (SELECT id FROM person WHERE n < %(members)s)""",
    """INSERT INTO councils_councilmeeting (id, council_id, number, held_at, minutes)
    SELECT gen_random_uuid(), k.id, n, timestamptz '2025-02-01T03:00Z' + n * interval '1 day', '計測用の議事'
      FROM councils_council k CROSS JOIN generate_series(1, %(meetings)s) n""",
)


def fill(connection: psycopg.Connection, proposals: int, *, projects: int = PROJECTS) -> None:
    """Write a program of that many proposals; half of them went to the first call."""
    values = {
        "assignments": ASSIGNMENTS,
        "bodies": BODIES,
        "members": MEMBERS,
        "meetings": MEETINGS,
        "calls": CALLS,
        "people": max(500, min(proposals, 5_000)),
        "projects": projects,
        "proposals": proposals,
        "results": min(RESULTS, projects),
        "viewers": list(VIEWERS),
    }
    spread = f"(CASE s.n %% 2 WHEN 0 THEN 0 ELSE 1 + (s.n / 2) %% {CALLS - 1} END)"
    received = _PROPOSAL.format(title="'p'", count="%(proposals)s", call=spread)
    funded = _PROPOSAL.format(title="'f'", count="%(projects)s", call=f"{CALLS}")
    steps = (*_PEOPLE, *_CALLS, received, funded, _TEAM, _OWN, _ASSIGNED, *_PROJECTS, *_COUNCIL)
    for statement in steps:
        connection.execute(statement, values)
    connection.execute("UPDATE catalogue_publicversion SET version = version + 1")
