/// The monthly analytical report of 797 §18: its numbers, its seal, its way to the Agency.
///
/// Decides: which complaint counts in which number of which month, what a sealed report holds, when it is made.
/// Refuses to know: how a complaint is reviewed, how bytes travel, how a page looks.
///
/// - `ReportNumber.swift` — every number of the report as one choice of complaints; the report and its drill-down use the
///   same words of SQL, so they cannot disagree. docs/monthly-report.md says what each means.
/// - `ComplaintsThen.swift` — the complaints behind a number that was sealed, as they were known then.
/// - `MonthlyFigures.swift`, `MonthlyDocument.swift` — the numbers and the canonical document.
/// - `ContactTokens.swift` — contacts in a document: sealed at rest, opened for the Agency only.
/// - `MonthlyReport.swift` — the case of one month: ended, sealed, corrected, delivered.
/// - `ReportDesk.swift` — the door; `ReportDesk+Remake.swift` — the proof that a sealed report can be made again.
/// - `ReportTimetable.swift`, `ReportService.swift` — by itself, every month, after downtime too.
