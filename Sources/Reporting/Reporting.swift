/// The reports that the centre makes: their numbers, their seal, their way.
///
/// Decides: which complaint or call counts in which measure of which period, what a sealed report holds, when it is made.
/// Refuses to know: which rows a form has and in which words (`schedules/reports/`, read by `Forms`), how a complaint is
/// reviewed, how bytes travel, how a page looks.
///
/// - `Measures/` — everything that a form may choose, each as choices of rows with their index; the report and its drill-down
///   use the same words of SQL, so they cannot disagree. docs/monthly-report.md says what each means.
/// - `ReportForm.swift`, `ReportNumber.swift` — a form with its measures; a row of it, narrowed to keys.
/// - `ReportDraft.swift`, `SealedReport.swift` — the canonical document as it is made, and as it is read back.
/// - `ComplaintsThen.swift` — the complaints behind a number that was sealed, as they were known then.
/// - `ContactTokens.swift` — contacts in a document: sealed at rest, opened for the receiver only.
/// - `ReportEvent.swift`, `PeriodReport.swift` — the case of one period: ended, sealed, corrected, delivered.
/// - `PeriodDesk.swift`, `ReportDesk.swift` — the door; `ReportDesk+Remake.swift` — the proof that a sealed report can be made
///   again. A form that is added is a file, a `PeriodReport` of a few lines and its desk in `Reports`.
/// - `ReportTimetable.swift`, `ReportService.swift` — by itself, every period, after downtime too; `ReportBook.swift` — how each
///   stands.
