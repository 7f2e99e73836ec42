import CanonicalJSON

/// What a corrected report says differently, line by line: the path, the old value, the new one.
enum ReportDifference {
    /// More lines than this are summed up in the last one.
    static let longest = 500

    /// The differences between two documents.
    /// - Throws: `JSONParsingError` where one of them is no JSON.
    static func lines(_ old: [UInt8], _ new: [UInt8]) throws -> [String] {
        var lines: [String] = []
        compare(try JSON(parsing: old), try JSON(parsing: new), path: "", into: &lines)
        guard lines.count > longest else { return lines }
        return Array(lines.prefix(longest)) + ["… \(lines.count - longest) more"]
    }

    private static func compare(_ old: JSON?, _ new: JSON?, path: String, into lines: inout [String]) {
        guard old != new, !["/position", "/revision"].contains(path) else { return }
        if let left = old?.object, let right = new?.object {
            for key in Set(left.keys).union(right.keys).sorted() {
                compare(left[key], right[key], path: path + "/" + key, into: &lines)
            }
        } else if let left = old?.array, let right = new?.array {
            let (before, after) = (byNumber(left), byNumber(right))
            for key in Set(before.keys).union(after.keys).sorted() {
                compare(before[key], after[key], path: path + "/" + key, into: &lines)
            }
        } else {
            // Contacts are ciphertext; that they differ is all that may be said.
            let isSealed = path.hasSuffix("/contacts")
            lines.append("\(path): \(isSealed ? "…" : old?.text ?? "–") → \(isSealed ? "…" : new?.text ?? "–")")
        }
    }

    /// What an entry of a group is about: the body, with the form and the service by which it is told.
    private static func subject(_ element: JSON) -> String? {
        let words = ["form", "body", "service"].compactMap { element[$0]?.string }
        return words.isEmpty ? nil : words.joined(separator: " ")
    }

    /// The elements of a list by what names them: the number of the complaint, the body, or else their place.
    ///
    /// A complaint that two bodies kept too long stands in the violations twice: the later ones are named with their body.
    private static func byNumber(_ list: [JSON]) -> [String: JSON] {
        var elements: [String: JSON] = [:]
        for (index, element) in list.enumerated() {
            var name = element["number"]?.string ?? Self.subject(element) ?? "\(index)"
            if elements[name] != nil { name += " (\(element["body"]?.string ?? "\(index)"))" }
            elements[name] = element
        }
        return elements
    }
}
