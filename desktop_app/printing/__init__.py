"""Marks to paper: PDF, embedded faces, over-printing, sheets that go with a case."""
