/// The applications for services that providers tell the stage of (797 §15-16, 452).
///
/// Decides: what a told record must hold, until when the service must be provided and by how much it was late, what is new and
/// what is a correction. The provider owns the record: the centre reads it, tells it at a call, counts it, and never changes it.
/// Refuses to know: who applied. No name, no identification number, no document is taken; the number of the application is all
/// that leads to it.
///
/// - `Application.swift`, `ApplicationTerms.swift` — the record as a provider tells it.
/// - `ApplicationFields.swift`, `ApplicationFile.swift` — reading it from a table, from JSON, from what is sent.
/// - `ApplicationDecision.swift` — pure: the last day, the lateness, what is wrong and what is doubtful.
/// - `ApplicationEvent.swift`, `ApplicationProjection.swift`, `ApplicationRecord.swift` — what is kept, each version.
/// - `ApplicationDesk.swift`, `ApplicationImport.swift` — the door: intake in batches, each record once.
