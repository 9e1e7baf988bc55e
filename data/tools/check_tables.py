#!/usr/bin/env python3
"""Sorts the tables of the gazetteer and says what is wrong with them.

Without arguments it only checks: NFC, no spaces at the ends of cells, no row twice, rows in order, no form with two
owners of one kind. With --write it rewrites the tables sorted. The program itself checks ids, kinds and columns.
"""

import argparse
import re
import sys
import unicodedata
from collections import defaultdict
from pathlib import Path

DATA = Path(__file__).parent.parent
REFERENCE = ["agreements", "blocs", "groups", "memberships", "offices", "organizations", "outlets", "persons", "places",
             "states", "tenures"]
# Tables of words are sorted by id, then kind, then form, so that the names of one thing read as a list.
WORDS = {"names": (0, 2, 1), "demonyms": (0, 2, 1), "titles": (0, 1), "blocs": (0, 1)}


def tables():
    for name in REFERENCE:
        yield DATA / "reference" / f"{name}.tsv", None
    for language in ("ar", "en"):
        for name, order in WORDS.items():
            yield DATA / language / f"{name}.tsv", order


def folded(form):
    """The folding that makes two Arabic spellings one form to the matcher; English is lower-cased."""
    form = re.sub("[\u064b-\u0652\u0640]", "", unicodedata.normalize("NFKC", form))
    return re.sub("[أإآٱ]", "ا", form).replace("ى", "ي").lower()


def kind_of(entity):
    return entity.split(":")[0] if ":" in entity else "state"


def check(path, order):
    lines = path.read_text(encoding="utf-8").split("\n")
    body = lines[1:-1]
    rows = [line.split("\t") for line in body]
    for number, cells in enumerate(rows, 2):
        if any(cell != unicodedata.normalize("NFC", cell).strip() for cell in cells):
            yield f"{path}:{number}: not NFC, or a space at the end of a cell"
    key = (lambda cells: [cells[i] for i in order]) if order else None
    ordered = sorted(rows, key=key)
    if rows != ordered:
        yield f"{path}: not sorted; run with --write"
    if len(set(body)) != len(body):
        yield f"{path}: a row stands twice"
    if path.name == "names.tsv":
        owners = defaultdict(set)
        for entity, form, _ in rows:
            owners[folded(form), kind_of(entity)].add(entity)
        for (form, kind), ids in sorted(owners.items()):
            if len(ids) > 1:
                yield f"{path}: {form!r} names several of kind {kind}: {', '.join(sorted(ids))}"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="rewrite the tables sorted")
    options = parser.parse_args()
    faults = 0
    for path, order in tables():
        for fault in check(path, order):
            faults += 1
            print(fault)
        if options.write:
            header, *body = path.read_text(encoding="utf-8").strip("\n").split("\n")
            rows = {tuple(unicodedata.normalize("NFC", cell).strip() for cell in line.split("\t")) for line in body}
            rows = sorted(rows, key=lambda cells: [cells[i] for i in order] if order else list(cells))
            path.write_text("\n".join([header, *("\t".join(cells) for cells in rows)]) + "\n", encoding="utf-8")
    sys.exit(1 if faults and not options.write else 0)


if __name__ == "__main__":
    main()
