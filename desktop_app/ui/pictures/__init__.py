"""Pictures of pages and of the window, for the command line, the demo and the manual."""
