import CanonicalJSON
import Foundation
import Hummingbird
import Languages

/// The fields of a form as they were sent (`application/x-www-form-urlencoded`).
package struct Form: Sendable {
    private var values: [String: [String]]
    /// The fields that are no text in UTF-8, by their names as they were sent; no browser sends such.
    package private(set) var unreadable: [String] = []

    /// Reads the body of a form; fields that are not UTF-8 are left out and stand in `unreadable`.
    package init(urlEncoded body: String) {
        var values: [String: [String]] = [:]
        for pair in body.split(separator: "&").prefix(2_000) {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = Self.decoded(parts[0]), let value = Self.decoded(parts.count > 1 ? parts[1] : "") else {
                unreadable.append(String(parts[0].prefix(40)))
                continue
            }
            values[name, default: []].append(value)
        }
        self.values = values
    }

    /// A form with these fields; for tests and for drawing a form anew.
    package init(_ values: [String: String] = [:]) { self.values = values.mapValues { [$0] } }

    /// A form with these fields in their order; a name may come again.
    init(_ fields: [(String, String)]) {
        values = fields.reduce(into: [:]) { $0[$1.0, default: []].append($1.1) }
    }

    /// The first value of a field, without blanks at its ends and without characters that deceive a reader; empty where it
    /// was not sent.
    package subscript(name: String) -> String {
        get {
            (values[name]?.first ?? "").withoutDeceivingCharacters.trimmingCharacters(in: .whitespacesAndNewlines)
        }
        set { values[name] = [newValue] }
    }

    /// The first value of a field exactly as it was sent; for passwords.
    package func exactly(_ name: String) -> String { values[name]?.first ?? "" }

    /// All values of a field, for boxes and lists.
    package func all(_ name: String) -> [String] { (values[name] ?? []).map(\.withoutDeceivingCharacters) }

    /// Everything that was sent, exactly as it was, but some fields.
    func sent(without left: Set<String>) -> JSON {
        .object(values.filter { !left.contains($0.key) }.mapValues { .array($0.map(JSON.string)) })
    }

    private static func decoded(_ text: Substring) -> String? {
        text.replacing("+", with: " ").removingPercentEncoding
    }
}
