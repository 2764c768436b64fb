"""What runs beside the window: the door to the store, and the lanes on which jobs wait."""
