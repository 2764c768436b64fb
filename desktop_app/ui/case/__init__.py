"""One application: its page, the panel beside the paper, what can be done with it."""
