"""What follows from the facts: pure functions on geo and layers."""
