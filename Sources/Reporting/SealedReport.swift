import CanonicalJSON
import Forms

/// What stands in a sealed report: its numbers, and the cases behind those that it names.
package struct SealedReport: Sendable {
    /// The numbers that were sent.
    package let figures: FormFigures
    private let form: StatutoryForm
    private let document: JSON

    /// Reads a document at rest; nil where it is not of this form.
    package init?(_ bytes: [UInt8], of form: StatutoryForm) {
        // What is no JSON is no sealed report; whoever asks shows the numbers of now instead.
        guard let document = try? JSON(parsing: bytes), let schema = document["schema"]?.string,
            schema == form.making?.schema
        else { return nil }
        self.form = form
        self.document = document
        var figures = FormFigures()
        for row in form.numbers {
            guard let number = row.made else { continue }
            if let group = number.finest, let parts = Self.parts(document.value(at: group.path), group) {
                figures.set(row.code, parts: parts, row.counting)
            }
            if !number.path.isEmpty { figures[row.code] = document.value(at: number.path)?.int.map { Int($0) } }
        }
        self.figures = figures
    }

    private static func parts(_ json: JSON?, _ group: FormNumber.Group) -> [FormFigures.Part]? {
        guard group.isList else {
            return json?.object?.compactMap { name, value in
                value.int.map { FormFigures.Part(keys: [name], count: Int($0)) }
            }.sorted { $0.keys.lexicographicallyPrecedes($1.keys) }
        }
        return json?.array?.compactMap { entry in
            let keys = group.names.compactMap { entry[$0]?.string }
            guard keys.count == group.names.count, let count = entry["count"]?.int else { return nil }
            return FormFigures.Part(keys: keys, count: Int(count))
        }
    }

    /// The numbers of the cases behind a number, as they were sealed; nil where the document only counts them.
    package func cases(behind number: ReportNumber) -> [String]? {
        guard let made = form.row(number.row)?.made, let list = made.list,
            let entries = document.value(at: list.path)?.array
        else { return nil }
        let isWanted: (JSON) -> Bool
        if number.keys.isEmpty {
            isWanted = { _ in true }
        } else if let last = made.finest?.keys.last, list.columns.contains(last) {
            // The innermost key tells the case; where an outer one was asked for, all that stand within it do.
            let wanted = Set(
                figures.parts(of: number.row).filter { $0.keys.starts(with: number.keys) }.compactMap(\.keys.last))
            isWanted = { wanted.contains($0[last]?.string ?? "") }
        } else {
            return nil
        }
        return entries.filter(isWanted).compactMap { $0["number"]?.string }
    }

    /// What stands behind a row one by one, as it was sealed; nil where the document only counts it. Contacts, which it holds as
    /// ciphertext, are left out.
    package func entries(of row: FormRow) -> (columns: [String], entries: [[String: String]])? {
        guard let list = row.made?.list, let entries = document.value(at: list.path)?.array else { return nil }
        let columns = list.columns.filter { $0 != ContactTokens.column }
        return (
            columns,
            entries.map { entry in
                columns.reduce(into: [:]) { $0[$1] = entry[$1]?.string ?? entry[$1]?.int.map { "\($0)" } }
            }
        )
    }
}

extension JSON {
    /// The value at a path of members.
    fileprivate func value(at path: [String]) -> JSON? { path.reduce(Optional(self)) { $0?[$1] } }
}
