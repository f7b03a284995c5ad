"""Which texts stand clear in facts and views, and what each says: nothing that is about anybody."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, ...]] = {
    "names of compartments": (
        "hold.placed.compartments", "release.asked.compartments", "retention.keys_ended.compartments",
        "rights.compartment_decided.compartment", "rights.correction_wished.compartment",
        "rights.erasure_final.compartments", "rights.fenced.closed", "rights.fenced.kept",
        "rights.keys_destroyed.compartments", "rights.objection_raised.compartments",
        "rights.restriction_lifted.compartments", "rights.restriction_placed.compartments",
        "breach.described.compartments", "retention.run_begun.endings.compartment",
        "BreachRow.compartments", "CorrectionRow.compartment", "HoldRow.compartments", "ReleaseRow.compartments",
        "Restriction.compartment", "RequestRow.against",
    ),
    "compartments, each with a choice from a list, a number or a ground": (
        "rights.answer_decided.withheld", "RequestRow.decided", "RequestRow.withheld", "ErasureRow.waits_for",
    ),
    "names of fields of our own forms": (
        "rights.correction_wished.field", "CorrectionRow.field", "breach.described.said",
    ),
    "a choice from a list, by its value": (
        "RequestRow.right", "RequestRow.extended_because", "RequestRow.refused", "RequestRow.names_of_staff",
        "RequestRow.compelling", "RequestRow.restricted_because", "RequestWords.kind", "CorrectionRow.state",
        "CorrectionRow.refused", "ToldRow.kind", "ReleaseRow.ground", "BreachRow.natures", "BreachRow.affected",
        "BreachRow.risk", "BreachRow.told_way", "BreachRow.not_told_because", "Ground.kind", "WordingRow.purposes",
        "WordingStates.data", "ConsentRow.data", "RunRow.clocks", "retention.run_begun.endings.clock",
    ),
    "names of realms, roles and institutions": (
        "course.planned.municipality", "notice.course_announced.club", "organisation.unit_opened.name",
        "organisation.place_named.name", "organisation.branch_opened.name", "organisation.club_established.name",
        "organisation.club_established.municipality", "participants.family_received.from_realm",
        "rights.recipient_told.recipient", "staff.role_assigned.municipality", "ToldRow.recipient",
        "ClubFamily.from_realm", "CourseNotice.club", "CourseRow.municipality", "RoleHeld.municipality", "Unit.name",
        "Place.name", "Branch.name", "Club.name", "Club.municipality",
    ),
    "an act and its section, checked to be one (RIG-04)": ("rights.compartment_decided.legal_basis",),
    "random ids, hashes and public keys in hexadecimal": (
        "rights.answer_collected.sha256", "rights.keys_destroyed.key_ids", "rights.keys_destroyed.commitments",
        "rights.entered_in_ledger.head", "rights.completed.receipt_hash", "consent.given.wording_hash",
        "consent.not_given.wording_hash", "wording.published.text_hash", "checks.draw_announced.commitment",
        "checks.draw_made.nonce", "checks.draw_made.seed", "checks.draw_made.sifting", "release.used.sha256",
        "retention.keys_ended.key_ids", "retention.keys_ended.commitments", "retention.ending_entered.head",
        "retention.run_completed.receipt_hash", "ConsentRow.wording_hash", "PastConsent.wording_hash",
        "WordingRow.text_hash", "CourseNotice.receiving_key", "CourseRow.receiving_key", "DrawRow.commitment",
        "DrawRow.nonce", "DrawRow.seed", "DrawRow.sifting", "RunRow.receipt_hash", "course.planned.receiving_key",
        "notice.course_announced.receiving_key", "invitation.issued.code_digest", "invitation.taken.taken_with",
        "InvitationRow.code_digest",
    ),
    "a signed head of the access log": ("checks.draw_made.checkpoint", "DrawRow.checkpoint"),
    "rules of the check, each with a count": (
        "checks.draw_made.sifted", "checks.draw_made.drawn_by", "DrawRow.sifted", "DrawnEntry.sifted_by",
    ),
    "languages, versions and times of day": (
        "consent.given.language", "consent.not_given.language", "wording.published.language",
        "referral.registered.list_version", "ConsentRow.language", "PastConsent.language", "WordingRow.language",
        "WordingStates.language", "ReferralRow.list_version", "CourseRow.starts_at", "EveningRow.starts_at",
    ),
    "the wording that everybody is shown": ("wording.published.words", "WordingRow.words"),
}  # fmt: skip

COLUMNS: dict[str, dict[str, str]] = {
    "events": {
        "id": "number", "stream": "id", "version": "number", "topic": "name of a fact",
        "state": "clear fields, answered above; personal ones, sealed",
    },
    "tracking": {"name": "name of a follower", "position": "number"},
    "commands": {
        "command_id": "id", "command": "name of a command", "actor": "pseudonym", "result": "ids, numbers and codes",
        "recorded_at": "time",
    },
    "fences": {"subject": "id", "compartment": "name", "since": "time"},
    "endings": {"subject": "id", "compartment": "name", "since": "time"},
    "ended_keys": {"key_id": "id", "subject": "id", "compartment": "name", "since": "time"},
    "ledger_head": {"id": "number", "size": "number", "head": "hash"},
    "outbox": {
        "id": "number", "message_id": "id", "to_realm": "name", "kind": "name of a kind of letter",
        "body": "the letter, answered for each kind; empty once delivered",
    },
    "inbox": {"from_realm": "name", "message_id": "id"},
    "duties": {"id": "number", "kind": "name of a duty", "ref": "id"},
    "drafts": {
        "draft_id": "id", "author": "pseudonym", "version": "number", "saved_at": "time", "form": "goes with the key",
    },
    "web_sessions": {
        "token": "hash of a random token", "session_id": "id", "actor": "pseudonym",
        "provider": "name from the settings", "provider_session": "hash", "assurance": "number",
        "login": "keyed digest; goes when the session ends", "realm": "name", "assignment_id": "id", "began": "time",
        "seen": "time", "ends": "time",
    },
    "web_flows": {
        "key": "hash of a random key", "value": "a login under way, as `adapters.web.sessions.Flow`: goes in minutes",
        "ends": "time",
    },
    "web_bindings": {
        "login": "keyed digest; goes when the last role of its actor is over", "actor": "pseudonym", "since": "time",
    },
    "keys": {
        "key_id": "id", "subject": "id", "compartment": "name", "consent": "id", "generation": "number",
        "state": "live or destroyed", "wrapped": "goes with the key", "epoch": "number", "commitment": "hash",
        "created_at": "time", "destroyed_at": "time",
    },
    "erased_subjects": {"subject": "id", "compartment": "name", "since": "time"},
    "ended_consents": {"consent": "id", "since": "time"},
    "receiving_keys": {
        "about": "id", "public": "public key", "state": "live or destroyed", "wrapped": "goes with the key",
        "epoch": "number", "created_at": "time", "destroyed_at": "time",
    },
    "search_index": {"field": "name of a field", "token": "goes with the subject's row", "subject": "id"},
    "leaving_words": {
        "command": "id", "field": "name of a field", "token": "goes once the command is saved", "subject": "id",
    },
    "log_entries": {
        "seq": "number", "tree": "name", "place_in_tree": "number", "public": "no person, no contents",
        "private": "ends with the log's own retention", "salt": "ends with it", "private_digest": "hash",
        "leaf": "hash", "at": "time", "action": "name", "role": "name", "allowed": "yes or no", "compartment": "name",
        "course": "id", "request_id": "id", "actor": "ends with it", "subject": "ends with it",
    },
    "log_checkpoints": {"tree": "name", "size": "number", "root": "hash", "note": "signed head", "frontier": "hashes"},
    "log_cosignatures": {"tree": "name", "size": "number", "witness": "name", "line": "signature"},
}  # fmt: skip
"""What each column of the tables that are not views holds."""

LETTERS: dict[str, str] = {
    "HANDOVER": "whoever is erased is taken out while it waits",
    "COURSE_NEWS": "concerns no person",
}
"""What becomes of each kind of letter that waits for another realm."""
