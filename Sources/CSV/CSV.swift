/// Tables in text files: RFC 4180 read strictly, row by row, whatever the size of the file.
///
/// Decides: where a row and a field begin and end, which column is which, and what is wrong with a file and where.
/// Refuses to know: what any column means, and where bytes come from: the caller gives chunks, so a file of a million
/// rows needs no more memory than one chunk and one row.
///
/// Strict means: UTF-8 (with or without a byte order mark), a first line that names the columns, as many fields in each
/// row as there are columns, quotes only around whole fields. Lenient in one thing: where the first line has no comma,
/// semicolons or tabs separate, as spreadsheets of Kazakhstan write them.
///
/// Start with `CSVReader`; `CSVRow` is what it gives; `CSVError` says where and what to do. `CSVWriter` writes rows. After an error that is not
/// final the reader goes on with the next row, so an import can collect the errors and take in the rest.

/// The place of a column in the rows of one file; found once, used for each row.
package struct CSVColumn: Hashable, Sendable {
    let index: Int
}

/// The first line of a file.
final class CSVHeader: Sendable {
    let file: String
    let names: [String]
    let places: [String: Int]

    init(file: String, names: [String]) {
        self.file = file
        self.names = names
        places = Dictionary(names.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    }
}
