/// What is wrong with a file of rows, where, and what to do.
package struct CSVError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kinds of things that can be wrong.
    package enum Problem: Hashable, Sendable {
        /// There is no first line.
        case empty
        /// Columns that must be there are not.
        case missingColumns([String])
        /// Columns that nobody knows.
        case unknownColumns([String], known: [String])
        /// A column is named twice.
        case repeatedColumn(String)
        /// A row has more or fewer fields than there are columns.
        case fieldCount(found: Int, expected: Int)
        /// A quote inside a field that does not begin with one, or text after a closing quote.
        case strayQuote
        /// A quote is opened and the file ends before it is closed.
        case unclosedQuote
        /// A carriage return that no line feed follows.
        case loneCarriageReturn
        /// The bytes are not UTF-8.
        case notUTF8
        /// The bytes are letters of Windows-1251, which has none of the Kazakh ones.
        case windows1251
        /// It is a workbook of Excel or another program.
        case workbook
        /// A row is longer than allowed; the number is the limit in bytes.
        case rowTooLong(limit: Int)
        /// The file is longer than allowed; the number is the limit in bytes.
        case fileTooLong(limit: Int)
        /// The bytes could not be read.
        case unreadable(String)
        /// Whoever reads the rows does not accept the content; the text is his sentence.
        case refused(String)
    }

    /// The file, as it was named to the reader.
    package let file: String
    /// The line, from 1; 0 where it is about the whole file.
    package let line: Int
    /// The column, where it is about one.
    package let column: String?
    /// What is wrong.
    package let problem: Problem

    /// An error from its parts.
    package init(file: String, line: Int, column: String? = nil, problem: Problem) {
        self.file = file
        self.line = line
        self.column = column
        self.problem = problem
    }

    /// Whether reading ends here; otherwise `next()` goes on with the row after.
    package var isFinal: Bool {
        switch problem {
        case .fieldCount, .strayQuote, .loneCarriageReturn, .notUTF8, .rowTooLong, .refused: line <= 1
        default: true
        }
    }

    /// What is wrong and what to do, without the place.
    package var reason: String {
        switch problem {
        case .empty: "The file is empty: write a first line that names the columns."
        case .missingColumns(let names):
            "The first line does not name \(list(names)): add \(names.count == 1 ? "the column" : "the columns")."
        case .unknownColumns(let names, let known):
            "The first line names \(list(names)), which is not known: correct it to one of \(known.joined(separator: ", ")), or remove it."
        case .repeatedColumn(let name): "The first line names \(list([name])) twice: keep one of the two."
        case .fieldCount(let found, let expected):
            "The row has \(found) fields and there are \(expected) columns: put a field with a separator in quotes, or add what is missing."
        case .strayQuote:
            "There is a quote inside a field: put the whole field in quotes and double each quote in it."
        case .unclosedQuote: "The quote that is opened here is never closed: close it."
        case .loneCarriageReturn:
            "There is a carriage return without a line feed: save the table as “CSV UTF-8”, with the line ends of Windows or Unix; perhaps it is no text file."
        case .notUTF8: "The text is not UTF-8: save the file as “CSV UTF-8”."
        case .windows1251:
            "The file is in Windows-1251, in which Kazakh letters are lost: open the workbook it was made from in Excel and save it as “CSV UTF-8 (comma delimited)”."
        case .workbook:
            "The file is a workbook and no table of text: open it, and save it as “CSV UTF-8 (comma delimited)”."
        case .rowTooLong(let limit):
            "The row is longer than \(limit) bytes: shorten it; perhaps a quote was opened here and never closed."
        case .fileTooLong(let limit): "The file is longer than \(limit) bytes: split it."
        case .unreadable(let reason): "The file cannot be read (\(reason)): check that it exists and may be read."
        case .refused(let reason): reason
        }
    }

    package var description: String {
        let place = line > 0 ? "\(file):\(line)" : file
        return "\(place): \(column.map { "\($0): " } ?? "")\(reason)"
    }

    private func list(_ names: [String]) -> String { names.map { "“\($0)”" }.joined(separator: ", ") }
}
