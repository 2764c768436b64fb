"""How the clerk of one case settled its open points, and what was begun and not recorded."""

from collections.abc import Mapping
from typing import NamedTuple

from desktop_app.policy.known import choices_of
from desktop_app.policy.model import ClerkChoice

# Rule id to reading, reason and what it was about; what was only begun has its reading as a fourth part.
StoredChoices = Mapping[str, tuple[str, ...]]


class Choices(NamedTuple):
    """The choices of one case, by rule.

    Attributes:
        recorded: What settles a point.
        about: What a choice was about: another fact under the same rule is another question.
        begun: Reading and reason so far, which settle nothing.
    """

    recorded: Mapping[str, ClerkChoice] = {}
    about: Mapping[str, str] = {}
    begun: Mapping[str, tuple[str, str]] = {}

    def with_recorded(self, rule: str, reading: str, reason: str, about: str) -> "Choices":
        """Return them with a reading of an open point, told as `about`."""
        begun = {key: value for key, value in self.begun.items() if key != rule}
        choice = ClerkChoice(reading, reason)
        return Choices({**self.recorded, rule: choice}, {**self.about, rule: about}, begun)

    def with_begun(self, rule: str, reading: str, reason: str) -> "Choices":
        """Return them with what was begun on a point."""
        return self._replace(begun={**self.begun, rule: (reading, reason)})

    def without_outdated(self, open_messages: Mapping[str, str]) -> "Choices":
        """Return them without those that were about another fact than the one that is in question now.

        `open_messages` is what is open as long as nobody has chosen, by rule.
        """
        kept = {
            rule: choice
            for rule, choice in self.recorded.items()
            if open_messages.get(rule) in (None, self.about.get(rule, open_messages.get(rule)))
        }
        return self._replace(recorded=kept)

    def so_far(self, rule: str) -> tuple[str, str]:
        """Return the reading and the reason with which work on a point goes on; empty where nothing was begun."""
        chosen = self.recorded.get(rule, ClerkChoice("", ""))
        return self.begun.get(rule, (chosen.reading, chosen.reason))

    def stored(self) -> StoredChoices:
        """Return them as the store keeps them."""
        begun = {rule: ("", reason, "", reading) for rule, (reading, reason) in self.begun.items()}
        recorded = {rule: (*choice, self.about.get(rule, "")) for rule, choice in self.recorded.items()}
        return {**begun, **recorded}


def read_choices(stored: StoredChoices) -> Choices:
    """Return choices as the store has them."""
    return Choices(
        choices_of(stored),
        {rule: choice[2] for rule, choice in stored.items() if len(choice) > 2},
        {rule: (choice[3], choice[1]) for rule, choice in stored.items() if len(choice) > 3},
    )
