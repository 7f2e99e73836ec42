import Accounts
import CanonicalJSON
import WorkingDays

/// Which part of a list is asked for: `limit` entries after `cursor`.
///
/// A cursor is opaque: callers send back what they were given. It is the place in the order of the list.
struct APIPage: Sendable {
    static let queries = ["limit", "cursor"]
    private static let standardLimit = 50
    private static let highestLimit = 500
    /// No list is longer; what is added to it stays a number.
    private static let highestOffset = 1_000_000_000

    /// How many entries at most.
    let limit: Int
    /// What the list put into the cursor; empty for the first page.
    let place: [String]

    /// Reads `limit` and `cursor` of the query.
    /// - Throws: `APIProblem`.
    init(_ api: APIRequest) throws { try self.init(api.site) }

    /// The same for whoever asks without an account of ours.
    init(_ site: WebRequest) throws {
        limit = try site.queryInt("limit", 1...Self.highestLimit) ?? Self.standardLimit
        guard let cursor = site.query("cursor") else {
            place = []
            return
        }
        guard let bytes = Base64URL.decode(cursor), let list = try? JSON(parsing: bytes).array  // answered below
        else { throw APIProblem(.badRequest, "The cursor is not one that a list of this interface gave.") }
        place = list.compactMap(\.string)
    }

    /// How many entries came before, for lists that count.
    var offset: Int {
        get throws {
            guard let first = place.first else { return 0 }
            guard let offset = Int(first), (0...Self.highestOffset).contains(offset), place.count == 1 else {
                throw APIProblem(.badRequest, "The cursor is not one that this list gave.")
            }
            return offset
        }
    }

    /// The number after which the list goes on, for lists by a number as 2026-000017; nil for the first page.
    var number: String? {
        get throws {
            guard let first = place.first else { return nil }
            let parts = first.split(separator: "-", omittingEmptySubsequences: false)
            let isNumber =
                place.count == 1 && parts.count == 2 && parts[0].count == 4 && parts[1].count >= 6
                && parts.allSatisfy { $0.utf8.allSatisfy { (48...57).contains($0) } }
            guard isNumber else { throw APIProblem(.badRequest, "The cursor is not one that this list gave.") }
            return first
        }
    }

    /// The answer with entries of which one more than `limit` was asked for, so that it is known whether others follow.
    func answer<Entry>(
        _ entries: [Entry], next: (Entry) -> [String], _ json: (Entry) throws -> JSON
    ) rethrows -> APIAnswer {
        let shown = entries.prefix(limit)
        var members: [String: JSON] = ["items": .array(try shown.map(json))]
        if entries.count > limit, let last = shown.last {
            let place = JSON.array(next(last).map(JSON.string))
            members["next"] = .string(Base64URL.encode(place.bytes))
        }
        return APIAnswer(.object(members))
    }

    /// The answer of a list that counts.
    func answer<Entry>(_ entries: [Entry], _ json: (Entry) throws -> JSON) throws -> APIAnswer {
        let next = try offset + limit
        return try answer(entries, next: { _ in [String(next)] }, json)
    }
}

extension WebRequest {
    /// A whole number of the query within a range, nil where it is missing.
    func queryInt(_ name: String, _ range: ClosedRange<Int>) throws -> Int? {
        guard let text = query(name) else { return nil }
        guard let number = Int(text), range.contains(number) else {
            throw APIProblem(
                .badRequest, "The query \(name) is a number from \(range.lowerBound) to \(range.upperBound).")
        }
        return number
    }
}

extension APIRequest {
    /// A whole number of the query within a range, nil where it is missing.
    func queryInt(_ name: String, _ range: ClosedRange<Int>) throws -> Int? { try site.queryInt(name, range) }

    /// A date of the query, nil where it is missing.
    func queryDate(_ name: String) throws -> CivilDate? {
        guard let text = site.query(name) else { return nil }
        guard let date = CivilDate(text) else {
            throw APIProblem(.badRequest, "The query \(name) is a date as 2026-03-19.")
        }
        return date
    }

    /// Values of the query, separated by commas; empty where it is missing.
    func queryChoices<Value: RawRepresentable & CaseIterable & Hashable>(
        _ name: String, _ type: Value.Type
    ) throws -> Set<Value> where Value.RawValue == String {
        let words = (site.query(name) ?? "").split(separator: ",").map(String.init)
        return try Set(
            words.map { word in
                guard let value = Value(rawValue: word) else {
                    throw APIProblem(
                        .badRequest,
                        "The query \(name) takes \(Value.allCases.map(\.rawValue).joined(separator: ", ")).")
                }
                return value
            })
    }
}
