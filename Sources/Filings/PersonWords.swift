import Spreadsheets

/// The words by which heads split a number by those who received a service.
enum PersonWords {
    /// `person` or `entity`; nil for other words.
    static func kind(_ cell: SheetCell) -> String? {
        guard case .text(let text) = cell, text.count < 120 else { return nil }
        let folded = Folding.fold(text)
        if folded.contains("физ") || folded.contains("жеке") { return "person" }
        return folded.contains("юр") || folded.contains("заңды") ? "entity" : nil
    }
}
