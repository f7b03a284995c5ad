"""Questions, by audience: what the rows hold is asked of the gate, and nothing is opened in any other way.

Answers are plain mappings. A personal value is there, is `ERASED` or `WITHHELD` (gdpr.ports), or None where nothing was
written; what leaves the house is listed in the audiences' schemas.
"""
