"""The map in the browser: what it is sent, and its script."""
