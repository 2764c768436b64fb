"""Values that press hardest on a paper, made from the kind and the name of a field."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from itertools import cycle, islice

from desktop_app.case import Answer
from desktop_app.forms.fields import Field, fields
from desktop_app.forms.model import Form, FormField

LONG_NAME = "阿卜杜热西提·阿卜杜热合曼"
NAME_OF_25 = "样例𬱖㛃样例䶮样例𠅤样例阿卜杜热西提·样例𫖯样例"
COMPANY_OF_60 = "".join(islice(cycle("样例机械制造有限责任公司（样例分公司）"), 60))
ADDRESS_OF_90 = "".join(
    islice(cycle("样例省样例市样例区样例街道样例社区样例路12号样例小区3幢2单元1803室，"), 90)
)
OCCUPATION = "多工序数控机床操作调整工"


def worst_answers(form: Form, *, is_repeated: bool = False) -> dict[str, Answer]:
    """Return answers for every field of a form that stands once, or for every column of its rows."""
    asked: Iterable[FormField] = (each for each in form.fields if each.is_repeated == is_repeated)
    return {each.field_id: worst_value(fields()[each.field_id]) for each in asked}


def worst_value(field: Field) -> Answer:
    """Return the value of a field that needs most room."""
    match field.kind:
        case "name":
            return NAME_OF_25
        case "id_number":
            return "11010519491231002X"
        case "certificate_number":
            return "Y000123456789195000001"
        case "phone":
            return "0991-4680700；13800000000"
        case "card":
            return "6200000000000000000"
        case "credit_code":
            return "91110000600037341L"
        case "date":
            return date(2017, 12, 31)
        case "month":
            return "2017-12"
        case "money":
            return Decimal("107777.77")
        case "whole_number":
            return 480
        case "level":
            return 3
        case "yes_no":
            return True
        case "choice":
            return max(field.choices, key=lambda choice: len(choice.label)).id
        case "choices":
            return tuple(choice.id for choice in field.choices)
        case _:
            return _worst_text(field.id)


def _worst_text(field_id: str) -> str:
    if field_id in ("employer.name", "summary.unit", "employer_at_certificate.name"):
        return COMPANY_OF_60
    if field_id.endswith(("address", "residence")):
        return ADDRESS_OF_90
    if field_id.endswith(("occupation", "work_type")):
        return OCCUPATION
    if field_id.endswith("name"):
        return NAME_OF_25
    return COMPANY_OF_60[:24]
