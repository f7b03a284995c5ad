"""The record of processing and the register of breaches at the officer's desk, to read and to hand on (Art. 30, 33(5))."""

from __future__ import annotations

from typing import Any

from marshmallow import fields

from adapters.audience import Answer
from adapters.endpoints import Said
from adapters.fields import Sent, Shown, Spelt
from adapters.letters.breach_register import breach_register
from adapters.letters.processing_record import processing_record
from adapters.officer.door import officer
from application import records
from application.desk import Asker, Desk
from application.reading import breaches


class ControllerShown(Shown):
    """`unsaid` names what Art. 30(1)(a) asks for and the settings do not say."""

    name = fields.String()
    identifier = fields.String()
    address = fields.String()
    contact = fields.String()
    data_protection_officer = fields.String()
    other_controllers = fields.List(fields.String())
    unsaid = fields.List(fields.String())


class ReaderShown(Shown):
    role = fields.String()
    as_group = fields.Boolean()
    rule = fields.String()


class ActivityShown(Shown):
    """One compartment; the letters are those of Art. 30(1)."""

    compartment = fields.String()
    b_purpose = fields.String()
    basis = fields.String()
    c_persons = fields.List(fields.String())
    c_data = fields.List(fields.String())
    c_special_or_confidential = fields.Boolean()
    d_readers = fields.List(fields.Nested(ReaderShown))
    f_kept = fields.String()
    f_reason = fields.String()
    f_decided_by = fields.String()
    g_keys = fields.String()


class FlowShown(Shown):
    name = fields.String()
    from_kind = fields.String(attribute="from", data_key="from")
    to = fields.String()
    compartments_from = fields.List(fields.String())
    compartments_to = fields.List(fields.String())
    ground = fields.String()
    sealed = fields.String()


class RecordShown(Shown):
    format = fields.String()
    realm = fields.String()
    a_controller = fields.Nested(ControllerShown)
    activities = fields.List(fields.Nested(ActivityShown))
    d_disclosures = fields.List(fields.Nested(FlowShown))
    e_transfers = fields.List(fields.String())
    g_measures = fields.List(fields.String())


@officer.asks("/records/art30", RecordShown())
def art30(asker: Asker, desk: Desk, said: Said) -> Answer:
    """The record of processing of this controller, as the register runs."""
    return records.art30(asker, desk)


class AnnexShown(Shown):
    markdown = fields.String()


@officer.asks("/records/dpia", AnnexShown())
def dpia(asker: Asker, desk: Desk, said: Said) -> Answer:
    """The annex to the impact assessment: flows, readers, periods, measures, and which tests prove which promise."""
    return records.dpia(asker, desk)


@officer.prints("/records/art30.pdf")
def art30_page(asker: Asker, desk: Desk, said: Said) -> bytes:
    """The same as a document for the supervisory authority."""
    return desk.documents.pdf(processing_record(records.art30(asker, desk), desk.clock.today()))


class RegisterIn(Sent):
    language = fields.String(validate=Spelt("^(da|en)$"), load_default="da")


@officer.prints("/breaches.pdf", query=RegisterIn())
def breach_register_page(asker: Asker, desk: Desk, said: Said) -> bytes:
    """The register of breaches as a document for the supervisory authority."""
    lines: list[Any] = breaches.breaches(asker, desk)
    page = breach_register(lines, desk.controller, desk.clock.today(), said["language"])
    return desk.documents.pdf(page)
