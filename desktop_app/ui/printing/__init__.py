"""The print window, the printer and its queue."""
