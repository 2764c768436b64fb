"""Who works with the program: signing in, the first set-up, the people of the office, their passwords."""
