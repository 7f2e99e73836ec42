/// A page of a list, and where the next begins.
package struct KnowledgeList<Item: Sendable>: Sendable {
    /// The items, in the order of the list.
    package let items: [Item]
    /// What to ask for to get the next page; nil after the last.
    package let next: String?

    /// A page from one item more than it holds, by which it knows whether there is another.
    init(_ rows: [Item], limit: Int, cursor: (Item) -> String) {
        items = Array(rows.prefix(limit))
        next = rows.count > limit ? items.last.map(cursor) : nil
    }
}

/// Where a page of a list begins when it is ordered by a number, the greatest first, and then by a name.
struct NumberedCursor {
    let number: Int64
    let name: String

    /// The cursor that a list gave out; nil where the text is none, so that the list begins at its beginning.
    init?(_ text: String?) {
        guard let text, let cut = text.firstIndex(of: "."), let number = Int64(text[..<cut]) else { return nil }
        self.number = number
        name = String(text[text.index(after: cut)...])
    }

    /// The cursor after an item.
    static func text(_ number: Int64, _ name: String) -> String { "\(number).\(name)" }
}
