"""The words that ship: questions, promises, mails and guides, in Dutch and English."""

from zwerm.scans.library.agreements import (
    RULES,
    council_page,
    every_promise,
    first_screen,
    mail,
    poster,
    promises,
    roster_texts,
    thanks_screen,
)
from zwerm.scans.library.guides import Guide, Guides, Step, load_guides
from zwerm.scans.library.instruments import (
    Family,
    Form,
    Instruments,
    Item,
    Relation,
    Scale,
    answer_words,
    load_instruments,
)
from zwerm.scans.library.own import (
    Instrument,
    InstrumentFault,
    read_instrument,
    write_instrument,
)
from zwerm.scans.library.questionnaire import Questionnaire, questionnaire, questionnaire_of
from zwerm.scans.library.scoring import ScaleResult, scale_results, scale_values
from zwerm.scans.library.texts import MissingWord, Text, fill

__all__ = [
    "RULES",
    "Family",
    "Form",
    "Guide",
    "Guides",
    "Instrument",
    "InstrumentFault",
    "Instruments",
    "Item",
    "MissingWord",
    "Questionnaire",
    "Relation",
    "Scale",
    "ScaleResult",
    "Step",
    "Text",
    "answer_words",
    "council_page",
    "every_promise",
    "fill",
    "first_screen",
    "load_guides",
    "load_instruments",
    "mail",
    "poster",
    "promises",
    "questionnaire",
    "questionnaire_of",
    "read_instrument",
    "roster_texts",
    "scale_results",
    "scale_values",
    "thanks_screen",
    "write_instrument",
]
