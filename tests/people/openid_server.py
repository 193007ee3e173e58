"""A real server of OpenID Connect on loopback, by authlib: PKCE, codes for once, signed tokens.

It can also be made to lie: what it hands out instead of a token is then up to the test.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from socketserver import ThreadingMixIn
from threading import Thread
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import flask
import jwt
from authlib.integrations.flask_oauth2 import AuthorizationServer
from authlib.oauth2.rfc6749 import AuthorizationCodeMixin, ClientMixin
from authlib.oauth2.rfc6749.grants import AuthorizationCodeGrant
from authlib.oauth2.rfc7636 import CodeChallenge
from authlib.oidc.core import OpenIDCode
from joserfc.jwk import KeySet, RSAKey

CLIENT, SECRET = "zwerm", "a secret: of the tests & theirs"
BACK = "/account/school/other/back/"
Forger = Callable[[dict[str, Any]], str]
"""From what a token says to what is handed out instead."""


class Zwerm(ClientMixin):  # type: ignore[misc]  # authlib has no types
    """The one client that this server knows."""

    client_id = CLIENT

    def get_client_id(self) -> str:
        return CLIENT

    def get_default_redirect_uri(self) -> str:
        return ""

    def get_allowed_scope(self, scope: str) -> str:
        return " ".join(one for one in scope.split() if one in {"openid", "profile", "email"})

    def check_redirect_uri(self, redirect_uri: str) -> bool:
        return redirect_uri.endswith(BACK)

    def check_client_secret(self, client_secret: str) -> bool:
        return client_secret == SECRET

    def check_endpoint_auth_method(self, method: str, endpoint: str) -> bool:
        return method == "client_secret_post"

    def check_response_type(self, response_type: str) -> bool:
        return response_type == "code"

    def check_grant_type(self, grant_type: str) -> bool:
        return grant_type == "authorization_code"


@dataclass
class Code(AuthorizationCodeMixin):  # type: ignore[misc]  # authlib has no types
    """A code on its way, for one visit."""

    code: str
    sub: str
    redirect_uri: str
    scope: str
    nonce: str
    code_challenge: str | None
    code_challenge_method: str | None

    def get_redirect_uri(self) -> str:
        return self.redirect_uri

    def get_scope(self) -> str:
        return self.scope

    def get_nonce(self) -> str:
        return self.nonce

    def get_auth_time(self) -> None: ...

    def get_acr(self) -> None: ...

    def get_amr(self) -> None: ...


class Quiet(WSGIRequestHandler):
    def log_message(self, *said: Any) -> None:
        """Say nothing of what is asked."""


class Many(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class School:
    """The provider: who is known there, what it was asked, and how it lies."""

    def __init__(self) -> None:
        os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "1"  # it stands on this machine
        self.key = RSAKey.generate_key(2048, {"kid": "one", "use": "sig", "alg": "RS256"})
        self.people: dict[str, dict[str, Any]] = {}
        self.codes: dict[str, Code] = {}
        self.asked: list[str] = []
        self.forge: Forger | None = None
        self.is_down = False
        self.says_issuer = ""
        self.app = flask.Flask("school")
        self.protocol = AuthorizationServer(self.app, lambda _id: Zwerm(), lambda *_told: None)
        self.protocol.register_grant(
            grant_of(self), [CodeChallenge(required=True), token_of(self)(require_nonce=True)]
        )
        add_pages(self)
        self.server = make_server("127.0.0.1", 0, self.app, Many, Quiet)
        self.issuer = f"http://127.0.0.1:{self.server.server_port}"
        Thread(target=self.server.serve_forever, args=[0.05], daemon=True).start()

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def forget(self) -> None:
        """As if just started, but for its key."""
        self.people.clear()
        self.codes.clear()
        self.asked.clear()
        self.forge, self.is_down, self.says_issuer = None, False, ""


def grant_of(school: School) -> type[AuthorizationCodeGrant]:
    """How this server keeps its codes: each works once."""

    class Grant(AuthorizationCodeGrant):  # type: ignore[misc]  # authlib has no types
        TOKEN_ENDPOINT_AUTH_METHODS = ["client_secret_post"]

        def save_authorization_code(self, code: str, request: Any) -> None:
            asked = request.payload.data
            school.codes[code] = Code(
                code, request.user, request.payload.redirect_uri, request.payload.scope,
                asked["nonce"], asked.get("code_challenge"), asked.get("code_challenge_method"),
            )  # fmt: skip

        def query_authorization_code(self, code: str, client: Zwerm) -> Code | None:
            return school.codes.get(code)

        def delete_authorization_code(self, authorization_code: Code) -> None:
            del school.codes[authorization_code.code]

        def authenticate_user(self, authorization_code: Code) -> str:
            return authorization_code.sub

    return Grant


def token_of(school: School) -> type[OpenIDCode]:
    """What stands in a token of this server."""

    class Token(OpenIDCode):  # type: ignore[misc]  # authlib has no types
        def exists_nonce(self, nonce: str, request: Any) -> bool:
            return any(one.nonce == nonce for one in school.codes.values())

        def resolve_client_private_key(self, client: Zwerm) -> RSAKey:
            return school.key

        def get_encode_header(self, client: Zwerm) -> dict[str, str]:
            return {"alg": "RS256", "kid": str(school.key.kid)}

        def get_client_claims(self, client: Zwerm) -> dict[str, Any]:
            return {"iss": school.issuer, "aud": [CLIENT]}

        def generate_user_info(self, user: str, scope: str) -> dict[str, Any]:
            return {**school.people.get(user, {}), "sub": user}

        def encode_id_token(self, token: Any, request: Any) -> str:
            true: str = super().encode_id_token(token, request)
            return school.forge(said_in(true)) if school.forge else true

    return Token


def said_in(token: str) -> dict[str, Any]:
    """What a token says, without looking at who signed it."""
    said: dict[str, Any] = jwt.decode(token, options={"verify_signature": False})
    return said


def add_pages(school: School) -> None:
    """The pages of the provider. Who signs in there types by what they are known."""
    app = school.app

    @app.before_request
    def note() -> Any:
        school.asked.append(flask.request.path)
        return ("", 503) if school.is_down else None

    @app.get("/.well-known/openid-configuration")
    def about() -> Any:
        return {
            "issuer": school.says_issuer or school.issuer,
            "authorization_endpoint": f"{school.issuer}/authorize",
            "token_endpoint": f"{school.issuer}/token",
            "jwks_uri": f"{school.issuer}/keys",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }

    @app.get("/keys")
    def keys() -> Any:
        return KeySet([school.key]).as_dict(private=False)

    @app.get("/authorize")
    def page() -> Any:
        school.protocol.get_consent_grant(end_user=None)
        return PAGE

    @app.post("/authorize")
    def signed_in() -> Any:
        who = flask.request.form["sub"]
        grant = school.protocol.get_consent_grant(end_user=who)
        return school.protocol.create_authorization_response(grant_user=who, grant=grant)

    @app.post("/token")
    def token() -> Any:
        return school.protocol.create_token_response()


PAGE = """<!doctype html><html lang="en"><title>Klaverweide</title>
<link rel="icon" href="data:,"><h1>Klaverweide</h1>
<form method="post"><label>Who are you? <input name="sub"></label><button>Sign in</button></form>"""
