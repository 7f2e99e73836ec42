import Hummingbird

/// Which part of a list is shown and in which order: read from the address, written back into every link of the list, so
/// that a list keeps its choice while it is sorted, paged and exported.
struct ListPlace: Hashable, Sendable {
    /// The address of the list.
    let path: SitePath
    /// What was chosen, in the order of the address.
    var choice: [Choice] = []
    /// By which of the names it is ordered; nil in its own order.
    private(set) var sortedBy: String?
    /// Whether what would come last comes first.
    private(set) var isDescending = false
    /// How many are passed over.
    private(set) var offset = 0

    /// How many can be passed over.
    static let offsets = 0...10_000_000
    /// How many stand on a page.
    static let size = 50

    /// One part of the choice: `kind=central`.
    struct Choice: Hashable, Sendable {
        let name: String
        let value: String?
    }

    /// Reads order and place from the address; an order that is none of `orders` is passed over.
    /// - Parameter sort: the order as a form says it; nil where the address does.
    init<Order: RawRepresentable & CaseIterable>(
        _ path: SitePath, orders: Order.Type, _ site: WebRequest, sort: String? = nil
    ) where Order.RawValue == String {
        self.path = path
        if let text = sort ?? site.query("sort") {
            let name = text.hasPrefix("-") ? String(text.dropFirst()) : text
            if Order.allCases.contains(where: { $0.rawValue == name }) {
                sortedBy = name
                isDescending = text.hasPrefix("-")
            }
        }
        offset = (Int(site.query("skip") ?? "") ?? 0).clamped(to: Self.offsets)
    }

    /// The chosen order; nil for the list's own.
    func order<Order: RawRepresentable>(_ type: Order.Type) -> Order? where Order.RawValue == String {
        sortedBy.flatMap(Order.init(rawValue:))
    }

    /// Adds to the choice.
    mutating func choose(_ name: String, _ value: String?) { choice.append(Choice(name: name, value: value)) }

    /// What was chosen under a name, for the control that shows it.
    func chosen(_ name: String) -> String { choice.first { $0.name == name }?.value ?? "" }

    /// Whether anything narrows the list.
    var isNarrowed: Bool { choice.contains { !($0.value ?? "").isEmpty } }

    private func address(sort: String?, from: Int = 0, format: String? = nil) -> String {
        path.with(
            choice.map { ($0.name, $0.value) }
                + [("sort", sort), ("skip", from == 0 ? nil : "\(from)"), ("format", format)])
    }

    /// The order as the address writes it.
    var sort: String? { sortedBy.map { (isDescending ? "-" : "") + $0 } }

    /// The address of the whole list as a file, as it is seen.
    func export(_ format: ListDownload.Format) -> String { address(sort: sort, format: format.rawValue) }

    /// A column that the list can be sorted by; a second click turns the order round.
    /// - Parameters:
    ///   - isUsual: the list is in this order until another is chosen.
    ///   - startsDescending: the first click puts first what would come last: numbers and moments.
    func column<Order: RawRepresentable>(
        _ label: String, _ order: Order, isNumeric: Bool = false, isUsual: Bool = false,
        startsDescending: Bool = false
    ) -> Column where Order.RawValue == String {
        let name = order.rawValue
        var sorting: Column.Sorting?
        if let sortedBy {
            if sortedBy == name { sorting = isDescending ? .descending : .ascending }
        } else if isUsual {
            sorting = startsDescending ? .descending : .ascending
        }
        let next = sorting.map { $0 == .ascending } ?? startsDescending
        return Column(
            label, isNumeric: isNumeric, sortAddress: address(sort: (next ? "-" : "") + name), sorting: sorting)
    }

    /// Goes no further than a number of rows.
    mutating func stop(at last: Int) { offset = min(offset, last - Self.size) }

    /// The links to the pages before and after.
    /// - Parameter isMore: there is more than the list shows.
    func pager(_ count: Int, of total: Int, isMore: Bool = false) -> Pager {
        let all = NumberText.whole(total) + (isMore ? "+" : "")
        return Pager(
            summary: count == 0
                ? "0 / \(all)"
                : "\(NumberText.whole(offset + 1))–\(NumberText.whole(offset + count)) / \(all)",
            previous: offset > 0 ? address(sort: sort, from: max(0, offset - Self.size)) : nil,
            next: offset + count < total ? address(sort: sort, from: offset + Self.size) : nil)
    }
}

extension ListPlace {
    /// How many are read: a page, or all that a file holds.
    func limit(isExport: Bool) -> Int { isExport ? ListDownload.limit : Self.size }

    /// Where reading begins: a file begins at the beginning.
    func start(isExport: Bool) -> Int { isExport ? 0 : offset }
}

extension Comparable {
    /// The value, or the end of the range that it is beyond.
    func clamped(to range: ClosedRange<Self>) -> Self { min(max(self, range.lowerBound), range.upperBound) }
}
