"""The speed and memory claims, side by side with what a user would otherwise do."""
