import Spreadsheets
import WorkingDays

/// Reads a body's list, whole or not at all; every fault is told at its cell. The IIN of a line becomes a keyed number at once.
package struct BodyListReader {
    /// What came of a file.
    package struct Outcome: Sendable {
        /// The list; nil where it has faults.
        package let list: BodyCaseList?
        /// What is wrong, in the order of the file.
        package let faults: [BodyListFault]
        /// How many services of the list our register does not have; they are matched without.
        package let unknownServices: Int
    }

    /// How many faults are told at most.
    static let mostFaults = 200

    private let discrepancy: String
    private let today: CivilDate
    private let services: [String: String]
    private let identify: (String) -> String
    private var faults: [BodyListFault] = []
    private var cases: [BodyCase] = []
    private var seen: Set<String> = []
    private var unknownServices = 0

    /// A reader of the list of a discrepancy.
    /// - Parameters:
    ///   - today: no day of the list lies after it.
    ///   - services: the services of the register: by code, and by name in both languages.
    ///   - identify: the keyed number of a person, by his IIN.
    package init(
        _ discrepancy: String, today: CivilDate, services: [String: String], identify: @escaping (String) -> String
    ) {
        self.discrepancy = discrepancy
        self.today = today
        self.services = services
        self.identify = identify
    }

    /// The words of a service as they are looked up.
    package static func fold(_ service: String) -> String { BodyListColumn.fold(service) }

    /// Reads a file.
    /// - Throws: `SpreadsheetError` where it is no table at all, or larger than is read.
    package static func read(
        _ source: ByteSource, _ discrepancy: String, today: CivilDate, services: [String: String],
        identify: @escaping (String) -> String
    ) throws -> Outcome {
        var tables: [SheetGrid] = []
        try Spreadsheet.read(source) { grid in if !grid.rows.isEmpty { tables.append(grid) } }
        var reader = BodyListReader(discrepancy, today: today, services: services, identify: identify)
        // Of a workbook that sheet is the list that has its heads; the template has a second one that says how it is filled in.
        guard let table = tables.first(where: { Self.head(of: $0) != nil }) else {
            return Outcome(list: nil, faults: [BodyListFault(.noHead)], unknownServices: 0)
        }
        reader.read(table)
        return reader.outcome
    }

    private var outcome: Outcome {
        Outcome(
            list: faults.isEmpty ? BodyCaseList(discrepancy: discrepancy, cases: cases) : nil, faults: faults,
            unknownServices: unknownServices)
    }

    private mutating func fail(_ name: BodyListFault.Name, _ row: Int? = nil, _ place: (Int, BodyListColumn?)? = nil) {
        guard faults.count < Self.mostFaults else { return }
        faults.append(
            BodyListFault(
                name, line: row, column: place?.1,
                cell: row.flatMap { row in place.map { SheetGrid.address(row: row, column: $0.0) } }))
    }

    /// The place of the row with the heads: the first that names both columns which must be there.
    private static func head(of table: SheetGrid) -> Int? {
        table.rows.prefix(60).firstIndex { row in
            let named = Set(row.cells.compactMap { BodyListColumn(head: $0.cell.shown) })
            return named.contains(.own) && (named.contains(.filedOn) || named.count >= 3)
        }
    }

    private mutating func read(_ table: SheetGrid) {
        guard let head = Self.head(of: table) else { return fail(.noHead) }
        for row in table.rows[..<head] {
            for (column, cell) in row.cells {
                let text = cell.shown
                guard text.contains("_"), let id = FilingID(text), !id.body.isEmpty, text != discrepancy else {
                    continue
                }
                fail(.otherDiscrepancy, row.number, (column, nil))
            }
        }
        var columns: [Int: BodyListColumn] = [:]
        let heads = table.rows[head]
        for (place, cell) in heads.cells where !cell.isBlank {
            guard let column = BodyListColumn(head: cell.shown) else {
                fail(.columnUnknown, heads.number, (place, nil))
                continue
            }
            if columns.values.contains(column) { fail(.columnTwice, heads.number, (place, column)) }
            columns[place] = column
        }
        for column in BodyListColumn.allCases where column.isRequired && !columns.values.contains(column) {
            faults.append(BodyListFault(.columnMissing, line: heads.number, column: column))
        }
        guard faults.isEmpty else { return }
        let rows = table.rows[(head + 1)...].filter { row in
            row.cells.contains { columns[$0.column] != nil && !$0.cell.isBlank }
        }
        if rows.isEmpty { fail(.noCase) }
        if table.isCut || rows.count > BodyCaseList.mostCases { return fail(.tooMany) }
        for row in rows { read(row, columns) }
    }

    private mutating func read(_ row: SheetGrid.Row, _ columns: [Int: BodyListColumn]) {
        let before = faults.count
        var cells: [BodyListColumn: (place: Int, cell: SheetCell)] = [:]
        for (place, cell) in row.cells where !cell.isBlank {
            guard let column = columns[place] else {
                fail(.columnUnknown, row.number, (place, nil))
                continue
            }
            switch cell {
            case .formula, .error: fail(.formula, row.number, (place, column))
            default: cells[column] = (place, cell)
            }
        }
        for column in BodyListColumn.allCases where column.isRequired && cells[column] == nil {
            let place = columns.first { $0.value == column }?.key ?? 0
            fail(.missing, row.number, (place, column))
        }
        func text(_ column: BodyListColumn) -> String? {
            cells[column].map { String($0.cell.shown.trimmed) }
        }
        var days: [BodyListColumn: CivilDate] = [:]
        for column in BodyListColumn.allCases where column.isDay {
            guard let (place, cell) = cells[column] else { continue }
            guard let day = Self.day(cell) else {
                fail(.dayWrong, row.number, (place, column))
                continue
            }
            if day > today { fail(.dayFuture, row.number, (place, column)) }
            days[column] = day
        }
        var one = BodyCase(
            own: text(.own) ?? "", forum: text(.forum), number: text(.number),
            filedOn: days[.filedOn] ?? CivilDate(dayNumber: 0), countedOn: days[.countedOn],
            answeredOn: days[.answeredOn])
        if one.countedOn == one.filedOn { one.countedOn = nil }
        check(one, row.number, cells.mapValues(\.place))
        choose(&one, row.number, cells.mapValues(\.place), text)
        if let iin = text(.iin) {
            if Self.isIIN(iin) {
                one.person = identify(iin)
            } else {
                fail(.iinWrong, row.number, (cells[.iin]?.place ?? 0, .iin))
            }
        }
        if faults.count == before { cases.append(one) }
    }

    /// The numbers of a case.
    private mutating func check(_ one: BodyCase, _ row: Int, _ places: [BodyListColumn: Int]) {
        for (column, number) in [(BodyListColumn.own, one.own), (.forum, one.forum ?? "")] where !number.isEmpty {
            let place = (places[column] ?? 0, column as BodyListColumn?)
            if number.utf8.count > 64 || !number.unicodeScalars.allSatisfy(Self.isPlain) {
                fail(.numberWrong, row, place)
            } else if Self.looksPersonal(number) {
                fail(.numberPersonal, row, place)
            }
        }
        if !one.own.isEmpty, !seen.insert(one.own).inserted { fail(.ownTwice, row, (places[.own] ?? 0, .own)) }
        if let number = one.number, !Self.isOurs(number) {
            fail(.centreNumberWrong, row, (places[.number] ?? 0, .number))
        }
    }

    /// What is chosen from lists.
    private mutating func choose(
        _ one: inout BodyCase, _ row: Int, _ places: [BodyListColumn: Int], _ text: (BodyListColumn) -> String?
    ) {
        if let kind = text(.kind) {
            one.kind = BodyListWords.code(kind, among: BodyListWords.kinds)
            if one.kind == nil { fail(.kindUnknown, row, (places[.kind] ?? 0, .kind)) }
        }
        if let source = text(.source) {
            one.source = BodyListWords.code(source, among: BodyListWords.sources).flatMap(BodyCaseSource.init)
            if one.source == nil { fail(.sourceUnknown, row, (places[.source] ?? 0, .source)) }
        }
        if let service = text(.service) {
            // The register of services is another list than the body's: what it does not have is matched without, its words not kept.
            one.service = services[Self.fold(service)]
            if one.service == nil { unknownServices += 1 }
        }
    }

    // MARK: - Words

    private static func day(_ cell: SheetCell) -> CivilDate? {
        let text = String(cell.shown.trimmed.prefix(10))
        if let day = CivilDate(text) { return day }
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[2].count == 4, let day = Int(parts[0]), let month = Int(parts[1]),
            let year = Int(parts[2])
        else { return nil }
        return CivilDate(year: year, month: month, day: day)
    }

    private static func isIIN(_ text: String) -> Bool {
        text.utf8.count == 12 && text.utf8.allSatisfy { (48...57).contains($0) }
    }

    /// Twelve digits on end are an IIN until somebody shows that they are none.
    private static func looksPersonal(_ text: String) -> Bool {
        text.split { !$0.isNumber }.contains { isIIN(String($0)) }
    }

    private static func isOurs(_ text: String) -> Bool {
        let parts = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        return parts.count == 2 && parts[0].count == 4 && (6...9).contains(parts[1].count)
            && parts.joined().allSatisfy { (48...57).contains($0) }
    }

    private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value >= 0x20 && !(0x7F...0x9F).contains(scalar.value) && !scalar.properties.isBidiControl
            && scalar.properties.generalCategory != .format
    }
}

extension String {
    /// Without white space at either end.
    fileprivate var trimmed: Substring {
        var rest = self[...]
        while rest.first?.isWhitespace == true { rest.removeFirst() }
        while rest.last?.isWhitespace == true { rest.removeLast() }
        return rest
    }
}
