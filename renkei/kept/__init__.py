"""The current view as one HTML file that asks for nothing."""
