"""The check `security`: every planted fault is found, and what is sound is left alone."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest
from tools.checks import security, unsafe
from tools.checks.tree import ROOT

PLANTED = {
    "markup that is not escaped": (
        "mark_safe(words)",
        "format_html(f'<b>{name}</b>')",
        "format_html('<b>%s</b>' % name)",
        "SafeString(words)",
    ),
    "a query put together from words": (
        "cursor.execute(f'SELECT {name}')",
        "cursor.execute('SELECT ' + name)",
        "cursor.execute('SELECT %s' % name)",
        "cursor.execute('SELECT {}'.format(name))",
        "Member.objects.raw(f'SELECT {name}')",
        "RawSQL(words, [])",
        "rows.extra(where=[words])",
    ),
    "a query past the school's scope": (
        "Member._base_manager.all()",
        "QuerySet(model=Member)",
    ),
    "something of a person printed or logged": (
        "print(member.email)",
        "print(f'{member.name} left')",
        "log.info('asked by %s', account.email)",
        "logging.warning(row.staff_number)",
        "log.error('lost', extra={'who': member.name})",
    ),
    "a connection without a time limit": (
        "requests.get(address)",
        "httpx.post(address, json={})",
        "urlopen(address)",
        "smtplib.SMTP(host)",
        "socket.create_connection(place)",
    ),
    "a question that follows wherever it is sent": (
        "requests.get(address, timeout=5)",
        "requests.get(address, timeout=5, allow_redirects=True)",
    ),
    "bytes that become any object": (
        "import pickle",
        "from marshal import loads",
        "yaml.load(text)",
        "yaml.load(text, Loader=yaml.Loader)",
        "yaml.unsafe_load(text)",
        "numpy.load(file, allow_pickle=True)",
    ),
    "words that are run": (
        "eval(words)",
        "exec(words)",
        "__import__(words)",
        "subprocess.run(words, shell=True)",
        "os.system(words)",
        "os.popen(words)",
    ),
    "a page without its guard": (
        "@csrf_exempt\ndef page(request): ...",
        "@login_not_required\ndef page(request): ...",
        "@decorators.xframe_options_exempt\ndef page(request): ...",
    ),
    "a form with every field": (
        "class F(ModelForm):\n class Meta:\n  fields = '__all__'",
        "class F(ModelForm):\n class Meta:\n  exclude = ['name']",
    ),
    "an archive unpacked by the names in it": (
        "archive.extractall(folder)",
        "shutil.unpack_archive(file)",
    ),
    "chance or a digest that can be guessed": (
        "import random",
        "hashlib.md5(words)",
        "hashlib.sha1(words)",
        "uuid.uuid1()",
    ),
}
SOUND = """
from random import SystemRandom
import json
format_html('<b>{}</b>', name)
format_html(SHAPE, name)
cursor.execute('SELECT 1 WHERE name = %s', [name])
cursor.execute(STATEMENT)
Member.objects.filter(name=name)
print(f'{count} rows of {tables} tables')
log.info('mails sent: %d', count)
self.name(member.email)
requests.get(address, timeout=5, allow_redirects=False)
urlopen(address, timeout=5)
forms.get(name)
yaml.safe_load(text)
yaml.load(text, Loader=yaml.SafeLoader)
re.compile(words)
subprocess.run([words], shell=False)
hashlib.sha256(words)
uuid.uuid4()
class F(ModelForm):
    class Meta:
        fields = ['name']
"""


def rules_in(source, file="src/zwerm/people/invented.py"):
    return [rule for _line, rule in unsafe.unsafe_in(PurePosixPath(file), source)]


@pytest.mark.parametrize(
    ("rule", "source"), [(rule, one) for rule, sources in PLANTED.items() for one in sources]
)
def test_every_unsafe_way_of_writing_is_found_where_it_is_planted(rule, source):
    assert rule in rules_in(source)


def test_every_rule_has_its_planted_faults():
    assert PLANTED.keys() == unsafe.RULES.keys()


def test_what_is_written_soundly_is_left_alone():
    assert rules_in(SOUND) == []


@pytest.mark.parametrize(
    ("file", "source"),
    [
        ("one.html", "{{ name|safe }}"),
        ("one.html", "{{ name | safeseq }}"),
        ("one.html", "{% autoescape off %}"),
        ("one.js", "box.innerHTML = words;"),
        ("one.js", "box.insertAdjacentHTML('end', words);"),
        ("one.js", "document.write(words);"),
        ("one.js", "eval(words)"),
        ("one.js", "new Function(words)"),
        ("one.js", "setTimeout('run()', 5)"),
        ("one.js", "window.postMessage(words, '*')"),
        ("one.js", "one.__proto__ = other"),
    ],
)
def test_unsafe_templates_and_scripts_are_found(file, source):
    assert rules_in(f"first line\n{source}", file) == ["markup that is not escaped"]


def test_sound_templates_and_scripts_are_left_alone():
    assert rules_in("{{ name }} {{ unsafe|upper }}", "one.html") == []
    assert rules_in("box.textContent = words; setTimeout(run, 5);", "one.js") == []


def test_nothing_unsafe_is_written_here():
    assert unsafe.unsafe_ways() == []


def test_one_more_than_was_set_aside_is_found(monkeypatch):
    key = ("words that are run", "one.py")
    monkeypatch.setattr(unsafe, "SET_ASIDE", {key: (1, "looked at")})
    assert unsafe.judged([(*key, 3)]) == []
    assert unsafe.judged([(*key, 3), (*key, 9)]) == [
        "one.py:3 has words that are run",
        "one.py:9 has words that are run",
    ]
    assert unsafe.judged([]) == ["one.py: words that are run is set aside, and no longer there"]


def test_every_reason_to_set_aside_is_a_reason():
    reasons = [*security.EVERYWHERE.values(), *security.SET_ASIDE.values()]
    reasons += [why for _count, why in unsafe.SET_ASIDE.values()]
    assert [why for why in reasons if len(why) < len("the same")] == []


def test_bandit_finds_what_is_planted_and_nothing_else(tmp_path):
    (tmp_path / "sound.py").write_text("from hashlib import sha256\n", encoding="utf-8")
    assert security.bandit_of([str(tmp_path)]) == []
    (tmp_path / "planted.py").write_text(
        "import tarfile\nimport hashlib\nhashlib.md5(b'')\nexec('1')\n"
        "tarfile.open('x').extractall()\nPASSWORD = 'geheim'\nbind = '0.0.0.0'\n",
        encoding="utf-8",
    )
    (tmp_path / "broken.py").write_text("def :\n", encoding="utf-8")
    found = security.unexplained(security.bandit_of([str(tmp_path)]))
    assert sorted({fault.split()[1] for fault in found}) == [
        "B102",
        "B104",
        "B105",
        "B202",
        "B324",
        "unread",
    ]


def test_what_is_set_aside_for_one_file_counts_in_no_other():
    number, where = next(iter(security.SET_ASIDE))
    here = {"test_id": number, "filename": str(ROOT / where), "issue_text": "", "line_number": 1}
    elsewhere = {**here, "filename": str(ROOT / "src/zwerm/people/invented.py")}
    assert security.unexplained([here, elsewhere]) == [f"src/zwerm/people/invented.py:1 {number} "]
    assert f"{where}: {number} is set aside, and no longer there" in security.unused([elsewhere])
    assert f"{where}: {number} is set aside, and no longer there" not in security.unused([here])


def test_a_bandit_that_does_not_run_is_a_fault(tmp_path):
    assert security.unexplained(security.bandit_of(["--no-such-option"])) != []
