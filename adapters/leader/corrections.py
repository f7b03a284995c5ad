"""What the officer accepted to correct of what a leader keeps."""

from __future__ import annotations

from adapters.corrections import offer_corrections
from adapters.leader.door import leader

offer_corrections(leader)
