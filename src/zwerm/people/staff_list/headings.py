"""Recognises the headings of a staff list, in Dutch or English. Knows nothing of Django."""

from __future__ import annotations

import re
import unicodedata

HEADINGS = {
    "name": "naam name medewerker volledigenaam fullname employee collega",
    "first_name": "voornaam roepnaam firstname givenname",
    "particle": "tussenvoegsel voorvoegsel tussenvoegsels prefix",
    "last_name": "achternaam lastname surname familienaam geslachtsnaam",
    "email": "email mail emailadres mailadres emailaddress mailaddress werkmail emailwerk",
    "staff_number": "personeelsnummer medewerkernummer medewerkersnummer nummer persnr "
    "staffnumber employeenumber employeeid id stamnummer afkorting",
    "teams": "team teams sectie secties afdeling afdelingen bouw hometeam thuisteam department "
    "section vakgroep vaksectie",
    "post": "functie post functienaam position jobtitle",
    "pay_scale": "schaal payscale salarisschaal functieschaal loonschaal",
    "fte": "fte werktijdfactor wtf betrekkingsomvang aanstelling workingtime deeltijdfactor",
    "role": "rol rollen role roles taak",
    "started_on": "indienst datumindienst indienstdatum startdatum begindatum startedon startdate "
    "indienstsinds",
    "language": "taal language voorkeurstaal",
}

_FIELD_OF = {word: field for field, words in HEADINGS.items() for word in words.split()}


def plain(heading: str) -> str:
    """A heading without accents, spaces, signs, and what stands in brackets or behind a comma.

    Example:
        >>> plain("E-mail (werk)"), plain("Teams, het eigen team eerst"), plain("Team 2")
        ('email', 'teams', 'team')
    """
    heading = re.sub(r"\(.*?\)|,.*", "", heading)
    letters = unicodedata.normalize("NFKD", heading).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z]", "", letters.lower())


def recognise(headings: list[str]) -> dict[str, list[int]]:
    """For each field the columns that hold it; several team columns are one field.

    Example:
        >>> recognise(["Naam", "E-mail", "Team 1", "Team 2"])
        {'name': [0], 'email': [1], 'teams': [2, 3]}
    """
    found: dict[str, list[int]] = {}
    for place, heading in enumerate(headings):
        field = _FIELD_OF.get(plain(heading))
        if field and (field == "teams" or field not in found):
            found.setdefault(field, []).append(place)
    return found


def has_name(columns: dict[str, list[int]]) -> bool:
    """A list without names cannot be read."""
    return "name" in columns or "last_name" in columns
