"""`zwerm analyse`: read somebody's files, compute, and write what was asked for."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from zwerm.analyse.exports.graphml import graphml_of
from zwerm.analyse.exports.sheets import sheets_of
from zwerm.analyse.figures import Figures, figures_of
from zwerm.analyse.networks import Network, read_networks
from zwerm.analyse.options import Options, check_options, read_options
from zwerm.analyse.progress import Progress
from zwerm.analyse.scale_figures import about_scales
from zwerm.analyse.summary import summary_of
from zwerm.analyse.words import Fault, Sentence, Words, sentence
from zwerm.analyse.writing import json_of, write_all

WRONG, STOPPED = 2, 130


def main(argv: Sequence[str]) -> int:
    """Run the command; 0 when all is well, 2 with a sentence when not, 130 when stopped."""
    options = read_options(argv)
    words = Words(options.language)
    try:
        run(options, words)
    except Fault as fault:
        print(words.say(fault.sentence), words("nothing_written"), sep="\n", file=sys.stderr)
        return WRONG
    except KeyboardInterrupt:
        print(f"\n{words('stopped')} {words('nothing_written')}", file=sys.stderr)
        return STOPPED
    except BrokenPipeError:
        # Whoever read along, such as `head`, has seen enough. Python would complain at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def run(options: Options, words: Words) -> None:
    """Everything is made before anything is written."""
    check_options(options)
    if options.pdf:
        # Heavy, and absent on machines without its libraries: say so before the work.
        from zwerm.analyse.pdf import check_printer  # noqa: PLC0415

        check_printer()
    networks, warnings = read_networks(options)
    found = compute(networks, options, words)
    noted = [*warnings, *about_positions(networks, found), *about_all(found)]
    said = [words.say(one) for one in noted]
    for warning in said:
        print(words("warning", text=warning), file=sys.stderr)
    if not options.outputs:
        print(summary_of(found, words), flush=True)
        return
    write_all(contents_of(networks, found, options, words, said))
    for path in options.outputs:
        print(words("written", file=path))


def compute(networks: list[Network], options: Options, words: Words) -> dict[str, Figures]:
    """The figures of every network, with the progress of long work on the terminal."""
    progress = Progress()
    found = {}
    for place, one in enumerate(networks):

        def part_done(part: float, place: int = place, name: str = one.name) -> None:
            progress(words("computing", name=name), (place + part) / len(networks))

        found[one.name] = figures_of(one, options.seed, part_done)
    progress.clear()
    return found


def about_positions(networks: list[Network], found: dict[str, Figures]) -> list[Sentence]:
    """Where coupling was asked for and could not be computed."""
    return [
        sentence("no_coupling", name=one.name)
        for one in networks
        if one.position is not None and found[one.name].coupling is None
    ]


def about_all(found: dict[str, Figures]) -> list[Sentence]:
    """What is to be known of the scales of every network."""
    return [one for name, figures in found.items() for one in about_scales(name, figures.scales)]


def contents_of(
    networks: list[Network],
    found: dict[str, Figures],
    options: Options,
    words: Words,
    warnings: list[str],
) -> dict[Path, bytes]:
    """What goes into each file."""
    contents: dict[Path, bytes] = {}
    if options.json:
        contents[options.json] = json_of(found, options, warnings)
    if options.csv:
        sheets = sheets_of(networks, found, options)
        contents |= {options.csv / name: content for name, content in sheets.items()}
    if options.graphml:
        contents[options.graphml] = graphml_of(networks, found, options)
    if options.html or options.pdf:
        # Pictures and page: only who asks for a report waits for them.
        from zwerm.analyse.page import report_of  # noqa: PLC0415

        report = report_of(networks, found, options, words, warnings)
        if options.html:
            contents[options.html] = report.encode()
        if options.pdf:
            from zwerm.analyse.pdf import pdf_of  # noqa: PLC0415  # as above

            contents[options.pdf] = pdf_of(report)
    return contents
