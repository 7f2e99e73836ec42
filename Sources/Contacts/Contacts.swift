/// What happens during a call: the contact record, what was told, and what we could not answer.
///
/// Decides: what a contact record holds, when it is open or closed, what of it may be kept (never the caller's number),
/// and what is known of the stage of an application (797 §15).
/// Refuses to know: pages, telephony, how a card is found.
///
/// - `ContactTerms.swift` — the closed lists: channels, topics, guidance, outcomes.
/// - `ContactEvent.swift`, `Contact.swift` — what can happen to a contact, and the pure decision.
/// - `ContactProjection.swift` — the tables; `ContactRecord.swift` and `ContactStatistics.swift` read them.
/// - `ContactDesk.swift` — the door. `CallReference.swift` — what is kept of what telephony says: almost nothing.
/// - `CardMail.swift` — a card sent to a caller, whose address is sealed and forgotten afterwards.
/// - `RequestDraft*.swift` — the draft of a request for what we did not have (797 §10).
/// - `Stage*.swift` — stage data of applications (797 §15-16, 452): import and lookup.
///
/// No field of a contact is free text, and that of a draft is masked: what a caller says may be personal, and a journal forgets nothing.
