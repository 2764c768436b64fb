"""Lists in the store: no applications, with a line for each row, moved by the same acts, guarded by the same chain."""

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import event, func, select

from desktop_app.case import Case, Unread
from desktop_app.cli.demo import sample
from desktop_app.forms.catalogue import form
from desktop_app.store import cases, faults, papers, rosters, schema, tables
from desktop_app.store.awards import earlier_awards
from desktop_app.store.faults import StoreFault
from desktop_app.store.first import first_page
from desktop_app.store.opening import Store, reading, writing
from desktop_app.store.perform import perform
from desktop_app.store.records import CaseQuery
from desktop_app.store.settings import set_settings, settings
from desktop_app.store.verify import verify_chain
from tests.support.stores import NOW, RELEASED, behind_the_back, opened

CASE = replace(sample(form("jilin.application")), answers={"applicant.name": "样例甲"})
FILING = sample(form("jilin.publicity_filing"))
OLD = RELEASED / "0002-lists"  # written by a program of schema 0002, with lists among its applications
SAID = json.loads((OLD / "said.json").read_text(encoding="utf-8"))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with opened(tmp_path / "store") as made:
        yield made


def put(store: Store, case: Case = FILING) -> str:
    with writing(store) as session:
        return papers.create_paper(session, case, "220104", "clerk", NOW)


def save(store: Store, paper_id: str, revision: int, case: Case) -> int:
    with writing(store) as session:
        return papers.save_paper(session, paper_id, revision, case, "filler.name", NOW)


def load(store: Store, paper_id: str) -> Case:
    with reading(store) as session:
        return papers.load_paper(session, paper_id).case


def count(store: Store, name: str) -> int:
    with reading(store) as session:
        table = tables.metadata.tables[name]
        return int(session.execute(select(func.count()).select_from(table)).scalar_one())


def test_a_list_is_no_application_and_has_a_line_for_each_row(store: Store) -> None:
    list_id, case_id = put(store), put(store, CASE)
    assert load(store, list_id) == FILING
    assert load(store, case_id) == CASE
    assert count(store, "roster_line") == len(FILING.rows)
    with reading(store) as session:
        assert [row.id for row in cases.list_cases(session, CaseQuery()).rows] == [case_id]
        assert [row.id for row in rosters.list_rosters(session, 20)] == [list_id]


@pytest.mark.parametrize(
    "rows",
    [
        (),
        FILING.rows[:1],
        ({}, *FILING.rows),
        (*FILING.rows, {"applicant.name": "样例丙"}),
        ({**FILING.rows[0], "applicant.id_number": Unread("2201 不清")}, *FILING.rows[1:]),
        tuple(reversed(FILING.rows)),
    ],
    ids=["none", "fewer", "before", "more", "other", "turned"],
)
def test_a_saved_list_says_what_it_was_saved_with(store: Store, rows: tuple[dict[str, str], ...]) -> None:
    list_id = put(store)
    case = replace(FILING, rows=rows)
    assert save(store, list_id, 1, case) == 2
    assert load(store, list_id) == case


def test_a_save_writes_the_line_that_changed_and_no_other(store: Store) -> None:
    list_id = put(store)
    written: list[str] = []
    event.listen(
        store.engine,
        "before_cursor_execute",
        lambda _connection, _cursor, statement, *_rest: written.append(statement),
    )
    rows = ({**FILING.rows[0], "applicant.name": "样例丙"}, *FILING.rows[1:])
    save(store, list_id, 1, replace(FILING, rows=rows))
    assert len([each for each in written if "roster_line" in each and not each.startswith("SELECT")]) == 1


def test_a_stale_save_and_another_paper_are_refused(store: Store) -> None:
    list_id = put(store)
    save(store, list_id, 1, FILING)
    with pytest.raises(StoreFault, match=faults.CASE_CHANGED):
        save(store, list_id, 1, FILING)
    with pytest.raises(StoreFault, match=faults.OTHER_PAPER):
        save(store, list_id, 2, sample(form("jilin.public_list")))
    assert load(store, list_id) == FILING


def test_a_list_is_finished_and_reopened_through_the_same_door(store: Store) -> None:
    list_id = put(store)
    with writing(store) as session:
        assert perform(session, "finish", list_id, 1, {}, NOW).state == "awaiting_signature"
    with pytest.raises(StoreFault, match=faults.NOT_A_DRAFT):
        save(store, list_id, 2, FILING)
    with writing(store) as session:
        assert perform(session, "reopen", list_id, 2, {}, NOW).state == "draft"
    with reading(store) as session:
        events = session.execute(select(tables.event).order_by(tables.event.c.number)).all()
        assert [(row.act, row.case_id, row.state_after, row.revision) for row in events] == [
            ("finish", list_id, "awaiting_signature", 2),
            ("reopen", list_id, "draft", 3),
        ]
        assert verify_chain(session) == ()


def test_an_untouched_list_can_be_thrown_away_and_one_of_which_events_tell_cannot(store: Store) -> None:
    begun, signed = put(store), put(store)
    with writing(store) as session:
        perform(session, "finish", signed, 1, {}, NOW)
        papers.delete_paper(session, begun, NOW)
    with pytest.raises(StoreFault, match=faults.NOT_A_DRAFT), writing(store) as session:
        papers.delete_paper(session, signed, NOW)
    with writing(store) as session:
        perform(session, "reopen", signed, 2, {}, NOW)
    with pytest.raises(StoreFault, match=faults.HAS_HISTORY), writing(store) as session:
        papers.delete_paper(session, signed, NOW)
    assert (count(store, "roster"), count(store, "roster_line")) == (1, len(FILING.rows))
    with pytest.raises(StoreFault, match=faults.CASE_MISSING):
        load(store, begun)


def test_the_draft_that_was_left_may_be_a_list(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        put(store, CASE)
        list_id = put(store)
    page = first_page(tmp_path, 10)
    assert page is not None and page.unfinished is not None
    assert (page.unfinished.case_id, page.unfinished.form_id) == (list_id, FILING.form_id)
    assert page.total == len(page.rows) == 1


# What a program of the schema before wrote


def test_an_old_store_keeps_every_paper_list_award_and_setting(tmp_path: Path) -> None:
    shutil.copytree(OLD, tmp_path / "store")
    with behind_the_back(tmp_path / "store") as connection:
        before = {
            row[0]: row[1:]
            for row in connection.execute(
                'SELECT id, form, state, revision, answers, rows, last_field, created_at, updated_at FROM "case"'
            )
        }
        events = connection.execute("SELECT * FROM event ORDER BY number").fetchall()
    with opened(tmp_path / "store") as store:
        assert store.remarks == ()
        with reading(store) as session:
            assert verify_chain(session) == ()
            kept = session.execute(select(tables.event).order_by(tables.event.c.number)).all()
            assert [tuple(row) for row in kept][:-1] == events
            assert kept[-1].act == "upgrade"
            assert settings(session) == SAID["settings"]
            assert len(earlier_awards(session, "11010519491231002X")) == SAID["awards"]
            after = {}
            for table in (tables.case, tables.roster):
                for row in session.execute(select(table)).mappings():
                    lines = row["rows"] if table is tables.case else None
                    if lines is None:
                        lines = f"[{','.join(rosters.lines_of(session, row['id']))}]"
                    after[row["id"]] = (
                        *(row[name] for name in ("form", "state", "revision", "answers")),
                        lines,
                        *(row[name] for name in ("last_field", "created_at", "updated_at")),
                    )
            assert after == before
            moved = {row.form_id: row.state for row in rosters.list_rosters(session, 20)}
            assert moved == SAID["lists"]
            query = CaseQuery(order="name_order", is_descending=False)
            listed = cases.list_cases(session, query)
            assert [row.name for row in listed.rows] == SAID["by_pinyin"]
            assert listed.total == len(before) - len(moved)


def test_the_first_window_reads_a_store_before_it_is_upgraded(tmp_path: Path) -> None:
    shutil.copytree(OLD, tmp_path / "store")
    old = first_page(tmp_path / "store", 10)
    with opened(tmp_path / "store"):
        pass
    assert old is not None
    assert [row.name for row in old.rows] == SAID["names"]
    assert old.total == len(SAID["names"])
    assert old.settings == SAID["settings"]
    assert old.unfinished is not None and old.unfinished.form_id == "urumqi.summary"
    assert first_page(tmp_path / "store", 10) == old


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE roster SET answers = replace(answers, '}', ',\"summary.unit\":\"x\"}') WHERE state <> 'draft'",
        "UPDATE roster_line SET answers = '{}' WHERE roster_id IN (SELECT id FROM roster WHERE state <> 'draft')",
        "UPDATE roster SET state = 'draft' WHERE state <> 'draft'",
        "DELETE FROM roster_line WHERE roster_id IN (SELECT id FROM roster WHERE state <> 'draft')",
    ],
)
def test_events_from_before_still_guard_a_list_that_was_moved(tmp_path: Path, change: str) -> None:
    shutil.copytree(OLD, tmp_path / "store")
    with opened(tmp_path / "store"):
        pass
    with behind_the_back(tmp_path / "store") as connection:
        assert connection.execute(change).rowcount > 0
    with opened(tmp_path / "store") as store, reading(store) as session:
        assert len(verify_chain(session)) == 1


def test_a_list_that_was_changed_before_the_upgrade_is_still_found_after_it(tmp_path: Path) -> None:
    shutil.copytree(OLD, tmp_path / "store")
    with behind_the_back(tmp_path / "store") as connection:
        changed = """UPDATE "case" SET rows = replace(rows, '样例', '别人') WHERE rows <> '[]' AND state <> 'draft'"""
        assert connection.execute(changed).rowcount == 1
    with opened(tmp_path / "store") as store, reading(store) as session:
        assert [fault.message for fault in verify_chain(session)] == [
            "有业务的内容与记录不一致，请联系技术人员核查。"
        ]


# Settings of the office and of one program


def test_two_counters_on_one_store_share_the_office_and_keep_their_own_window(store: Store) -> None:
    own = {
        "window.name": "1号窗口",
        "printing.offset/甲": [1.0, 0.0],
        "list.columns": "x",
        "files.folder": "/a",
    }
    with writing(store) as session:
        set_settings(session, {"region": "jilin", "office.name": "样例局", **own}, "clerk", NOW)
        head = {"epoch": 1, "chain_number": 0, "writes": 0, "created_at": "2018-05-03"}
        session.execute(tables.replica.insert().values(id="another", chain_head=first_of("another"), **head))
    with writing(store) as session:
        session.info["replica_id"] = "another"
        assert settings(session) == {"region": "jilin", "office.name": "样例局"}
        set_settings(session, {"window.name": "2号窗口", "region": "dalian"}, "clerk", NOW)
        assert settings(session) == {"region": "dalian", "office.name": "样例局", "window.name": "2号窗口"}
        session.info["replica_id"] = store.replica_id
    with reading(store) as session:
        assert settings(session) == {"region": "dalian", "office.name": "样例局", **own}
        assert verify_chain(session) == ()
    page = first_page(store.path.parent, 10)
    assert page is not None and page.settings["window.name"] == "1号窗口"
    assert schema.OWN_REPLICA not in page.settings


def first_of(replica_id: str) -> str:
    from desktop_app.store.chain import first_hash

    return first_hash(replica_id)


# What is kept with a draft, and how names are ordered


def test_how_much_is_missing_is_counted_with_each_save_of_an_application(store: Store) -> None:
    def missing() -> int | None:
        with reading(store) as session:
            return cases.list_cases(session, CaseQuery()).rows[0].missing

    whole = sample(form("jilin.application"))
    case_id = put(store, replace(whole, answers={}))
    all_of_it = missing()
    assert all_of_it is not None and all_of_it > 10
    save(store, case_id, 1, replace(whole, answers={"applicant.name": "样例"}))
    assert missing() == all_of_it - 1
    save(store, case_id, 2, whole)
    assert missing() == 0
    with writing(store) as session:
        cases.save_answers(session, case_id, 3, whole, "", NOW)  # by one who counts nothing
    assert missing() is None
    page = first_page(store.path.parent, 10)
    assert page is not None and page.rows[0].missing is None


def test_remarks_on_fields_stay_with_the_draft(store: Store) -> None:
    case_id = put(store, CASE)
    with writing(store) as session:
        told = {"applicant.phone": " 下午再打 ", "applicant.name": "  "}
        assert cases.save_notes(session, case_id, 1, told, NOW) == 2
    save(store, case_id, 2, CASE)
    with reading(store) as session:
        stored = papers.load_paper(session, case_id)
    assert (stored.notes, stored.case) == ({"applicant.phone": "下午再打"}, CASE)
    with pytest.raises(StoreFault, match=faults.CASE_CHANGED), writing(store) as session:
        cases.save_notes(session, case_id, 2, {}, NOW)
    with writing(store) as session:
        assert cases.save_notes(session, case_id, 3, {}, NOW) == 4
        cases.move_case(session, case_id, 4, "awaiting_signature", "finish", "clerk", NOW, {})
        assert cases.load_case(session, case_id).notes == {}
    with pytest.raises(StoreFault, match=faults.NOT_A_DRAFT), writing(store) as session:
        cases.save_notes(session, case_id, 5, told, NOW)


@pytest.mark.parametrize(
    "names",
    [
        [
            "",
            "安样例",
            "陈样例",
            "覃样例",
            "仇样例",
            "单样例",
            "曾样例",
            "查样例",
            "张样例",
            "章样例",
            "𠮷样例",
        ],
        ["张二", "张三", "张一", "张一一", "章一"],
        ["令狐样例", "万俟样例", "尉迟样例", "长孙样例"],
        ["阿样·样例", "查样·样例", "单样·样例"],  # no Chinese surnames
        ["路样例", "吕样例", "栾样例", "罗样例"],
    ],
)
def test_names_stand_in_the_order_of_their_pinyin(store: Store, names: list[str]) -> None:
    with writing(store) as session:
        for name in sorted(names):
            cases.create_case(session, CASE.with_answer("applicant.name", name), "220104", "clerk", NOW)
    with reading(store) as session:
        query = CaseQuery(order="name_order", is_descending=False)
        assert [row.name for row in cases.list_cases(session, query).rows] == names
