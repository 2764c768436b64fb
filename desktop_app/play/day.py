"""The office of a scripted day: its store, its people and their names for things; each line is done by one of them."""

import secrets
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Final, get_args

from desktop_app.faults import Faults
from desktop_app.play import lines
from desktop_app.play.reading import keys_of, moment_of, text_of
from desktop_app.policy.known import AMOUNTS
from desktop_app.policy.office_amounts import amount_rows
from desktop_app.regions import region_ids
from desktop_app.store import place, users
from desktop_app.store.anchor import anchor_file
from desktop_app.store.faults import StoreFault
from desktop_app.store.founding import found_office
from desktop_app.store.keys import Effort, sheet_text
from desktop_app.store.list_acts import NoneMoved
from desktop_app.store.office_rules import PAY_ONLY_AFTER_RECEIPT, REVIEWER_MAY_CONFIRM
from desktop_app.store.opening import Store, as_person, close_store, open_store, writing
from desktop_app.store.settings import set_settings
from desktop_app.store.sign_in import sign_in
from desktop_app.store.trust import SignedIn
from desktop_app.workflow.roles import Role

# The least that the key derivation takes: a store that is gone in a moment guards nothing.
_CHEAP: Final = Effort(1, 8)
_ROLES: Final = frozenset(get_args(Role)) - {"centre"}
_SWITCHES: Final = {
    "reviewer_may_confirm": REVIEWER_MAY_CONFIRM,
    "pay_only_after_receipt": PAY_ONLY_AFTER_RECEIPT,
}
_DAYS: Final = ("review_days", "publicity_days", "payment_days")
NO_OFFICE: Final = "还没有设立机构，请先用一行设立机构。"


class Day:
    """A day while it is played.

    Attributes:
        is_line_at_fault: The last line could not be read as a line of a day.
        cases: Ids of applications by the names that the day gives them.
    """

    def __init__(self, folder: Path, *, is_kept: bool) -> None:
        self.is_line_at_fault = False
        self.cases: dict[str, str] = {}
        self._folder = folder
        self._is_kept = is_kept
        self._store: Store | None = None
        self._founder: SignedIn | None = None
        self._seed = b""
        self._people: dict[str, SignedIn] = {}
        self._roles: dict[str, frozenset[str]] = {}
        self._locked: set[str] = set()
        self._last: datetime | None = None

    def play(self, line: object) -> dict[str, Any]:
        """Do one line and return its answer; a refusal has changed nothing."""
        self.is_line_at_fault = False
        try:
            return self._done(line)
        except NoneMoved as refused:
            names = {case_id: name for name, case_id in self.cases.items()}
            told = lines.cases_told(refused.answers, names)
            return {"ok": False, "error": str(refused), "cases": told}
        except StoreFault as fault:
            return {"ok": False, "error": str(fault)}

    def close(self) -> list[str]:
        """Close the store; return what is to be told of it. One that is kept loses the founder of the day."""
        if self._store is None or self._founder is None:
            return []
        remarks: list[str] = []
        admin = next((login for login, roles in self._roles.items() if "administrator" in roles), None)
        if self._is_kept:
            if admin is not None and self._last is not None:
                store = as_person(self._store, self._people[admin])
                self._store = users.remove_user(store, self._founder.user_id, self._last)
            remarks = ["恢复单（请抄下来，程序里不再有）：", sheet_text(self._seed)]
        close_store(self._store)
        if not self._is_kept:
            anchor_file(self._store.replica_id).unlink(missing_ok=True)
        return remarks

    def _done(self, line: object) -> dict[str, Any]:
        if not isinstance(line, dict) or "at" not in line or "act" not in line:
            self.is_line_at_fault = True
            raise StoreFault("这一行要写明时间和办理事项，请补上。")
        allowed = keys_of(line["act"]) if isinstance(line["act"], str) else None
        if allowed is None or not line.keys() <= allowed:
            self.is_line_at_fault = True
            raise StoreFault(
                "没有这种办理事项，请核对。" if allowed is None else "这一行里有这项办理不用的内容，请去掉。"
            )
        now = moment_of(line["at"])
        if self._last is not None and now < self._last:
            raise StoreFault("这一行的时间早于前面一行，请按先后写。")
        self._last = now
        act: str = line["act"]
        if act == "open_office":
            return self._open_office(line, now)
        if self._store is None:
            raise StoreFault(NO_OFFICE)
        own: dict[str, Callable[[Mapping[str, Any], datetime], dict[str, Any]]] = {
            "add_user": self._add_user,
            "remove_user": self._remove_user,
            "set": self._set,
            "lock": self._lock,
            "sign_in": self._sign_in,
        }
        if act in own:
            return own[act](line, now)
        return lines.do_line(as_person(self._store, self._signed_in(line)), line, now, self)

    def user_id(self, login: object) -> str:
        """Return the id of a user by login.

        Raises:
            StoreFault: There is none.
        """
        found = self._people.get(text_of(login, "登录名"))
        if found is None:
            raise StoreFault("没有这位用户，请核对登录名。")
        return found.user_id

    def logins(self) -> dict[str, str]:
        """Return the login of each user by id."""
        return {each.user_id: login for login, each in self._people.items()}

    def _signed_in(self, line: Mapping[str, Any]) -> SignedIn:
        login = text_of(line.get("user"), "办理人")
        found = self._people.get(login)
        if found is None or login not in self._roles:
            raise StoreFault("没有这位用户，请核对登录名。")
        if login in self._locked:
            raise StoreFault("程序已经锁定，请先输入密码登录。")
        return found

    def _administrator(self, line: Mapping[str, Any]) -> SignedIn:
        """Return who administers: the day's founder until an administrator exists."""
        if not any("administrator" in roles for roles in self._roles.values()):
            assert self._founder is not None
            return self._founder
        signed_in = self._signed_in(line)
        if "administrator" not in self._roles[signed_in.login]:
            raise StoreFault("这件事由管理员办理，请换管理员登录后办理。")
        return signed_in

    def _open(self) -> Store:
        assert self._store is not None
        return self._store

    def _open_office(self, line: Mapping[str, Any], now: datetime) -> dict[str, Any]:
        if self._store is not None:
            raise StoreFault("机构已经设立了，一天只有一个机构。")
        region, office = line.get("region"), line.get("office")
        if not isinstance(region, str) or region not in region_ids():
            raise StoreFault("没有这个地区，请核对地区。")
        if not isinstance(office, dict) or not office.keys() <= {"code", "name", "district"}:
            raise StoreFault("机构应写明代码、名称和区县，请改正。")
        said = {f"office.{key}": text_of(value, "机构") for key, value in office.items()}
        text_of(office.get("code"), "机构代码")
        self._folder.mkdir(parents=True, exist_ok=True)
        claim = place.hold(self._folder)
        effort = None if self._is_kept else _CHEAP
        password = secrets.token_urlsafe(24)
        roles: frozenset[Role] = frozenset()
        self._founder, self._seed = found_office(
            self._folder, "play-founder", "设立人", roles, password, now, effort, claim
        )
        self._store = open_store(self._folder, now, claim, self._founder)
        with writing(self._store) as session:
            set_settings(session, {"region": region, **said}, self._founder.user_id, now)
        return {"ok": True}

    def _add_user(self, line: Mapping[str, Any], now: datetime) -> dict[str, Any]:
        signer = self._administrator(line)
        login, name = text_of(line.get("login"), "登录名"), text_of(line.get("name"), "姓名")
        password, roles = text_of(line.get("password"), "密码"), line.get("roles")
        if not isinstance(roles, list) or not roles or not all(isinstance(each, str) for each in roles):
            raise StoreFault("角色应写成一列，至少一个，请改正。")
        if not _ROLES.issuperset(roles):
            raise StoreFault("没有这种角色，请在经办人、复核人、负责人、管理员、审计员里选。")
        store = as_person(self._open(), signer)
        users.add_user(store, login, name, frozenset(roles), password, now, is_throw_away=not self._is_kept)
        login = login.strip()
        self._people[login] = sign_in(self._folder, login, password, now)
        self._roles[login] = frozenset(roles)
        return {"ok": True, "login": login}

    def _remove_user(self, line: Mapping[str, Any], now: datetime) -> dict[str, Any]:
        signer = self._administrator(line)
        login = text_of(line.get("login"), "登录名")
        user_id = self.user_id(login)
        self._store = users.remove_user(as_person(self._open(), signer), user_id, now)
        self._roles.pop(login, None)
        return {"ok": True, "login": login}

    def _set(self, line: Mapping[str, Any], now: datetime) -> dict[str, Any]:
        signer = self._administrator(line)
        name, value = text_of(line.get("setting"), "设置"), line.get("value")
        if name in _SWITCHES:
            if not isinstance(value, bool):
                raise StoreFault("这项设置只能是或者否，请改正。")
            key = _SWITCHES[name]
        elif name == "waiting_stops_clock":
            if value is not None and not isinstance(value, bool):
                raise StoreFault("这项设置只能是、否或者不设，请改正。")
            key = f"policy.{name}"
        elif name in _DAYS:
            is_count = isinstance(value, int) and not isinstance(value, bool) and 0 < value < 1000
            if value is not None and not is_count:
                raise StoreFault("天数应是1以上的整数，请改正。")
            key = f"policy.{name}"
        elif name == "amounts":
            key = AMOUNTS
            try:
                if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
                    raise Faults(["补贴标准"])
                amount_rows(value)
            except Faults:
                raise StoreFault(
                    "补贴标准表有不对的地方，请核对每行的证书类别、职业、等级、起始日期、金额和依据。"
                ) from None
        else:
            raise StoreFault("没有这项设置，请核对。")
        with writing(as_person(self._open(), signer)) as session:
            set_settings(session, {key: value}, signer.user_id, now)
        return {"ok": True}

    def _lock(self, line: Mapping[str, Any], now: datetime) -> dict[str, Any]:
        self._locked.add(self._signed_in(line).login)
        return {"ok": True}

    def _sign_in(self, line: Mapping[str, Any], now: datetime) -> dict[str, Any]:
        login, password = text_of(line.get("user"), "办理人"), text_of(line.get("password"), "密码")
        signed_in = sign_in(self._folder, login, password, now)
        self._people[signed_in.login] = signed_in
        self._locked.discard(signed_in.login)
        return {"ok": True}
