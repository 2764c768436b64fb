"""Lists in and out: list papers as spreadsheets, lists of awards read back."""
