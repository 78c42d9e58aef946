"""What ``import renkei as rk`` gives: each name is a function or class of one of these modules."""
