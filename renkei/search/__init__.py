"""One search box for everything: problems, words of the trade, places, organisations, indicators."""
