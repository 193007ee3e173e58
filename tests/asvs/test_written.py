"""What the code may not do, seen in how it is written: for requirements that no page shows."""

from __future__ import annotations

import ast
import re
from pathlib import PurePosixPath

import pytest
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from tools.checks.tree import project_files, text_of

from zwerm.core import sealing
from zwerm.people.models import Account
from zwerm.scans import link

PATTERNS = {
    "compile",
    "search",
    "match",
    "fullmatch",
    "sub",
    "subn",
    "split",
    "findall",
    "finditer",
}


def modules(folder="src/zwerm"):
    return {
        path: text_of(path)
        for path in project_files()
        if path.suffix == ".py" and path.is_relative_to(folder)
    }


def calls(source):
    return [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]


def is_of(call, module):
    asked = getattr(call.func, "value", None)
    return isinstance(asked, ast.Name) and asked.id == module


def loose_patterns(source):
    """Patterns that hold a word from elsewhere, which was not escaped."""
    return [
        ast.unparse(call)
        for call in calls(source)
        if is_of(call, "re") and getattr(call.func, "attr", "") in PATTERNS and call.args
        if not is_fixed(call.args[0])
    ]


def is_fixed(node):
    if isinstance(node, ast.JoinedStr):
        return all(
            is_fixed(one.value) for one in node.values if isinstance(one, ast.FormattedValue)
        )
    if isinstance(node, ast.BinOp):
        return is_fixed(node.left) and is_fixed(node.right)
    if isinstance(node, ast.Call):
        return "re.escape(" in ast.unparse(node)
    name = getattr(node, "attr", getattr(node, "id", ""))
    return isinstance(node, ast.Constant) or (name != "" and name.isupper())


def test_no_pattern_is_made_of_words_that_were_not_escaped():
    found = [
        (path.as_posix(), one)
        for path, source in modules().items()
        if "import re" in source
        for one in loose_patterns(source)
    ]
    assert found == LOOKED_AT


LOOKED_AT = [
    (
        "src/zwerm/core/faults.py",
        "re.compile(f'{SafeExceptionReporterFilter.hidden_settings.pattern}|{SECRET.pattern}', "
        "re.IGNORECASE)",
    )
]
"""Two patterns of programs together."""


@pytest.mark.parametrize("pattern", ["words", "f'^{words}'", "'^' + words", "'|'.join(names)"])
def test_a_pattern_of_words_is_seen(pattern):
    assert loose_patterns(f"re.search({pattern}, text)") == [f"re.search({pattern}, text)"]
    assert loose_patterns("re.search(f'^{re.escape(words)}', text); re.search(DAY, text)") == []


def formats_of_elsewhere(source):
    """`words.format(...)` of words that stand in no file of ours as they are."""
    return [
        ast.unparse(call)
        for call in calls(source)
        if getattr(call.func, "attr", "") in {"format", "format_map"}
        and not is_fixed(call.func.value)
        and not is_of(call, "datetime")
    ]


def test_no_words_of_somebody_are_a_format():
    found = [
        (path.as_posix(), one)
        for path, source in modules().items()
        if ".format" in source
        for one in formats_of_elsewhere(source)
    ]
    assert found == OUR_OWN_SENTENCES


OUR_OWN_SENTENCES = [
    ("src/zwerm/analyse/words.py", "catalogue()[key][self.language].format(**values)")
]
"""Words of our own files of words, in which figures are filled in."""


def test_a_format_of_words_is_seen():
    assert formats_of_elsewhere("words.format(name=name)") == ["words.format(name=name)"]
    assert formats_of_elsewhere("'{}'.format(name); SHAPE.format(name)") == []


# --- cryptography ---------------------------------------------------------------------------------


def users_of(pattern):
    return sorted(
        path.relative_to("src/zwerm").as_posix()
        for path, source in modules().items()
        if re.search(pattern, source, re.MULTILINE)
    )


def test_cryptography_is_made_in_one_file_with_one_library():
    assert users_of(r"^(?:from|import) cryptography") == ["core/sealing.py"]
    assert users_of(r"^\s*(?:from|import) (?:Crypto|nacl|ssl|OpenSSL)\b") == []
    used = set(re.findall(r"\b(AESGCM|AES|CBC|ECB|HKDF|SHA256|PKCS\w+)\(", of_sealing()))
    assert used == {"AESGCM", "HKDF", "SHA256"}


def of_sealing():
    return text_of(PurePosixPath("src/zwerm/core/sealing.py"))


def test_every_code_key_and_nonce_comes_from_the_source_for_secrets():
    """`secrets` and `os.urandom`, both of the system; nothing else makes a chance in the rooms."""
    rooms = {
        path: source
        for path, source in modules().items()
        if path.parts[2] in {"core", "people", "scans", "home"} and "demo" not in path.parts
    }
    guessable = [
        path for path, source in rooms.items() if re.search(r"^import random", source, re.M)
    ]
    assert guessable == []
    assert users_of(r"secrets\.(?:token_|SystemRandom)|os\.urandom") == [
        "core/environment.py",
        "core/sealing.py",
        "core/visits.py",
        "people/oidc/views.py",
        "scans/actions/opening.py",
    ]
    assert sealing.new_key() != sealing.new_key()


def test_codes_and_keys_are_long_enough(db):
    """Bits of each: keys 256, digests 144 and 256, sessions over 128, a code by mail over 20."""
    assert (sealing.KEY_BYTES, len(sealing.new_key())) == (32, 32)
    assert len(sealing.slot(sealing.new_key(), "x")) == 32
    assert link.DIGEST_BYTES * 8 >= 128
    session = SessionStore()
    session.create()
    assert len(session.session_key or "") * 5 >= 128
    assert settings.PASSWORD_HASHERS == ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    assert len({code() for _ in range(200)}) == 200
    assert all(len(code().replace("-", "")) >= 6 for _ in range(20))


def code():
    from allauth.account.adapter import get_adapter  # noqa: PLC0415  # needs the settings

    return get_adapter().generate_login_code()


def test_an_account_has_no_password(db):
    assert not Account.objects.create_user("zoe@school.example").has_usable_password()


def test_the_guide_for_hosts_sets_up_tls_as_it_should_be():
    """Caddy, the other proxy of the guide, allows nothing older by itself."""
    guide = text_of(PurePosixPath("docs/admin/hosting.md"))
    assert re.findall(r"ssl_protocols (.+);", guide) == ["TLSv1.2 TLSv1.3"]
    assert "return 301 https://" in guide
    assert not re.search(r"TLSv1(\.1)?\b(?!\.[23])", guide)
