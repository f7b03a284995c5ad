"""A rehearsal of the worst day: erase, lose the databases, restore an old backup, and prove that the erasure holds."""
