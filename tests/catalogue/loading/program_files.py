import datetime

from banso.catalogue.commands.load_program import load_program
from banso.people.actors import OPERATOR_AT_CONSOLE

THEN = datetime.datetime(2023, 4, 1, 3, tzinfo=datetime.UTC)


def load(files, at=None, actor=OPERATOR_AT_CONSOLE):
    return load_program(actor=actor, files=files, at=at)
