#!/usr/bin/env python3
"""Validates graphs with pySHACL, an implementation that is not ours, and prints what it finds, to be compared.

    validate_shapes.py SHAPES DATA...   each DATA against SHAPES; "-" for shapes that stand in DATA itself

For each DATA a line "# DATA" and then its results, sorted and each once, as "focus | path | component | value". A
path that is no property is "(path)", a missing path "-".

Exit codes: 0 done, 2 wrong usage, 3 pySHACL is not installed (`pip install pyshacl`).
"""

import sys

PREFIXES = [("ex:", "https://example.org/"), ("xsd:", "http://www.w3.org/2001/XMLSchema#")]


def short(term):
    """A term with a prefix instead of its namespace, a number without quotes."""
    from rdflib import Literal, XSD

    if isinstance(term, Literal) and term.datatype in (XSD.integer, XSD.decimal):
        return str.__str__(term)
    text = term.n3() if not isinstance(term, Literal) else literal(term)
    for prefix, namespace in PREFIXES:
        front, found, rest = text.partition("<" + namespace)
        if found:
            text = front + prefix + rest.rstrip(">")
    return text


def literal(term):
    """A literal as N-Triples has it; rdflib writes some values anew."""
    escaped = str.__str__(term).replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r")
    if term.language:
        return f'"{escaped}"@{term.language}'
    return f'"{escaped}"^^<{term.datatype}>' if term.datatype else f'"{escaped}"'


def lines(results):
    from rdflib import RDF, URIRef
    from rdflib.namespace import SH

    # A result in the detail of another is not one of the report.
    for result in results.objects(None, SH.result):
        path = results.value(result, SH.resultPath)
        path = "-" if path is None else short(path) if isinstance(path, URIRef) else "(path)"
        value = results.value(result, SH.value)
        component = results.value(result, SH.sourceConstraintComponent)
        component = component.removeprefix(str(SH)).removesuffix("ConstraintComponent")
        value = "" if value is None else short(value)
        yield f"{short(results.value(result, SH.focusNode))} | {path} | {component} | {value}"


def main(arguments):
    if len(arguments) < 2:
        print(__doc__, file=sys.stderr)
        return 2
    try:
        import pyshacl
        import rdflib
    except ImportError as error:
        print(f"cannot run: {error}; pip install pyshacl", file=sys.stderr)
        return 3

    # Values stay as they are written.
    rdflib.NORMALIZE_LITERALS = False
    for name in arguments[1:]:
        data = rdflib.Graph().parse(name, format="turtle")
        shapes = data if arguments[0] == "-" else rdflib.Graph().parse(arguments[0], format="turtle")
        _, results, _ = pyshacl.validate(data, shacl_graph=shapes, inference="none", advanced=False)
        print(f"# {name}")
        print("\n".join(sorted(set(lines(results)))))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
