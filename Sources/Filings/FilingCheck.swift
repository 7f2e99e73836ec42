import Forms
import Languages
import Spreadsheets
import WorkingDays

/// Reads a file as a filing of a form and tells everything that is wrong with it. Nothing is kept.
package struct FilingCheck: Sendable {
    private let form: StatutoryForm
    private let period: ReportPeriod
    private let forms: [StatutoryForm]

    /// A check of filings of a form.
    /// - Parameters:
    ///   - period: the period that they are for, of the form's length.
    ///   - forms: all forms that bodies file, by which another form is known for what it is.
    package init(_ form: StatutoryForm, _ period: ReportPeriod, among forms: FormSet) {
        self.form = form
        self.period = period
        self.forms = forms.forms.filter { $0.making == nil && $0.index != nil }
    }

    /// What a file is as a filing.
    /// - Parameter earlier: what was filed before: an earlier month of a cumulative form, or the same period.
    /// - Throws: `SpreadsheetError.unreadable` where a file cannot be opened or read at all.
    package func report(_ source: ByteSource, after earlier: ByteSource? = nil) throws -> FilingReport {
        let read = try read(source, period)
        guard let table = read.table, let sheet = read.sheet else {
            return FilingReport(faults: read.faults, table: nil, repairs: [])
        }
        var faults = read.faults
        var moment = self.moment(nil)
        if let earlier {
            if let before = try before(earlier) { moment = self.moment(before) }
            if let second = try secondFiling(source, earlier) { faults.append(second) }
        }
        let told = FilingNumbers(form: form, table: table, places: read.places, sheet: sheet.grid.name, moment: moment)
        let isOther = faults.contains { $0.name == .period && $0.column != nil && form.isCumulative }
        faults += told.faults(withoutEmpty: isOther ? lastColumn : nil)
        let repairs = FilingRepair.fewest(form.constraints(on: table, at: moment), in: table)
        return FilingReport(
            faults: faults, table: table, repairs: repairs.map { $0.told(form, read.places) }, places: read.places)
    }

    // MARK: - Reading

    private struct Read {
        var faults: [FilingFault]
        var table: FormTable?
        var places: [FormPlace: String] = [:]
        var sheet: FilingSheet?
    }

    private func read(_ source: ByteSource, _ period: ReportPeriod?) throws -> Read {
        var grids: [SheetGrid] = []
        do {
            try Spreadsheet.read(source) { grid in
                // What we wrote of an earlier check is no part of the filing.
                if !MarkedFiling.isList(grid) { grids.append(grid) }
            }
        } catch let error as SpreadsheetError {
            if case .unreadable = error { throw error }
            let name: FilingFault.Name = error == .encrypted ? .encrypted : .notWhatItSays
            var fault = FilingFault(name, text: FilingTexts.unreadable(error))
            if case .notATable(let nature) = error { fault.found = nature.rawValue }
            return Read(faults: [fault])
        }
        let identified = Identification(grids, asked: form, of: forms)
        guard let sheet = identified.sheet, identified.canBeRead else { return Read(faults: identified.faults) }
        var read = Read(faults: identified.faults, sheet: sheet)
        if sheet.grid.isCut {
            read.faults.append(
                FilingFault(
                    .notWhatItSays, sheet: sheet.grid.name,
                    text: FilingTexts.unreadable(.tooLarge(what: "cells", limit: Spreadsheet.cellLimit))))
            return read
        }
        if let period, let fault = PassportReader(sheet, form).fault(period) { read.faults.append(fault) }
        guard let head = TableHead(sheet, form, period ?? self.period) else {
            read.faults.append(FilingFault(.formUnknown, sheet: sheet.grid.name, text: FilingTexts.noTable))
            return read
        }
        let body = TableBody(sheet, form, head)
        if let shifted = body.shifted {
            read.faults.append(
                FilingFault(
                    .shifted, sheet: sheet.grid.name, cell: shifted.cell, found: shifted.found,
                    text: FilingTexts.shifted(shifted.found)))
            return read
        }
        // A cell that is told of once is not told of again: the line of the period may stand among the heads.
        let told = read.faults
        read.faults += (period == nil ? [] : head.faults).filter { fault in
            !told.contains { $0.name == fault.name && $0.cell != nil && $0.cell == fault.cell }
        }
        if head.faults.contains(where: { $0.name == .shifted }) { return read }
        read.faults += body.faults
        (read.table, read.places) = (body.table, body.places)
        if let period, let fault = lastMonth(body.table, period, sheet) { read.faults.append(fault) }
        return read
    }

    /// The month of a cumulative filing is that of its last filled column.
    private func lastMonth(_ table: FormTable, _ period: ReportPeriod, _ sheet: FilingSheet) -> FilingFault? {
        guard form.isCumulative, let column = lastColumn, let last = Self.filledMonth(form, table),
            last < period.last.month, table.order.allSatisfy({ table[$0, column] == .empty })
        else { return nil }
        let wanted = "\(period)"
        return FilingFault(
            .period, column: column, sheet: sheet.grid.name, found: "", wanted: wanted,
            text: FilingTexts.lastMonth(wanted))
    }

    /// The column of the month of the filing in a cumulative form.
    private var lastColumn: String? {
        form.numbers.first.flatMap { row in form.columns(of: row).first { $0.month == period.last.month }?.code }
    }

    /// The last month in which a number stands.
    private static func filledMonth(_ form: StatutoryForm, _ table: FormTable) -> Int? {
        form.numbers.flatMap { row in
            form.columns(of: row).compactMap { column -> Int? in
                if case .count = table[row.code, column.code] { column.month } else { nil }
            }
        }.max()
    }

    // MARK: - Filings before it

    private func moment(_ earlier: FilingMoment.Earlier?) -> FilingMoment? {
        guard form.isCumulative else { return nil }
        return FilingMoment(year: period.last.year, month: period.last.month, earlier: earlier)
    }

    /// What an earlier file told of a cumulative form: its year stands above the table, its month is that of its last number.
    private func before(_ source: ByteSource) throws -> FilingMoment.Earlier? {
        guard form.isCumulative else { return nil }
        let read = try read(source, nil)
        guard let table = read.table, let sheet = read.sheet, let month = Self.filledMonth(form, table) else {
            return nil
        }
        return FilingMoment.Earlier(
            year: PassportReader(sheet, form).year ?? period.last.year, month: month, table: table)
    }

    /// A filing that was taken is not filed again where the act leaves its correction to the Agency; the same bytes change nothing.
    private func secondFiling(_ source: ByteSource, _ earlier: ByteSource) throws -> FilingFault? {
        guard let bond = form.bonds.first(where: { $0.kind == .noSecondFiling }), try !Self.isSame(source, earlier)
        else {
            return nil
        }
        // What was for another period, or was sent back, was not taken for this one.
        guard try report(earlier).isTaken else { return nil }
        var fault = FilingFault(.changed, rule: bond.name, level: bond.level, text: FilingTexts.secondFiling)
        fault.ground = bond.cite
        fault.founded = bond.ground
        return fault
    }

    private static func isSame(_ left: ByteSource, _ right: ByteSource) throws -> Bool {
        guard left.count == right.count else { return false }
        var offset = 0
        while offset < left.count {
            let piece = try left.bytes(at: offset, count: 1 << 20)
            guard !piece.isEmpty, try piece == right.bytes(at: offset, count: 1 << 20) else { return false }
            offset += piece.count
        }
        return true
    }
}
