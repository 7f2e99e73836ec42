/// The form of a card as a workbook: downloaded with what is known filled in, filled in anywhere, read back into the same form.
///
/// Decides: where each field of `CardForm` stands in the workbook, and what of a file that comes back can be read; whatever cannot is
/// named with its cell. Refuses to know: what a card may say (`KnowledgeBase` checks the form that was read).
///
/// - `CardBlank.swift` — the workbook; `CardBlankWords.swift` — the words in it, given by whoever has them.
/// - `CardBlankReading.swift` — a file that comes back.
