import Markup

/// A column of a table.
package struct Column: Hashable, Sendable {
    /// What stands above it; on a telephone, before each value.
    package let label: String
    /// Numbers stand at the right, in digits of one width.
    package let isNumeric: Bool
    /// The address that sorts the list by this column, where it can be sorted.
    package let sortAddress: String?
    /// How the list is sorted by this column now.
    package let sorting: Sorting?

    /// The order of a sorted column.
    package enum Sorting: String, Hashable, Sendable {
        case ascending
        case descending
    }

    /// A column.
    package init(_ label: String, isNumeric: Bool = false, sortAddress: String? = nil, sorting: Sorting? = nil) {
        self.label = label
        self.isNumeric = isNumeric
        self.sortAddress = sortAddress
        self.sorting = sorting
    }
}

/// Writes the cells of one row, in the order of the columns.
package struct RowWriter {
    private let columns: [Column]
    private var next = 0

    init(columns: [Column]) { self.columns = columns }

    /// Writes the next cell.
    package mutating func cell(_ html: inout HTML, content: (inout HTML) -> Void) {
        let column = next < columns.count ? columns[next] : Column("")
        let attributes = [
            Attribute.class("num").when(column.isNumeric), Attribute("data-label", column.label),
        ]
        if next == 0 {
            html.element("th", attributes + [.scope("row")], content)
        } else {
            html.element("td", attributes, content)
        }
        next += 1
    }

    /// Writes the next cell with a text.
    package mutating func cell(_ html: inout HTML, _ text: String) { cell(&html) { $0.text(text) } }
}

extension RowWriter {
    /// Writes the next cell with a number and its bar, as long as its part of the greatest.
    package mutating func bar(_ html: inout HTML, _ number: Int, of greatest: Int, address: String?) {
        cell(&html) { html in
            html.span(.class("cell-bar")) { html in
                html.svg(width: 96, height: 8, .ariaHidden) { html in
                    let length = greatest > 0 ? max(number * 96 / greatest, number > 0 ? 2 : 0) : 0
                    html.rect(x: 96 - length, y: 0, width: length, height: 8, .class("is-running"))
                }
                if let address {
                    html.a(.class("plain-link"), .href(address), text: NumberText.whole(number))
                } else {
                    html.span(text: NumberText.whole(number))
                }
            }
        }
    }
}

extension HTML {
    /// A table of records: a heading for the ear, columns, one row for each record. The first column names the record.
    ///
    /// On a narrow screen each record becomes a block with the labels beside the values, so nothing has to be scrolled.
    package mutating func dataTable<Record>(
        caption: String, columns: [Column], rows: [Record], row: (inout RowWriter, inout HTML, Record) -> Void
    ) {
        div(.class("table-frame")) { html in
            html.table(.class("data")) { html in
                html.caption(.class("visually-hidden"), text: caption)
                html.thead { html in
                    html.tr { html in for column in columns { html.header(of: column) } }
                }
                html.tbody { html in
                    for record in rows {
                        html.tr { html in
                            var writer = RowWriter(columns: columns)
                            row(&writer, &html, record)
                        }
                    }
                }
            }
        }
    }

    private mutating func header(of column: Column) {
        th(
            .scope("col"), .class("num").when(column.isNumeric),
            Attribute("aria-sort", optional: column.sorting?.rawValue)
        ) { html in
            guard let address = column.sortAddress else {
                html.text(column.label)
                return
            }
            html.a(.href(address), .class("sort")) { html in
                html.text(column.label)
                if column.sorting != nil { html.icon(.chevron) }
            }
        }
    }
}
