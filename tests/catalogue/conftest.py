"""The program's own files, read once, and a catalogue that holds them."""

import pytest

from banso.catalogue.commands.load_program import load_program
from banso.catalogue.program.files import OWN_FILES, read_program_files
from banso.catalogue.program.rows import StoredProgram
from banso.people.actors import OPERATOR_AT_CONSOLE

NOTHING_STORED = StoredProgram({})


@pytest.fixture(scope="session")
def own_files():
    """K Program's own files, as rows."""
    contents = {path.name: path.read_bytes() for path in OWN_FILES}
    return read_program_files(contents, NOTHING_STORED)


@pytest.fixture
def program(db, own_files):
    """A catalogue that holds K Program."""
    return load_program(actor=OPERATOR_AT_CONSOLE, files=own_files)


@pytest.fixture(autouse=True)
def _rendered_anew(settings):
    """Pages are rendered for each request, not answered from what another test kept."""
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "public_cache" not in name]
