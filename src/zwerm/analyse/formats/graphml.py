"""GraphML, as Gephi, igraph, yEd and networkx write it.

Read by the expat of Python rather than by igraph: expat names the line of a fault, keeps what is
written (ids, spaces, decimals), and stops at the first entity that a file declares, so that a file
of a few lines cannot unfold into gigabytes. Nothing outside the file is ever fetched.

Source: Brandes, Eiglsperger, Lerner & Pich (2013), Graph Markup Language, chapter 16 of the
Handbook of Graph Drawing and Visualization.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from xml.parsers import expat

from zwerm.analyse.formats.found import Found
from zwerm.analyse.reading import Row, Table
from zwerm.analyse.words import Fault

NAMED = ("name", "label", "id")
"""Attributes of nodes that may hold the id people know, in the order in which they are tried."""


@dataclass(slots=True)
class Key:
    """What a `<key>` declares: of nodes, edges or graphs, its name, and its default."""

    of: str
    name: str
    default: str | None = None


@dataclass(slots=True)
class Thing:
    """A node or an edge with its data: the id of a key to the words."""

    line: int
    graph: int
    ends: tuple[str, ...]
    is_both: bool = False
    data: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Reading:
    """What was read so far."""

    file: str
    parser: expat.XMLParserType
    keys: dict[str, Key] = field(default_factory=dict)
    graphs: list[Thing] = field(default_factory=list)
    nodes: list[Thing] = field(default_factory=list)
    edges: list[Thing] = field(default_factory=list)
    inside: list[str] = field(default_factory=list)
    key: Key | None = None
    thing: Thing | None = None
    data: str | None = None
    words: list[str] = field(default_factory=list)
    is_undirected: bool = False

    @property
    def line(self) -> int:
        return self.parser.CurrentLineNumber

    def fault(self, key: str, **values: object) -> Fault:
        return Fault(key, file=self.file, row=self.line, **values)

    def start(self, name: str, said: dict[str, str]) -> None:
        """An element begins."""
        name = name.rpartition(" ")[2]
        if not self.inside and name != "graphml":
            raise Fault("not_graphml", file=self.file, found=name)
        self.inside.append(name)
        begin = {
            "key": self.start_key,
            "graph": self.start_graph,
            "node": self.start_node,
            "edge": self.start_edge,
            "data": self.start_data,
            "hyperedge": self.refuse,
        }.get(name)
        if begin is not None:
            begin(said)
        if name in {"data", "default"}:
            self.words = []

    def refuse(self, said: dict[str, str]) -> None:
        raise self.fault("graphml_part", found=self.inside[-1])

    def needed(self, said: dict[str, str], name: str) -> str:
        """An attribute that an element cannot do without."""
        found = " ".join(said.get(name, "").split())
        if not found:
            raise self.fault("graphml_lacks", element=self.inside[-1], column=name)
        return found

    def start_key(self, said: dict[str, str]) -> None:
        name = said.get("attr.name") or ("" if said.get("yfiles.type") else said.get("id", ""))
        self.key = Key(said.get("for", "all"), " ".join(name.split()))
        self.keys[self.needed(said, "id")] = self.key

    def start_graph(self, said: dict[str, str]) -> None:
        if "graph" in self.inside[:-1]:
            raise self.fault("graphml_part", found="graph")
        self.is_undirected = said.get("edgedefault", "directed") == "undirected"
        number = len(self.graphs)
        name = " ".join(said.get("id", "").split()) or str(number + 1)
        self.thing = Thing(self.line, number, (name,))
        self.graphs.append(self.thing)

    def start_node(self, said: dict[str, str]) -> None:
        self.thing = Thing(self.line, len(self.graphs) - 1, (self.needed(said, "id"),))
        self.nodes.append(self.thing)

    def start_edge(self, said: dict[str, str]) -> None:
        ends = self.needed(said, "source"), self.needed(said, "target")
        directed = said.get("directed", "").casefold()
        is_both = self.is_undirected if directed not in {"true", "false"} else directed == "false"
        self.thing = Thing(self.line, len(self.graphs) - 1, ends, is_both)
        self.edges.append(self.thing)

    def start_data(self, said: dict[str, str]) -> None:
        self.data = self.needed(said, "key")
        if self.data not in self.keys:
            raise self.fault("graphml_key", found=self.data)

    def text(self, words: str) -> None:
        self.words.append(words)

    def end(self, name: str) -> None:
        """An element ends."""
        name = name.rpartition(" ")[2]
        self.inside.pop()
        said = " ".join("".join(self.words).split())
        if name == "default" and self.key:
            self.key.default = said
        if name == "data" and self.thing is not None and self.data is not None:
            self.thing.data[self.data] = said
        if name in {"node", "edge"}:
            # Data that follow belong to the graph again.
            self.thing = self.graphs[-1] if self.graphs else None


def graphml_of(file: str, content: bytes) -> Found:
    """The people and ties of one GraphML file. Several graphs are told apart by a column.

    Raises:
        Fault: it is no XML, declares entities, or speaks of nodes that are not there.
    """
    read = read_xml(file, content)
    if not read.nodes:
        raise Fault("graphml_empty", file=file)
    columns = graph_columns(read)
    ids = ids_of(read)
    people = people_table(read, ids, columns)
    is_undirected = bool(read.edges) and all(edge.is_both for edge in read.edges)
    ties = ties_table(read, ids, columns, is_undirected)
    return Found(ties, people, is_undirected=is_undirected if read.edges else None)


def read_xml(file: str, content: bytes) -> Reading:
    parser = expat.ParserCreate(namespace_separator=" ")
    read = Reading(file, parser)

    def refuse(*_said: object) -> None:
        raise read.fault("xml_entity")

    parser.EntityDeclHandler = refuse
    parser.StartElementHandler = read.start
    parser.EndElementHandler = read.end
    parser.CharacterDataHandler = read.text
    parser.buffer_text = True
    try:
        parser.Parse(content, True)
    except expat.ExpatError as fault:
        reason = expat.ErrorString(fault.code)
        raise Fault("not_xml", file=file, row=fault.lineno, reason=reason) from fault
    except (ValueError, LookupError) as fault:
        raise Fault("not_xml", file=file, row=read.line, reason=str(fault)) from fault
    return read


def graph_columns(read: Reading) -> dict[str, list[str]]:
    """What tells several graphs apart: a heading to each graph's value; nothing for one graph."""
    if len(read.graphs) < 2:
        return {}
    keys = [key for key in read.keys if any(key in graph.data for graph in read.graphs)]
    if not keys:
        return {"graph": [graph.ends[0] for graph in read.graphs]}
    return {read.keys[key].name: [graph.data.get(key, "") for graph in read.graphs] for key in keys}


def declared(read: Reading, of: str, things: Sequence[Thing]) -> dict[str, Key]:
    """The keys of nodes or of edges that some of them use, in the order of the file."""
    used = {key for thing in things for key in thing.data}
    return {
        name: key
        for name, key in read.keys.items()
        if key.name and key.of in {of, "all"} and (name in used or key.default is not None)
    }


def ids_of(read: Reading) -> tuple[str | None, dict[tuple[int, str], str]]:
    """The key that holds the ids people know, if any; and the id of each graph and node."""
    keys = declared(read, "node", read.nodes)
    for wanted in NAMED:
        for name, key in keys.items():
            if key.name.casefold() == wanted and is_unique(read, name):
                return name, {(node.graph, node.ends[0]): node.data[name] for node in read.nodes}
    return None, {(node.graph, node.ends[0]): node.ends[0] for node in read.nodes}


def is_unique(read: Reading, key: str) -> bool:
    """Whether every node of a graph has a value of its own under this key."""
    known = {(node.graph, node.data.get(key, "")) for node in read.nodes}
    return len(known) == len(read.nodes) and all(word for _graph, word in known)


def people_table(
    read: Reading,
    ids: tuple[str | None, dict[tuple[int, str], str]],
    columns: dict[str, list[str]],
) -> Table:
    known, id_of = ids
    keys = declared(read, "node", read.nodes)
    keys = {name: key for name, key in keys.items() if name != known and key.name != "id"}
    rows = [
        Row(
            node.line,
            (
                id_of[node.graph, node.ends[0]],
                *(values[node.graph] for values in columns.values()),
                *cells_of(node, keys),
            ),
        )
        for node in read.nodes
    ]
    headings = ("id", *columns, *(key.name for key in keys.values()))
    return table_of(read.file, headings, rows)


def cells_of(thing: Thing, keys: dict[str, Key]) -> Iterable[str]:
    return (thing.data.get(name, key.default or "") for name, key in keys.items())


def ties_table(
    read: Reading,
    ids: tuple[str | None, dict[tuple[int, str], str]],
    columns: dict[str, list[str]],
    is_undirected: bool,
) -> Table:
    _known, id_of = ids
    keys = declared(read, "edge", read.edges)
    rows = []
    for edge in read.edges:
        stranger = next((end for end in edge.ends if (edge.graph, end) not in id_of), None)
        if stranger is not None:
            raise Fault("graphml_stranger", file=read.file, row=edge.line, found=stranger)
        ends = tuple(id_of[edge.graph, end] for end in edge.ends)
        rest = (*(values[edge.graph] for values in columns.values()), *cells_of(edge, keys))
        rows.append(Row(edge.line, (*ends, *rest)))
        if edge.is_both and not is_undirected and ends[0] != ends[1]:
            rows.append(Row(edge.line, (*ends[::-1], *rest)))
    headings = ("source", "target", *columns, *(key.name for key in keys.values()))
    return table_of(read.file, headings, rows)


def table_of(file: str, headings: tuple[str, ...], rows: list[Row]) -> Table:
    """A table whose headings differ."""
    named = [heading.casefold() for heading in headings]
    twice = next((heading for heading in named if named.count(heading) > 1), None)
    if twice:
        raise Fault("graphml_twice", file=file, column=twice)
    return Table(file, headings, rows)
