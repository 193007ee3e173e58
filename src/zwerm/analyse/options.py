"""What may be asked of `zwerm analyse`, and whether the answer can be written where asked."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from zwerm.analyse.words import LANGUAGES, Fault, Language, language_here
from zwerm.analysis.mrqap import Family

PERMUTATIONS = 2000
OUTPUTS = {"json", "html", "pdf", "csv", "graphml"}
SHEETS = ("people.csv", "ties.csv", "figures.csv")
"""What `--csv` puts in its folder."""


@dataclass(frozen=True, slots=True)
class Options:
    """The options of one run, as they were given."""

    ties: Path
    people: Path | None
    dyads: Path | None
    scales: Path | None
    relation: str | None
    by: str | None
    respondents: str | None
    position: str | None
    team: str | None
    wave: str | None
    qap: tuple[str, ...]
    mrqap: tuple[str, ...]
    family: Family
    permutations: int
    intervals: bool | None
    """None: when something is written and they take little time, see `inference.sure`."""
    undirected: bool | None
    """None: it follows from the ties, see `networks.settle_direction`."""
    seed: int
    json: Path | None
    html: Path | None
    pdf: Path | None
    csv: Path | None
    graphml: Path | None
    language: Language

    @property
    def outputs(self) -> list[Path]:
        """Every file that is written; of a folder the files in it."""
        sheets = [self.csv / name for name in SHEETS] if self.csv else []
        files = (self.json, self.html, self.pdf, self.graphml)
        return [*(path for path in files if path), *sheets]

    def given(self) -> dict[str, object]:
        """What was asked for, to keep beside the figures: the same again gives the same."""
        asked = {name: getattr(self, name) for name in self.__slots__}
        return {
            name: str(value) if isinstance(value, Path) else value
            for name, value in asked.items()
            if value not in {None, ()} and name not in OUTPUTS
        }


def parser() -> argparse.ArgumentParser:
    asked = argparse.ArgumentParser(
        prog="zwerm analyse",
        allow_abbrev=False,
        description="Exact figures of a network from your own files (CSV, Excel, GraphML, Pajek, "
        "UCINET DL, Gephi). Without a file to write a summary is printed.",
    )
    add_files(asked)
    add_choices(asked)
    add_outputs(asked)
    return asked


def add_files(asked: argparse.ArgumentParser) -> None:
    asked.add_argument(
        "--ties",
        type=Path,
        required=True,
        metavar="FILE",
        help="who names whom: source, target[, relation][, value][, school or wave]",
    )
    asked.add_argument(
        "--people", type=Path, metavar="FILE", help="everybody: id and other columns"
    )
    asked.add_argument(
        "--dyads", type=Path, metavar="FILE", help="what two people share: i, j and other columns"
    )
    asked.add_argument(
        "--scales", type=Path, metavar="FILE", help="which columns of people belong to one scale"
    )


def add_choices(asked: argparse.ArgumentParser) -> None:
    asked.add_argument("--relation", metavar="NAME", help="the one relation to look at")
    asked.add_argument("--by", metavar="COLUMN", help="a network for each value of this column")
    asked.add_argument(
        "--respondents", metavar="COLUMN", help="column of people: 1 who answered, 0 who did not"
    )
    asked.add_argument(
        "--position", metavar="COLUMN", help="column of people: formal position, higher is more"
    )
    asked.add_argument("--team", metavar="COLUMN", help="column of people: team or group")
    direction = asked.add_mutually_exclusive_group()
    direction.add_argument(
        "--undirected",
        action="store_const",
        const=True,
        help="each tie holds in both directions, and stands in the file once",
    )
    direction.add_argument(
        "--directed",
        action="store_const",
        const=False,
        dest="undirected",
        help="each tie runs from source to target, also when it looks otherwise",
    )
    add_inference(asked)
    asked.add_argument("--seed", type=int, default=1, metavar="N", help="seed of all chance (1)")


def add_inference(asked: argparse.ArgumentParser) -> None:
    asked.add_argument(
        "--wave",
        metavar="COLUMN",
        help="column of the ties: compare each wave with the one before",
    )
    asked.add_argument(
        "--qap",
        action="append",
        default=[],
        metavar="TERM",
        help="correlate with receiver(COLUMN), sender(COLUMN=VALUE), same(COLUMN), "
        "absdiff(COLUMN), dyad(NAME) or tie(RELATION); may be given several times",
    )
    asked.add_argument(
        "--mrqap",
        action="append",
        default=[],
        metavar='"TERM + TERM"',
        help="regress the ties on these terms",
    )
    asked.add_argument(
        "--family",
        choices=get_args(Family),
        default="linear",
        help="of the regression; logistic: whether there is a tie, whatever its value (linear)",
    )
    asked.add_argument(
        "--permutations",
        type=int,
        default=PERMUTATIONS,
        metavar="N",
        help=f"how many random orders a test looks at ({PERMUTATIONS})",
    )
    asked.add_argument(
        "--intervals",
        action=argparse.BooleanOptionalAction,
        help="how sure each figure is; without this when it takes a few seconds at most",
    )


def add_outputs(asked: argparse.ArgumentParser) -> None:
    asked.add_argument("--json", type=Path, metavar="OUT", help="write all figures as JSON")
    asked.add_argument("--html", type=Path, metavar="OUT", help="write a report, one HTML file")
    asked.add_argument("--pdf", type=Path, metavar="OUT", help="write the report as PDF")
    asked.add_argument(
        "--csv", type=Path, metavar="FOLDER", help="write people, ties and figures as CSV there"
    )
    asked.add_argument("--graphml", type=Path, metavar="OUT", help="write the networks as GraphML")
    asked.add_argument(
        "--language", choices=LANGUAGES, default=language_here(), help="of report and messages"
    )


def read_options(argv: Sequence[str]) -> Options:
    """The options; argparse ends the command itself when one is unknown."""
    asked = vars(parser().parse_args(argv))
    return Options(**{**asked, "qap": tuple(asked["qap"]), "mrqap": tuple(asked["mrqap"])})


def check_options(options: Options) -> None:
    """Find out before the work, not after it, that a file cannot be written.

    Raises:
        Fault: two options do not go together, a folder is missing, or an input would be lost.
    """
    if options.undirected and options.respondents:
        raise Fault("undirected_respondents")
    if options.permutations < 1:
        raise Fault("few_permutations", found=options.permutations, usual=PERMUTATIONS)
    files = (options.ties, options.people, options.dyads, options.scales)
    read = {path.resolve() for path in files if path}
    if options.csv and options.csv.exists() and not options.csv.is_dir():
        raise Fault("no_folder_but_file", file=options.csv)
    for path in options.outputs:
        if path.resolve() in read:
            raise Fault("overwrites_input", file=path)
        if path.is_dir():
            raise Fault("is_folder", file=path)
        check_folder(path, path.parent if path.parent != options.csv else path.parent.parent)
    if len(set(options.outputs)) < len(options.outputs):
        raise Fault("same_output")


def check_folder(path: Path, folder: Path) -> None:
    """The folder of a file must be there; the one of `--csv` is made, in a folder that is there."""
    if not folder.is_dir():
        raise Fault("no_folder", file=path, folder=folder)
