"""What every page is made of: colours and sizes, commands, the notice bar, questions, names of papers."""
