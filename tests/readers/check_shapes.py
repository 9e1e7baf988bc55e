#!/usr/bin/env python3
"""Checks graphs against SHACL shapes with pySHACL, an implementation that is not ours.

    check_shapes.py SHAPES DATA...             every DATA must conform
    check_shapes.py --invalid SHAPES DATA...   every DATA must break the shape that it names in a line
                                               "# breaks: dips:ClaimShape"

Graphs are Turtle, or what their extension says. Nothing is inferred and nothing is fetched.

Exit codes: 0 all as they should be, 1 some are not, 2 wrong usage, 3 pySHACL is not installed
(`pip install pyshacl`).
"""

import re
import sys
from pathlib import Path

SHAPES = "https://w3id.org/chancery/shapes#"


def broken_shapes(results, shapes, shacl):
    """Local names of the node shapes that the results come from."""
    names = set()
    for source in results.objects(None, shacl.sourceShape):
        # A property shape has no name: its node shape counts.
        for shape in [source, *shapes.subjects(shacl.property, source)]:
            if str(shape).startswith(SHAPES):
                names.add(str(shape).removeprefix(SHAPES))
    return names


def main(arguments):
    expect_invalid = arguments[:1] == ["--invalid"]
    arguments = arguments[expect_invalid:]
    if len(arguments) < 2 or arguments[0].startswith("-"):
        print(__doc__, file=sys.stderr)
        return 2
    try:
        import pyshacl
        import rdflib
        from rdflib.namespace import SH
    except ImportError as error:
        print(f"cannot run: {error}; pip install pyshacl", file=sys.stderr)
        return 3

    shapes = rdflib.Graph().parse(arguments[0], format="turtle")
    failed = 0
    for name in arguments[1:]:
        data = rdflib.Graph().parse(name, format=rdflib.util.guess_format(name) or "turtle")
        conforms, results, report = pyshacl.validate(data, shacl_graph=shapes, inference="none", advanced=False)
        if not expect_invalid:
            problem = None if conforms else report
        else:
            named = set(re.findall(r"^# breaks: dips:(\w+)", Path(name).read_text(encoding="utf-8"), re.MULTILINE))
            broken = broken_shapes(results, shapes, SH)
            if not named:
                problem = "names no shape in a line '# breaks: dips:…'"
            elif conforms:
                problem = f"conforms, but should break {sorted(named)}"
            elif not named <= broken:
                problem = f"should break {sorted(named)}, but breaks {sorted(broken)}\n{report}"
            else:
                problem = None
        print(f"{'FAILED' if problem else 'ok'} {name} ({len(data)} triples)")
        if problem:
            print(problem)
            failed += 1
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
