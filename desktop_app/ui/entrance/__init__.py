"""The way in: from the frame that was painted to the list, past who signs in or sets the program up."""
