"""The nouns of this room."""

from zwerm.people.models.account import Account
from zwerm.people.models.log import SchoolLogLine
from zwerm.people.models.mandate import Mandate
from zwerm.people.models.member import Member, Membership, Post, Role
from zwerm.people.models.request import PrivacyRequest
from zwerm.people.models.school import Board, School, Team
from zwerm.people.models.upload import Upload

__all__ = [
    "Account",
    "Board",
    "Mandate",
    "Member",
    "Membership",
    "Post",
    "PrivacyRequest",
    "Role",
    "School",
    "SchoolLogLine",
    "Team",
    "Upload",
]
