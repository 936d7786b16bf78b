"""Why the database cannot be used, each time as a sentence for the person who started banso."""


class DatabaseUnavailable(Exception):  # noqa: N818 - an answer for a person, not a fault of ours
    """The server cannot be started or reached; the message says why and what to do."""


class DatabaseUnfit(Exception):  # noqa: N818 - as above
    """The server answers, but banso must not keep its program's acts there."""
