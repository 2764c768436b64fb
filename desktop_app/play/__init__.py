"""Scripted days: each line one act with its moment and its person, through the same functions as the window."""
