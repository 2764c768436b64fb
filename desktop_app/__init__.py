"""Official subsidy papers for Chinese counters: on the screen as on paper, and out of the printer."""

__version__ = "0.1.0"
