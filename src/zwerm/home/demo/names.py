"""Names of invented people."""

from __future__ import annotations

import numpy as np

FIRST = """
Sanne Amir Djamila Noor Jamie Benjamin Jasmijn Anja Jacob Farah Youssef Lotte Daan Emma Milan
Sofie Yara Tim Fatima Bram Eline Mehmet Iris Thijs Aylin Ruben Maud Karim Femke Joris Nadia
Stijn Roos Hamza Lieke Wouter Esra Tess Gijs Samira Pim Hanna Omar Julia Niels Leyla Koen Anouk
Rachid Marit Sven Zeynep Floor Jeroen Ilse Bilal Vera Casper Naima Mees Tessa Driss Isa Luuk
Soraya Hugo Merel Ali Fenna Teun Imane Bart Lisa Murat Nina Sjoerd Kaya Hilde Tarik Manon Rens
Dewi Jelle Sara Ravi Eva Pieter Latifa Guus Olivia Mo Carlijn Freek Selma
""".split()  # noqa: SIM905  # a block of names reads better than a list of strings
LAST = """
Bos Haddad Aziz Bakker Aerts Jol de_Wit Vermeer Lind Idrissi El_Amrani Visser Jansen Mulder
van_Dijk Yilmaz Smit de_Groot Peters Kaya van_den_Berg Dekker Brouwer Hendriks Bouzidi Kok
van_Leeuwen Schouten Demir Willems Hoekstra Postma Kuiper Prins Öztürk Blom Huisman van_Dam
Scholten Molenaar van_Vliet Kramer Benali Timmermans Groen Koster de_Boer Sahin Verhoeven
van_der_Meer Jacobs Maas Driessen Hermans Vos Martens Peeters Gerritsen Roos van_Beek
""".split()  # noqa: SIM905  # the same


def invented_names(count: int, rng: np.random.Generator) -> list[str]:
    """`count` different names."""
    names: dict[str, None] = {}
    while len(names) < count:
        last = str(rng.choice(LAST)).replace("_", " ")
        names[f"{rng.choice(FIRST)} {last}"] = None
    return list(names)
