"""Lists of applications and of papers."""
