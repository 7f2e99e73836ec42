import Forms
import Testing

struct FormCheckTests {
    @Test(
        "A cell is a count, the sign of nothing, empty, or told as it stands and never guessed",
        arguments: [
            ("14", .count(14)), (" 0 ", .count(0)), ("1 234", .count(1234)),
            ("12\u{00A0}345\u{202F}678", .count(12_345_678)),
            ("-", .nothing), ("—", .nothing), ("", .empty), ("  ", .empty), ("1,5", .other("1,5")),
            ("1.234", .other("1.234")), ("12 34", .other("12 34")), ("1234 567", .other("1234 567")),
            ("-3", .other("-3")),
            ("около 5000", .other("около 5000")), ("нет", .other("нет")), ("٣", .other("٣")),
            ("99999999999999999999", .other("99999999999999999999")),
        ] as [(String, FormCell)])
    func cells(text: String, cell: FormCell) { #expect(FormCell(text) == cell) }

    private static func mk() throws -> StatutoryForm {
        let files = try FormFiles.installed().filter { $0.name == "78-1mk.yaml" }
        return try FormSet.load(files: files, measures: [:]).forms[0]
    }

    /// A filing in which all rules hold: nothing happened.
    private static func empty(_ form: StatutoryForm) -> FormTable {
        var table = FormTable()
        for row in form.numbers {
            table.add(
                row: row.code,
                cells: Dictionary(uniqueKeysWithValues: form.columns(of: row).map { ($0.code, FormCell.nothing) }))
        }
        return table
    }

    @Test("A filing of nothing has no fault; a sum that is off is named with what would be right")
    func sums() throws {
        let form = try Self.mk()
        #expect(Self.empty(form).isFaultless(form))
        var table = FormTable()
        for row in form.numbers {
            let counts: [String: Int] = ["1": 3, "1.1": 1, "1.2": 1]
            let count = counts[row.code].map(FormCell.count) ?? .nothing
            table.add(
                row: row.code,
                cells: Dictionary(
                    uniqueKeysWithValues: form.columns(of: row).map { column in
                        (column.code, column.part == .month(2) || column.part == .total ? count : .nothing)
                    }))
        }
        let faults = form.faults(in: table).filter { $0.level == .fault }
        #expect(
            faults.contains { $0.row == "1" && $0.column == "2" && $0.found == "3" && $0.wanted == "= 2" }, "\(faults)")
        #expect(!faults.contains { $0.column == "1" })
    }

    @Test("The total of a quarter is the sum of its months for what happened, and not for what stands")
    func totals() throws {
        let form = try Self.mk()
        var table = FormTable()
        for row in form.numbers {
            let isChanged = row.code == "16"
            table.add(
                row: row.code,
                cells: Dictionary(
                    uniqueKeysWithValues: form.columns(of: row).map { column in
                        (column.code, isChanged && column.part == .month(1) ? .count(4) : .nothing)
                    }))
        }
        let faults = form.faults(in: table)
        #expect(
            faults.contains { $0.row == "16" && $0.column == "4" && $0.found == "-" && $0.wanted == "= 4" }, "\(faults)"
        )
    }

    @Test("An empty cell, a word in a cell, a row that is missing or stands twice are faults of their own")
    func whole() throws {
        let form = try Self.mk()
        var table = FormTable()
        for row in form.numbers where row.code != "3" {
            table.add(
                row: row.code,
                cells: Dictionary(
                    uniqueKeysWithValues: form.columns(of: row).map { column in
                        let isFirst = column.part == .month(1)
                        return (
                            column.code,
                            row.code == "5" && isFirst ? .empty : row.code == "6" && isFirst ? .other("нет") : .nothing
                        )
                    }))
        }
        let faults = form.faults(in: table)
        #expect(faults.contains { $0.row == "5" && $0.column == "1" && $0.found.isEmpty })
        #expect(faults.contains { $0.row == "6" && $0.column == "1" && $0.found == "нет" })
        #expect(faults.contains { $0.row == "3" && $0.column == nil })
    }
}

extension FormTable {
    fileprivate func isFaultless(_ form: StatutoryForm) -> Bool { form.faults(in: self).isEmpty }
}
