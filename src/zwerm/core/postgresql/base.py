"""A connection that tells PostgreSQL the scope of each statement, before the statement.

Connections live longer than requests. What the database was told last is compared with the scope
of now each time, so that nothing of a request before is left to the next one. Telling costs a
statement and happens only when the scope is another one: three times in most requests.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.backends.postgresql import base
from psycopg.pq import TransactionStatus

from zwerm.core.scope import Scope, scope

SETTING = "zwerm.scope"
ABOUT_TRANSACTIONS = ("SET TRANSACTION", "SAVEPOINT", "RELEASE", "ROLLBACK")
"""They read no row; two of them must come before, or after, anything else may be said."""


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's own, and the scope."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.told: Scope | bool = False
        """What PostgreSQL was told last; False when that is not sure."""
        self.execute_wrappers.append(self.tell_first)

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        self.told = False
        return super().get_new_connection(conn_params)

    def tell_first(self, execute: Callable[..., Any], sql: Any, *rest: Any) -> Any:
        """Run one statement, with the database knowing whose rows it may see."""
        now = scope.get()
        if now != self.told and not str(sql).startswith(ABOUT_TRANSACTIONS):
            with self.wrap_database_errors:
                self.connection.execute(f"SET {SETTING} TO '{now or ''}'")
            self.told = now
        return execute(sql, *rest)

    # A transaction that is undone undoes the setting as well.

    def _rollback(self) -> None:
        super()._rollback()  # type: ignore[misc]  # Django has it, its stubs do not
        self.told = False

    def _savepoint_rollback(self, sid: str) -> None:
        super()._savepoint_rollback(sid)  # type: ignore[misc]  # the same
        self.told = False

    def _commit(self) -> None:
        # PostgreSQL undoes a transaction in which something failed, also when told to keep it.
        info = self.connection and self.connection.info
        if info and info.transaction_status == TransactionStatus.INERROR:
            self.told = False
        super()._commit()  # type: ignore[misc]  # the same
