/// Service cards: what an operator reads out, in both languages, with its editions and its state by 797.
///
/// Decides: what a card must hold, what is a new edition, and whether a card may be shown as live (797 §3, §9).
/// Refuses to know: how words are matched (`CardSearch`), how a service gets accepted (`Onboarding`; its events are heard by
/// their names and the fact `service`).
///
/// - `Card.swift` — the content; `CardFile.swift` — YAML files with line-exact errors.
/// - `CardEvent.swift`, `CardProjection.swift` — editions, the present state, and the search index, in one transaction.
/// - `CardDesk.swift` — the door: import of a folder, reading, editions, search.
