/// Filings of the bodies: a file that came becomes the numbers of a form, or the list of everything that is wrong with it.
///
/// Decides: which sheet is the form, which cell is which number, whether form and period are those that were asked for, what is
/// told of each fault, and the fewest cells whose change would do. The rows, columns and rules stand in the definition of the form
/// (`schedules/reports/`, module Forms); this module names no row. Refuses to know: how a file is unpacked (Spreadsheets), who filed
/// it, where it is kept.
///
/// - `FilingCheck.swift` — the door: a source, a form and a period become a report; `FilingNumbers.swift` — its numbers held against the
///   rules.
/// - `FilingFault.swift`, `FilingReport.swift`, `FilingTexts*.swift` — what is told.
/// - `Folding.swift`, `RowNumber.swift`, `PeriodWords.swift` — words, numbers of rows and periods as people write them.
/// - `Identification.swift` — which form a sheet is; `PassportReader.swift` — the lines above the table.
/// - `TableHead.swift` — where the columns are; `TableBody*.swift`, `RowMatch.swift`, `ProviderBlocks.swift` — the rows and the lines
///   below them.
/// - `FilingRepair.swift`, `RepairSearch.swift` — the fewest cells.
