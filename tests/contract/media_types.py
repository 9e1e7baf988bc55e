"""How bodies of our media types are written: each is a text, sent as it is."""

import schemathesis

TEXTS = [
    "application/ld+json",
    "application/n-quads",
    "application/n-triples",
    "application/rdf+xml",
    "application/sparql-query",
    "application/sparql-update",
    "application/trig",
    "application/x-ndjson",
    "text/html",
    "text/turtle",
]


@schemathesis.serializer(*TEXTS)
def text(_, value):
    """A text in UTF-8; what cannot be written so (half a surrogate) is replaced."""
    return (value if isinstance(value, str) else str(value)).encode("utf-8", "replace")
