extension FormCheck {
    /// Along the months up to that of the filing, each cell against the one before it that holds a number.
    var notFalling: [FormConstraint] {
        let counting: Set<FormRow.Counting> = [.flow, .persons, .distinct]
        let rows =
            rule.isAboutLines ? rows.filter { form.row($0).map { counting.contains($0.counting) } ?? false } : rows
        return rows.flatMap { row -> [FormConstraint] in
            (rule.isAboutLines ? table.ways(below: row) : [[]]).flatMap { way -> [FormConstraint] in
                let filled = months(of: row).map { FormPlace(row: row, line: way, column: $0.code) }
                    .filter { table[$0].amount != nil }
                return zip(filled, filled.dropFirst()).map { before, after in
                    FormConstraint(rule, after, plus: [before], minus: [after], .atMost)
                }
            }
        }
    }

    /// The months after an earlier filing of the same year, against its last month.
    var notFallingSince: [FormConstraint] {
        guard let moment, let earlier = moment.earlier, earlier.year == moment.year, earlier.month < moment.month
        else { return [] }
        return rows.flatMap { row -> [FormConstraint] in
            let all = months(of: row)
            guard let last = all.first(where: { $0.month == earlier.month }),
                case .count(let told) = earlier.table[row, last.code]
            else { return [] }
            return all.filter { ($0.month ?? 0) > earlier.month }.compactMap { column in
                let place = FormPlace(row: row, column: column.code)
                guard table[place].amount != nil else { return nil }
                return FormConstraint(rule, place, plus: [], minus: [place], constant: told, .atMost)
            }
        }
    }

    /// The months that an earlier filing of the same year told already. "-" on either side is no information.
    var sameAsFiled: [FormConstraint] {
        guard let moment, let earlier = moment.earlier, earlier.year == moment.year else { return [] }
        let last = min(earlier.month, earlier.month == moment.month ? moment.month - 1 : moment.month)
        return rows.flatMap { row in
            months(of: row).filter { ($0.month ?? 0) <= last }.compactMap { column in
                let place = FormPlace(row: row, column: column.code)
                guard case .count(let told) = earlier.table[row, column.code], case .count = table[place] else {
                    return nil
                }
                return FormConstraint(rule, place, plus: [place], minus: [], constant: -told, .equal)
            }
        }
    }

    /// January against the last month of the year before: where no row has become less, the total was carried on.
    var startsAnew: [FormConstraint] {
        guard let moment, let earlier = moment.earlier, earlier.year == moment.year - 1 else { return [] }
        let asked = form.numbers.filter { $0.counting == .flow || $0.counting == .persons }.compactMap {
            row -> FormConstraint? in
            let columns = form.columns(of: row)
            guard let first = columns.first(where: { $0.month == 1 }),
                let last = columns.first(where: { $0.month == earlier.month }),
                case .count(let told) = earlier.table[row.code, last.code], told > 0
            else { return nil }
            let place = FormPlace(row: row.code, column: first.code)
            guard case .count = table[place] else { return nil }
            return FormConstraint(rule, place, plus: [place], minus: [], constant: 1 - told, .atMost)
        }
        let isCarriedOn = !asked.isEmpty && asked.allSatisfy { !$0.holds { table[$0].amount ?? 0 } }
        return isCarriedOn ? Array(asked.prefix(1)) : []
    }

    /// The columns of a row up to the month of the filing.
    private func months(of row: String) -> [FormColumn] {
        columns(of: row).filter { column in column.month.map { $0 <= moment?.month ?? 12 } ?? false }
    }
}
