"""Who knows about a text: people by their papers, and texts by texts, in Japanese and English.

`Library` holds people with their papers and ranks them against a text; `Texts` holds texts and
finds the nearest to another. Every answer says which papers and terms made it, and the shares of
the terms sum to the score. It is lexical and learns from the corpus alone; `load_embedding` adds
an encoder of meaning where an installation has one, and says plainly where it has none.
"""

from banso.engines.expertise.embedding import Embedding, Encoder, load_embedding
from banso.engines.expertise.library import Library
from banso.engines.expertise.matches import Match, PaperMatch, Term, TextMatch
from banso.engines.expertise.texts import Texts

__all__ = [
    "Embedding", "Encoder", "Library", "Match", "PaperMatch", "Term", "TextMatch", "Texts",
    "load_embedding",
]  # fmt: skip
