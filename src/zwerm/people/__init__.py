"""Boards, schools, teams and the people in them, and how they sign in."""
