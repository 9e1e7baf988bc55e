#!/usr/bin/env python3
"""Sorts the tables of the gazetteer and says what is wrong with them.

Without arguments it only checks: NFC, no spaces at the ends of cells, no row twice, rows in order; no form with two
owners of one kind; one label at most for each id and language, and one for each id in Arabic and English; no word of two
scripts or of a script that the language does not use; persons without a name; tenures that end before they begin, or
that give an office of one holder to two on one day. With --write it rewrites the tables sorted. The program itself
checks ids, kinds and columns.
"""

import argparse
import re
import sys
import unicodedata
from collections import defaultdict
from itertools import combinations
from pathlib import Path

DATA = Path(__file__).parent.parent
REFERENCE = ["agreements", "blocs", "groups", "memberships", "offices", "organizations", "outlets", "persons", "places",
             "states", "tenures"]
# Tables of words are sorted by id, then kind, then form, so that the names of one thing read as a list.
WORDS = {"names": (0, 2, 1), "demonyms": (0, 2, 1), "titles": (0, 1), "blocs": (0, 1)}
# Every id has a label in these two; the other languages name the best known.
COMPLETE = ["ar", "en"]
LANGUAGES = ["ar", "en", "es", "fr", "ru", "zh"]
SCRIPTS = {"ar": {"ARABIC"}, "en": {"LATIN"}, "es": {"LATIN"}, "fr": {"LATIN"}, "ru": {"CYRILLIC"}, "zh": {"CJK"}}
# Pairs that press and the United Nations call by one name ("Congo", "Saint Martin"); the first in order is meant by it alone.
SHARED_NAMES = [{"COD", "COG"}, {"MAF", "SXM"}, {"person:abdullah-ii", "person:abdullah-of-saudi-arabia"}]
# Offices that one person holds at a time; of most others there may be several (envoys, vice-presidents, ministers of state).
SINGLE_HOLDER = {
    "chairperson", "chancellor", "crown-prince", "defence-minister", "director-general", "emir", "eu-commission-president",
    "eu-high-representative", "finance-minister", "foreign-minister", "general-secretary", "grand-duke", "interim-president",
    "interior-minister", "leader", "managing-director", "monarch", "pope", "president", "prime-minister", "secretary-general",
    "secretary-of-state", "speaker", "sultan", "supreme-leader",
}
# Who gives one title to several at a time. Nicaragua has two foreign ministers.
SEVERAL_HOLDERS = {("leader", "group:hamas"), ("foreign-minister", "NIC")}


def tables():
    for name in REFERENCE:
        yield DATA / "reference" / f"{name}.tsv", None
    for language in LANGUAGES:
        for name, order in WORDS.items():
            path = DATA / language / f"{name}.tsv"
            if path.exists():
                yield path, order


def rows_of(path):
    return [line.split("\t") for line in path.read_text(encoding="utf-8").split("\n")[1:-1]]


def folded(form):
    """The folding that makes two Arabic spellings one form to the matcher; other scripts are lower-cased."""
    form = re.sub("[\u064b-\u0652\u0640]", "", unicodedata.normalize("NFKC", form)).replace("’", "'")
    return re.sub("[أإآٱ]", "ا", form).replace("ى", "ي").lower()


def kind_of(entity):
    return entity.split(":")[0] if ":" in entity else "state"


def script_of(letter):
    """ARABIC, LATIN, CYRILLIC, CJK …; nothing for what is no letter."""
    return unicodedata.name(letter, "").split(" ")[0] if letter.isalpha() else None


def wrong_script(form, language):
    """The first word that mixes scripts, or that the language does not write; Latin initials it may write (C5+1)."""
    for word in re.findall(r"\w+", form):
        scripts = {script for script in map(script_of, word) if script not in (None, "MODIFIER")}
        # Chinese puts no space between its characters and Latin initials.
        mixed = len(scripts) > 1 and language != "zh"
        if mixed or not scripts <= SCRIPTS[language] | {"LATIN"}:
            return word
    return None


def check(path, order):
    rows = rows_of(path)
    for number, cells in enumerate(rows, 2):
        if any(cell != unicodedata.normalize("NFC", cell).strip() or "  " in cell for cell in cells):
            yield f"{path}:{number}: not NFC, or a space too many in a cell"
        if order and (word := wrong_script(cells[1], path.parent.name)):
            yield f"{path}:{number}: {word!r} is written in a wrong script or in two"
    key = (lambda cells: [cells[i] for i in order]) if order else None
    if rows != sorted(rows, key=key):
        yield f"{path}: not sorted; run with --write"
    if len(set(map(tuple, rows))) != len(rows):
        yield f"{path}: a row stands twice"
    if path.name == "names.tsv":
        yield from check_names(path, rows)


def check_names(path, rows):
    owners, labels = defaultdict(set), defaultdict(int)
    for entity, form, kind in rows:
        owners[folded(form), kind_of(entity)].add(entity)
        labels[entity] += kind == "label"
    for (form, kind), ids in sorted(owners.items()):
        if len(ids) > 1 and ids not in SHARED_NAMES:
            yield f"{path}: {form!r} names several of kind {kind}: {', '.join(sorted(ids))}"
    for entity, count in sorted(labels.items()):
        if count > 1:
            yield f"{path}: {entity} has {count} labels"
    if path.parent.name in COMPLETE:
        named = ["states", "organizations", "groups", "agreements", "outlets", "places", "persons"]
        for entity in sorted(row[0] for table in named for row in rows_of(DATA / "reference" / f"{table}.tsv")):
            if not labels[entity]:
                yield f"{path}: {entity} has no label"


def first_day(date):
    """Of a day, month or year, as text that compares."""
    return date + "-01-01"[len(date) - 4:]


def last_day(date):
    return date + "-12-31"[len(date) - 4:]


def check_tenures():
    path = DATA / "reference/tenures.tsv"
    held = defaultdict(list)
    for person, office, actor, start, end in rows_of(path):
        if any(date and not re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", date) for date in (start, end)):
            yield f"{path}: {person} {office} of {actor}: {start!r} or {end!r} is no day, month or year"
        if start and end and first_day(start) >= last_day(end):
            yield f"{path}: {person} {office} of {actor} ends {end} before it begins {start}"
        if office in SINGLE_HOLDER and (office, actor) not in SEVERAL_HOLDERS:
            # Only what is certain: two holders of the month in which one follows the other are no fault.
            held[office, actor].append((last_day(start or "0000"), first_day(end or "9999"), person))
    for (office, actor), tenures in sorted(held.items()):
        for (start, end, one), (other_start, other_end, other) in combinations(sorted(tenures), 2):
            if start < other_end and other_start < end:
                yield f"{path}: {office} of {actor}: {one} ({start} to {end}) and {other} ({other_start} to {other_end})"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="rewrite the tables sorted")
    options = parser.parse_args()
    if options.write:
        for path, order in tables():
            header, *body = path.read_text(encoding="utf-8").strip("\n").split("\n")
            rows = {tuple(unicodedata.normalize("NFC", cell).strip() for cell in line.split("\t")) for line in body}
            rows = sorted(rows, key=lambda cells: [cells[i] for i in order] if order else list(cells))
            path.write_text("\n".join([header, *("\t".join(cells) for cells in rows)]) + "\n", encoding="utf-8")
    faults = [fault for path, order in tables() for fault in check(path, order)]
    faults += check_tenures()
    print(*faults, sep="\n", end="\n" if faults else "")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
