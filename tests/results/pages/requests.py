from tests.results.factories import (
    CLEAR,
    GRAVE,
)


def request_of(world, **changes):
    return {
        "council_id": str(world.council.pk),
        "part": "第三節の加工条件",
        "reason": "兵器の製造に使われることが明らかです。",
        "clear_diversion": CLEAR,
        "grave_effect": GRAVE,
        "review_on": "R11.6.1",
        "ends_on": "2030/6/1",
        **changes,
    }


def answer_of(asked, stance):
    return {"stance": stance, "read_sha256": asked.text_sha256}
