import pytest
from banso.catalogue.commands.load_program import load_program
from banso.catalogue.program.files import OWN_FILES, read_program_files
from banso.catalogue.program.shelves import stored_program
from banso.catalogue.queries import program_changes
from banso.catalogue.models import *
from banso.people.actors import OPERATOR_AT_CONSOLE

@pytest.mark.django_db(transaction=True)
def test_smoke(client):
    files = read_program_files({p.name: p.read_bytes() for p in OWN_FILES}, stored_program())
    print({k: len(v) for k, v in files.rows.items()})
    print(len(program_changes(files)))
    load_program(actor=OPERATOR_AT_CONSOLE, files=files)
    print(program_changes(files))
    print(Concept.objects.count(), ConceptEdition.objects.count(), PublicVersion.objects.current())
    for p in ["/about/","/concepts/","/meetings/","/qa/","/news/","/meetings/program-meeting-5/","/en/concepts/?vision=2","/concepts.csv","/concepts.json","/about/documents.csv"]:
        r = client.get(p)
        print(p, r.status_code, len(r.content))
