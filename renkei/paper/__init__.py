"""The A4 sheet."""
