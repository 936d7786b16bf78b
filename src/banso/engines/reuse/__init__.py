"""Finds what of a set of source texts is in a manuscript, and says where and why.

A source is fingerprinted once under a person's key (`index_source`) and its index kept sealed. A
check opens the few sources that share fingerprints and finds all common runs of 24 normalised
characters, passages whose words are the same though spelled, ordered or partly changed, and exact
figures; public phrases and the author's own texts are set aside. A finding is a fact about two
texts, with both places in the originals; what it means is for people to say.
"""

from banso.engines.reuse.background import NOTHING_PUBLIC, Background
from banso.engines.reuse.check import Shelf, check_manuscript
from banso.engines.reuse.findings import REASONS, Finding, Reason
from banso.engines.reuse.fingerprints import GUARANTEED
from banso.engines.reuse.likeness import Likeness, likeness
from banso.engines.reuse.paraphrase import Advice, Paraphrases, Suggestion, advise
from banso.engines.reuse.sources import SourceIndex, WrongKeyError, index_source, open_index

__all__ = [
    "GUARANTEED",
    "NOTHING_PUBLIC",
    "REASONS",
    "Advice",
    "Background",
    "Finding",
    "Likeness",
    "Paraphrases",
    "Reason",
    "Shelf",
    "SourceIndex",
    "Suggestion",
    "WrongKeyError",
    "advise",
    "check_manuscript",
    "index_source",
    "likeness",
    "open_index",
]
