"""OFFICIAL FILES. Got, read strictly, checked, and turned into the tables of ``data/indicators/``."""
