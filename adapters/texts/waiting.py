"""What a request about one's own data waits for, in words to the person who asked."""

from __future__ import annotations

from collections.abc import Mapping

from adapters.texts.words import Words
from gdpr.rights import Step

_ERASING = Words("Vi er i gang med at slette.", "We are erasing.")

WAITS_FOR: Mapping[Step, Words] = {
    Step.CHECK_IDENTITY: Words(
        "Vi skal først vide, at det er dig, der spørger.", "First we need to know that it is you."
    ),
    Step.DECIDE: Words("Vi er ved at tage stilling.", "We are deciding."),
    Step.CORRECT: Words(
        "Det er besluttet at rette det, og det bliver gjort nu.", "It will be corrected, and is being done."
    ),
    Step.FENCE: Words("Vi er ved at tage stilling.", "We are deciding."),
    Step.DESTROY: _ERASING,
    Step.ENTER_IN_LEDGER: _ERASING,
    Step.PURGE: _ERASING,
    Step.COMPLETE: Words("Vi er næsten færdige.", "We are almost done."),
    Step.COLLECT: Words("Dit svar er klar. Du kan hente det.", "Your answer is ready. You can collect it."),
    Step.NOTHING: Words("Der er ikke mere at gøre.", "There is nothing more to do."),
}
