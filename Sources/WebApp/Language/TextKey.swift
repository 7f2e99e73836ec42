/// The name of one text on the screen, `area.thing`, as in the string tables.
///
/// It is written as a literal; `StringTableTests` fails where a literal is in no table or a text of a table is in no
/// source file. Names put together at run time belong to a `TextFamily`.
package struct TextKey: Hashable, Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
    /// The name.
    package let name: String

    /// A name written in the program.
    package init(stringLiteral name: StaticString) { self.name = name.description }

    init(family: String, member: String) { name = family + "." + member }

    package var description: String { name }
}

/// Texts that name the values of an enumeration: `role.operator`, `role.coordinator` and so on.
package struct TextFamily: Sendable {
    /// What all names begin with.
    package let prefix: String
    /// What follows the dot, one for each value.
    package let members: [String]

    /// The texts of all values of an enumeration.
    package init<Value: CaseIterable & RawRepresentable>(_ prefix: String, _ type: Value.Type)
    where Value.RawValue == String {
        self.prefix = prefix
        members = type.allCases.map(\.rawValue)
    }

    /// The texts of things that another table names.
    package init(_ prefix: String, _ members: Set<String>) {
        self.prefix = prefix
        self.members = members.sorted()
    }

    /// The texts of numbered things, such as months.
    package init(_ prefix: String, _ numbers: ClosedRange<Int>) {
        self.prefix = prefix
        members = numbers.map(\.description)
    }
}
