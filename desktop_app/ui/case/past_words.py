"""Words that come again, offered while they are typed: from the policy's catalogue and from this office's past papers.

They are read beside the window when a paper opens. A word goes on with what is typed if it holds it, or if its pinyin
initials begin with it; nothing of a person is ever offered here.
"""

from collections.abc import Mapping
from itertools import islice
from typing import TYPE_CHECKING, Final

from desktop_app.forms.model import Form
from desktop_app.forms.rare_characters import Offer
from desktop_app.policy.catalogue import UnknownRegion, policy
from desktop_app.store import jobs
from desktop_app.ui.jobs.store_door import StoreDoor
from desktop_app.ui.paper.sheet import Sheet

if TYPE_CHECKING:
    from desktop_app.store.past_answers import Word

# The field that is typed in, and the field whose words it takes.
_WORDS_OF: Final = {
    "certificate.occupation": "certificate.occupation",
    "claim.earlier_occupation": "certificate.occupation",
    "certificate.work_type": "certificate.work_type",
    "certificate.issuer": "certificate.issuer",
    "payment.bank": "payment.bank",
    "employer.name": "employer.name",
    "employer.industry": "employer.industry",
    "employer.address": "employer.address",
    "employer_at_certificate.name": "employer.name",
}
_MOST: Final = 6


def offer_past_words(sheet: Sheet, form: Form, door: StoreDoor) -> None:
    """Read the words of the paper's fields, and offer them from then on."""
    wanted = {_WORDS_OF[each.field_id] for each in form.fields if each.field_id in _WORDS_OF}
    listed = {"certificate.occupation": _listed_occupations(form.region)}

    def offer(words: "dict[str, tuple[Word, ...]]") -> None:
        sheet.set_offers(lambda field, text: offered(words, field, text))

    if wanted:
        door.read(jobs.past_words, sorted(wanted), listed, then=offer)


def offered(words: "Mapping[str, tuple[Word, ...]]", field_id: str, text: str) -> tuple[Offer, ...]:
    """Return the words that go on with a text: those that begin with it, by initials too, before those that hold it."""
    typed = text.strip()
    if not typed:
        return ()
    known = words.get(_WORDS_OF.get(field_id, ""), ())
    letters = typed.lower() if typed.isascii() else ""
    first = [
        each
        for each in known
        if each.text.startswith(typed) or (letters and each.letters.startswith(letters))
    ]
    later = [each for each in known if typed in each.text] if len(first) < _MOST else []
    texts = dict.fromkeys(each.text for each in (*first, *later) if each.text != typed)
    return tuple(Offer(text, text) for text in islice(texts, _MOST))


def _listed_occupations(region: str) -> tuple[str, ...]:
    try:
        lists = policy(region).lists
    except UnknownRegion:
        return ()
    return tuple(dict.fromkeys(name for each in lists for name in each.occupations))
