"""Figures against peers measured in the same run; nothing here is a test."""
