import hashlib
import json
import string

from hypothesis import strategies as st
from tests.ledger.sample_log import (
    SampleLog,
)

from banso.ledger import verify
from banso.ledger.commitments import canonical_json
from banso.ledger.verify import BEGIN, END

LOG = SampleLog(60, checkpoint_every=20, keys=2)
OLD, NEW = (key.verifier_text for key in LOG.keys)
BUNDLE, RECEIPT, EARLY = LOG.bundle(), LOG.receipt(7, 33), LOG.receipt(7)


def wrongs_of(document):
    """What is wrong: what has another form or value than it should, or else the code; and where."""
    return [
        (finding["facts"].get("what", finding["code"]), finding["where"])
        for file in document["files"]
        for finding in file["findings"]
        if finding["result"] == "wrong"
    ]


def codes(document, result):
    return [
        finding["code"]
        for file in document["files"]
        for finding in file["findings"]
        if finding["result"] == result
    ]


def changed_receipt(receipt=RECEIPT, **facts):
    before, _, rest = receipt.partition(BEGIN)
    inside, _, after = rest.partition(END)
    stated = json.dumps({**json.loads(inside), **facts}).encode()
    return before + BEGIN + b"\n" + stated + b"\n" + END + after


def a_text(**facts):
    return canonical_json({**json.loads(LOG.texts[7]), **facts})


def bound(text):
    """State a text with the commitment and leaf that fit it."""
    salt = LOG.salts[7]
    bound_to = hashlib.sha256(salt + text.encode("utf-8", "surrogatepass")).digest()
    return {
        "text": text,
        "commitment": bound_to.hex(),
        "leaf": verify.leaf_hash(bound_to).hex(),
    }


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.integers(10**20, 10**25)
    | st.floats()
    | st.text(max_size=20)
    | st.text(string.hexdigits, min_size=64, max_size=64),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4)
    ),
    max_leaves=6,
)
