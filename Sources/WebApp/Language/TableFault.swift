import CSV

/// What can be wrong with a table as a whole or with the form of a line, each with words in three languages.
enum TableFault: String, CaseIterable, Sendable {
    case empty, missingColumns, unknownColumns, repeatedColumn, fieldCount, strayQuote, unclosedQuote, carriageReturn,
        notUTF8, windows1251, workbook, rowTooLong, fileTooLong, unreadable
}

extension CSVError {
    /// What is wrong and what to do, in the reader's language, without the place.
    func words(_ view: View) -> String {
        func words(_ fault: TableFault, _ values: [String: String] = [:]) -> String {
            view.t(TextKey(family: "tableFault", member: fault.rawValue), values)
        }
        func list(_ names: [String]) -> String { names.map { "“\($0)”" }.joined(separator: ", ") }
        return switch problem {
        case .empty: words(.empty)
        case .missingColumns(let names): words(.missingColumns, ["columns": list(names)])
        case .unknownColumns(let names, let known):
            words(.unknownColumns, ["columns": list(names), "known": known.joined(separator: ", ")])
        case .repeatedColumn(let name): words(.repeatedColumn, ["column": list([name])])
        case .fieldCount(let found, let expected):
            words(.fieldCount, ["found": "\(found)", "expected": "\(expected)"])
        case .strayQuote: words(.strayQuote)
        case .unclosedQuote: words(.unclosedQuote)
        case .loneCarriageReturn: words(.carriageReturn)
        case .notUTF8: words(.notUTF8)
        case .windows1251: words(.windows1251)
        case .workbook: words(.workbook)
        case .rowTooLong(let limit): words(.rowTooLong, ["limit": NumberText.whole(limit)])
        case .fileTooLong(let limit): words(.fileTooLong, ["limit": NumberText.whole(limit)])
        // What the system or a reader of rows says is for the log; the next step is the same.
        case .unreadable, .refused: words(.unreadable)
        }
    }

    /// The same with the file, the line and the column.
    func placedWords(_ view: View) -> String {
        let place = line > 0 ? "\(file):\(line)" : file
        return "\(place): \(column.map { "\($0): " } ?? "")\(words(view))"
    }
}
