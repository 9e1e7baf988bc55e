#!/usr/bin/env python3
"""Reads RDF with rdflib and prints how many triples there are and a hash of them.

    read_rdf.py FORMAT FILE      FORMAT: turtle, ntriples, rdfxml, jsonld, trig, nquads

{"triples": 12, "hash": "…"}: the SHA-256 of the sorted N-Triples lines; named graphs are merged. Exit codes: 0 read, 1 not
readable, 2 wrong usage, 3 rdflib is missing.
"""

import hashlib
import json
import sys

FORMATS = {
    "turtle": "turtle",
    "ntriples": "nt",
    "rdfxml": "xml",
    "jsonld": "json-ld",
    "trig": "trig",
    "nquads": "nquads",
}


def main(arguments):
    if len(arguments) != 2 or arguments[0] not in FORMATS:
        print(__doc__, file=sys.stderr)
        return 2
    try:
        import rdflib
    except ImportError as missing:
        print(f"{missing}: run `cargo xtask test`, which installs tests/readers/requirements.txt", file=sys.stderr)
        return 3
    # Literals are compared as written, not as values.
    rdflib.NORMALIZE_LITERALS = False
    data = rdflib.Dataset(default_union=True)
    try:
        data.parse(arguments[1], format=FORMATS[arguments[0]])
    except Exception as fault:  # Whatever a parser raises means that it could not read.
        print(f"{arguments[1]}: {type(fault).__name__}: {fault}", file=sys.stderr)
        return 1
    lines = sorted({" ".join(term.n3() for term in triple) for triple in data.triples((None, None, None))})
    print(json.dumps({"triples": len(lines), "hash": hashlib.sha256("\n".join(lines).encode()).hexdigest()}))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
