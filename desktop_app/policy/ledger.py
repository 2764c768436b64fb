"""Whose an award is: the line of a list of awards that comes from elsewhere."""

from typing import NamedTuple

from desktop_app.policy.model import Award


class PersonAward(NamedTuple):
    """An award, and the person who has it."""

    id_number: str
    name: str
    award: Award
