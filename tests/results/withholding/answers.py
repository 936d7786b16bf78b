from tests.results.factories import NOW

EVERYONE = ("official", "researcher", "company")


def consents(*members):
    return [(member, "consent") for member in members]


def leave(seat):
    seat.left_at = NOW
    seat.save()
