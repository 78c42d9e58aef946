"""The command line of renkei."""

__version__ = "0.1.0"
