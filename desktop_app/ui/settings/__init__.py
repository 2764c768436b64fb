"""Region, office, amounts: the first start and the settings page."""
