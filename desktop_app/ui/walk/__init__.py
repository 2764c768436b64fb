"""What is seen and done on one application after it was filled in."""
