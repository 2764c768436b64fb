"""Dated rules and amounts, calendars, decisions: pure functions of case, policy and what is known."""
