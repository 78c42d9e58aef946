"""Whom could we work with, about what, and why: candidates with a score that is the sum of its shown parts.

Always one place, one theme, chosen weights – never a ranking "in general", never a league table.
"""

from renkei.analysis.partners.asker import Evidence, Part
from renkei.analysis.partners.finder import Candidate, Partners, Search, partners, prepare
from renkei.analysis.partners.scores import PARTS
from renkei.analysis.partners.sensitivity import Shift, sensitivity

__all__ = [
    "PARTS",
    "Candidate",
    "Evidence",
    "Part",
    "Partners",
    "Search",
    "Shift",
    "partners",
    "prepare",
    "sensitivity",
]
