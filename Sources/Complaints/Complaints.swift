/// Complaints on state services: intake, routing, review, outcome (797 §17-18, Law on State Services art. 25).
///
/// Decides: what can happen to a complaint, who must answer it and why, on which day it counts as registered, and what
/// a line of the forum's export says that is new. Refuses to know: how many days a review takes (the rulebook does),
/// how bodies are named (`Registry`), how reports count (`Reporting`), how anything looks on a page.
///
/// - `ComplaintEvent.swift` — what can happen; `ComplaintEvent+JSON.swift` spells it by hand, because a million of them
///   are imported at once. `Complaint.swift` — the pure decision.
/// - `ComplaintRouting.swift`, `RoutingReader.swift` — who must answer, by the rules of `schedules/routing`.
/// - `ComplaintProjection.swift` — the table `complaint`; `ComplaintRecord.swift` reads it for pages.
/// - `ComplaintDesk.swift` — the door: what the web, the API and the command line call.
/// - `ComplaintHolder.swift` — which officer has it; `ComplaintViews.swift` — what an officer keeps of his lists.
/// - `ForumImport.swift` — the export of the forum, as CSV or JSON.
///
/// Names, contacts, the text of a complaint, of its answer and of notes are personal data: they are sealed with the key
/// of the person before an event is made, and no error message holds them.
