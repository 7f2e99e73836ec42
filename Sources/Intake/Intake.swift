/// From words to registration: what came in, what was proposed for it, what a person made of it.
///
/// Decides: what can happen to words that are handed to us and are no complaint yet (a *submission*): they are received,
/// then registered as one complaint or several, or closed with what the person was told. Each decision says for every field
/// what was proposed, how sure that was, and what was taken: codes only, never words.
/// Refuses to know: how words are read (`Triage`), who must answer and until when (`Complaints`, the rulebook), how anything
/// looks on a page.
///
/// - `SubmissionEvent.swift` — what can happen; `Submission.swift` — the pure decision.
/// - `FieldProposal.swift` — a field, what is proposed for it, what was taken.
/// - `PrecedentDesk.swift` — what was decided before, for proposing it to the next.
/// - `SubmissionProjection.swift`, `SubmissionRecord.swift` — the queue, and what became of each.
/// - `IntakeDesk.swift` — the door: what pages and the JSON interface call.
///
/// The legal day of filing is that of the arrival, however long nobody looked. Words and contacts are sealed with the key of
/// the person before an event is made.
