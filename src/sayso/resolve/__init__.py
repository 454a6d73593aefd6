"""Mentions → entities, places, dates and counts: what the words of a report stand for. Events are not known here."""
