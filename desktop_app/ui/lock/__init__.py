"""The lock in the middle of things: what is on the desk is sealed into the store, and a fresh process begins."""
