/// Something with a code that is imported from a table: a region, a body, a service.
package protocol RegistryEntry: Codable, Hashable, Sendable {
    /// The code, unique among its kind.
    var code: String { get }

    /// What the columns of its table say of it, in their order; by these two editions are compared.
    var fields: [(column: String, text: String)] { get }
}

/// One field of an entry before and after.
package struct FieldChange: Codable, Hashable, Sendable {
    /// The column of the table.
    package let field: String
    /// What it was; empty where there was nothing.
    package let old: String
    /// What it is now.
    package let new: String
}

extension RegistryEntry {
    /// What differs from an earlier edition.
    package func changes(since earlier: Self) -> [FieldChange] {
        zip(earlier.fields, fields).compactMap { old, new in
            old.text == new.text ? nil : FieldChange(field: new.column, old: old.text, new: new.text)
        }
    }
}
