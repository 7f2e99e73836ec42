/// The language of statutory forms: reports that the law prescribes, as data in `schedules/reports/`.
///
/// Decides: what a form may say (its periods, rows, columns, sums, groups, lists, checks, words), whether a file says it,
/// whether the numbers of a filled form agree with its rules, and how a report that the centre makes becomes one canonical
/// document. Refuses to know: what the numbers count (a *measure* is named here and implemented where its business is), where
/// they are kept, how a document travels or looks.
///
/// One language serves both sides, so that what we make and what bodies file can be held against each other: a row is a row,
/// a rule is a rule. A form that the centre makes names the measure behind each row and where it stands in the document; a
/// form that bodies file has columns that they fill in.
///
/// - `StatutoryForm.swift`, `FormRow.swift`, `FormColumn.swift`, `FormRule.swift` — what a form is.
/// - `FormReader.swift`, `FormReader+Rows.swift`, `FormReader+Rules.swift` — a file becomes a form; every fault has its line.
/// - `FormSet.swift` — all forms, by code and day.
/// - `FormField.swift`, `FormReader+Fields.swift` — what stands around the table, and what must hold between filings.
/// - `FormCell.swift`, `FormTable.swift`, `FormPlace.swift`, `FilingMoment.swift` — a filled form.
/// - `FormRule+Check.swift`, `FormConstraint.swift`, `FormRule+Constraints.swift`, `FormRule+Months.swift` — its faults.
/// - `FormFigures.swift`, `FormDocument.swift` — the numbers of a report that the centre makes, and its canonical document.
