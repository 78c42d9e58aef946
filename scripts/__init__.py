"""Rebuild ``data/`` from official files. Never imported by the product."""
