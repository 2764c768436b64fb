"""The table of acts for technicians, scripts and checks from outside."""

import argparse
import json

from desktop_app.workflow.acts import ACTS
from desktop_app.workflow.roles import roles_text
from desktop_app.workflow.states import STATE_LABELS


def acts(options: argparse.Namespace) -> int:
    """Print the table of acts."""
    if options.json:
        table = [
            {
                "act": act.id,
                "label": act.label,
                "from": list(act.before),
                "to": list(act.after),
                "roles": list(act.roles),
                "fields": [ask.name for ask in act.asks],
            }
            for act in ACTS
        ]
        print(json.dumps(table, ensure_ascii=False, indent=1))
        return 0
    for act in ACTS:
        before = "、".join(STATE_LABELS[state] for state in act.before)
        after = "不变" if act.after == act.before else "、".join(STATE_LABELS[state] for state in act.after)
        asked = "、".join(ask.label if ask.is_needed else f"（{ask.label}）" for ask in act.asks)
        print(f"{act.label}：{before} → {after}；{roles_text(act.roles)}{f'；要填{asked}' if asked else ''}")
    return 0
