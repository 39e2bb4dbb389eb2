#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""make_contacts.py N: a CSV file of N invented physicians with the columns of the US provider registry, on stdout."""

import csv
import random
import sys

ONSETS = "b c d f g h j k l m n p r s t v w br cl dr gr st tr".split()
VOWELS = "a e i o u ia ei ou".split()
CODAS = ["", "n", "r", "l", "s", "m", "nd", "rt", "ck"]
SPECIALTIES = ["Cardiology", "Neurology", "Pulmonology", "Oncology", "Family Medicine", "Internal Medicine", "Paediatrics"]


def word(rng):
    return "".join(rng.choice(ONSETS) + rng.choice(VOWELS) + rng.choice(CODAS) for _ in range(2)).capitalize()


def check_digit(nine):
    """The Luhn digit of an NPI, which is reckoned with 80840 in front."""
    digits = [int(d) for d in "80840" + nine]
    total = sum(d if i % 2 else sum(divmod(2 * d, 10)) for i, d in enumerate(digits, start=len(digits) % 2))
    return str(-total % 10)


def main():
    rng = random.Random(20261)
    out = csv.writer(sys.stdout)
    out.writerow(
        [
            "NPI",
            "Provider Last Name (Legal Name)",
            "Provider First Name",
            "Provider Credential Text",
            "Provider Sex Code",
            "Healthcare Provider Taxonomy Code_1",
            "Full Street Address",
            "Provider Business Practice Location Address City Name",
            "Provider Business Practice Location Address State Name",
            "Provider Business Practice Location Address Postal Code",
        ]
    )
    for i in range(int(sys.argv[1])):
        nine = str(100000000 + i)
        out.writerow(
            [
                nine + check_digit(nine),
                word(rng),
                word(rng),
                rng.choice(["MD", "DO", "NP", "PhD"]),
                rng.choice("FM"),
                rng.choice(SPECIALTIES),
                f"{rng.randint(1, 999)} {word(rng)} St",
                word(rng),
                rng.choice(["NY", "CA", "TX", "OH"]),
                f"{rng.randint(0, 99999):05d}",
            ]
        )


main()
