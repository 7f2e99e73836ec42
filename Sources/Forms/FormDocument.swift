import CanonicalJSON

/// A report that the centre makes as one canonical document: the same numbers, the same bytes.
package struct FormDocument {
    /// Writes what stands behind a row, as an array.
    package typealias ListWriter = (_ row: FormRow, _ list: FormNumber.List, _ json: inout JSONWriter) throws -> Void

    private let form: StatutoryForm
    private let figures: FormFigures

    /// The document of a form with these numbers.
    package init(_ form: StatutoryForm, _ figures: FormFigures) {
        self.form = form
        self.figures = figures
    }

    /// The bytes of the document.
    ///
    /// - Parameters:
    ///   - heading: the members beside the numbers: period, revision, position, dates.
    ///   - list: what stands behind the rows that have a list; called once for each, in the order of the document.
    package func bytes(heading: [String: JSON], list: ListWriter) throws -> [UInt8] {
        try withoutActuallyEscaping(list) { list in
            let tree = Tree()
            for (name, value) in heading { tree.put([name]) { json in json.value(value) } }
            if let making = form.making {
                tree.put(["schema"]) { json in json.string(making.schema) }
                tree.put(["law"]) { json in json.string(making.law) }
            }
            for row in form.numbers {
                guard let number = row.made else { continue }
                if !number.path.isEmpty, let value = figures[row.code] {
                    tree.put(number.path) { json in json.int(value) }
                }
                for group in number.groups { tree.put(group.path) { json in write(group, of: row, to: &json) } }
                if let things = number.list { tree.put(things.path) { json in try list(row, things, &json) } }
            }
            var json = JSONWriter(capacity: 1 << 16)
            try tree.write(to: &json)
            return json.bytes
        }
    }

    private func write(_ group: FormNumber.Group, of row: FormRow, to json: inout JSONWriter) {
        if group.isList {
            json.beginArray()
            for part in figures.parts(of: row.code) {
                json.beginObject()
                var members = Dictionary(
                    zip(group.names, part.keys.map(JSON.string)), uniquingKeysWith: { first, _ in first })
                members["count"] = .int(Int64(part.count))
                for (name, value) in members.sorted(by: { $0.key < $1.key }) {
                    json.key(name)
                    json.value(value)
                }
                json.endObject()
            }
            json.endArray()
        } else {
            json.beginObject()
            for part in figures.parts(of: row.code, depth: group.keys.count)
                .map({ (name: $0.keys.joined(separator: "."), count: $0.count) })
                .sorted(by: { $0.name.utf16.lexicographicallyPrecedes($1.name.utf16) })
            {
                json.member(part.name, part.count)
            }
            json.endObject()
        }
    }
}

/// Members by their paths, written in canonical order.
private final class Tree {
    private var members: [String: Tree] = [:]
    private var write: ((inout JSONWriter) throws -> Void)?

    func put(_ path: [String], _ write: @escaping (inout JSONWriter) throws -> Void) {
        guard let first = path.first else {
            self.write = write
            return
        }
        let member = members[first] ?? Tree()
        members[first] = member
        member.put(Array(path.dropFirst()), write)
    }

    func write(to json: inout JSONWriter) throws {
        if let write { return try write(&json) }
        json.beginObject()
        for (name, member) in members.sorted(by: { $0.key.utf16.lexicographicallyPrecedes($1.key.utf16) }) {
            json.key(name)
            try member.write(to: &json)
        }
        json.endObject()
    }
}
