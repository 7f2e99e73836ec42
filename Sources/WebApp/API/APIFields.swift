import CanonicalJSON
import Languages
import WorkingDays

/// The members of a JSON object that was sent, read strictly: an unknown name, a wrong kind and a missing member are
/// refused by name.
struct APIFields: Sendable {
    /// The longest text of one member, in bytes.
    static let longestText = 64_000

    private let members: [String: JSON]
    private let path: String

    /// Takes an object with no others than these members.
    /// - Throws: `APIProblem`.
    init(_ json: JSON, _ names: [String], path: String = "") throws {
        guard let members = json.object else {
            guard path.isEmpty else { throw APIProblem.field(String(path.dropLast()), "This must be an object.") }
            throw APIProblem(.unprocessable, "The body is no JSON object.")
        }
        let unknown = members.keys.filter { !names.contains($0) }.sorted()
        guard unknown.isEmpty else {
            let known = names.isEmpty ? "there are none here" : "known are \(names.joined(separator: ", "))"
            throw APIProblem(
                .unprocessable,
                "Unknown members: \(unknown.map { path + $0 }.joined(separator: ", ")); \(known).",
                fields: unknown.map { FieldProblem(field: path + $0, message: "There is no such member.") })
        }
        self.members = members
        self.path = path
    }

    private func value(_ name: String) -> JSON? {
        guard let value = members[name], value != .null else { return nil }
        return value
    }

    private func wrong(_ name: String, _ message: String) -> APIProblem { .field(path + name, message) }

    /// A text that is not blank.
    func text(_ name: String) throws -> String {
        guard let text = try optionalText(name) else { throw wrong(name, "Give a text.") }
        return text
    }

    /// A text of so many characters at most that is not blank.
    func text(_ name: String, most characters: Int) throws -> String {
        guard let text = try optionalText(name, mostBytes: .max) else { throw wrong(name, "Give a text.") }
        guard text.count <= characters else { throw wrong(name, "At most \(characters) characters.") }
        return text
    }

    /// A text, nil where it is missing or blank.
    func optionalText(_ name: String, mostBytes: Int = longestText) throws -> String? {
        guard let value = value(name) else { return nil }
        guard let text = value.string else { throw wrong(name, "This must be a text.") }
        guard text.utf8.count <= mostBytes else { throw wrong(name, "At most \(mostBytes) bytes.") }
        guard !text.deceives else {
            throw wrong(
                name, "There are control characters in it, or such as turn the direction of reading: remove them.")
        }
        return text.allSatisfy(\.isWhitespace) ? nil : text
    }

    func optionalInt(_ name: String) throws -> Int? {
        guard let value = value(name) else { return nil }
        guard let number = value.int, let int = Int(exactly: number) else {
            throw wrong(name, "This must be a whole number.")
        }
        return int
    }

    func int(_ name: String) throws -> Int {
        guard let number = try optionalInt(name) else { throw wrong(name, "Give a whole number.") }
        return number
    }

    func optionalBool(_ name: String) throws -> Bool? {
        guard let value = value(name) else { return nil }
        guard let bool = value.bool else { throw wrong(name, "This must be true or false.") }
        return bool
    }

    func bool(_ name: String) throws -> Bool {
        guard let bool = try optionalBool(name) else { throw wrong(name, "Give true or false.") }
        return bool
    }

    func optionalDate(_ name: String) throws -> CivilDate? {
        guard let text = try optionalText(name) else { return nil }
        guard let date = CivilDate(text) else { throw wrong(name, "This must be a date as 2026-03-19.") }
        return date
    }

    func date(_ name: String) throws -> CivilDate {
        guard let date = try optionalDate(name) else { throw wrong(name, "Give a date as 2026-03-19.") }
        return date
    }

    /// A moment with its offset, or `now` where it is missing.
    func moment(_ name: String, or now: Moment) throws -> Moment {
        guard let text = try optionalText(name) else { return now }
        guard let moment = Moment(text) else {
            throw wrong(name, "This must be a moment with its offset, as 2026-03-19T10:30:00+05:00.")
        }
        return moment
    }

    func optionalChoice<Value: RawRepresentable & CaseIterable>(
        _ name: String, _ type: Value.Type
    ) throws -> Value? where Value.RawValue == String {
        guard let text = try optionalText(name) else { return nil }
        guard let value = Value(rawValue: text) else {
            throw wrong(name, "One of \(Value.allCases.map(\.rawValue).joined(separator: ", ")).")
        }
        return value
    }

    func choice<Value: RawRepresentable & CaseIterable>(
        _ name: String, _ type: Value.Type
    ) throws -> Value where Value.RawValue == String {
        guard let value = try optionalChoice(name, type) else {
            throw wrong(name, "Give one of \(Value.allCases.map(\.rawValue).joined(separator: ", ")).")
        }
        return value
    }

    /// A member that is a list of texts; an empty one where it is missing.
    func optionalTexts(_ name: String, most limit: Int = 1_000) throws -> [String] {
        guard let value = value(name) else { return [] }
        let texts = value.array?.compactMap(\.string)
        guard let texts, texts.count == value.array?.count else { throw wrong(name, "This must be a list of texts.") }
        guard texts.count <= limit, texts.allSatisfy({ $0.utf8.count <= 200 }) else {
            throw wrong(name, "At most \(limit) texts of 200 bytes.")
        }
        return texts
    }

    /// A member that is an object itself; an empty one where it is missing.
    func object(_ name: String, _ names: [String]) throws -> APIFields {
        try APIFields(value(name) ?? .object([:]), names, path: path + name + ".")
    }

    /// A member that is a list of objects.
    func objects(_ name: String, _ names: [String], most limit: Int = 1_000) throws -> [APIFields] {
        guard let list = value(name)?.array, !list.isEmpty else { throw wrong(name, "Give a list.") }
        guard list.count <= limit else { throw wrong(name, "At most \(limit) entries.") }
        return try list.enumerated().map { try APIFields($1, names, path: "\(path)\(name)[\($0)].") }
    }

    /// The SHA-256 of a file that the sender uploaded before, or that the case has already; nil where it is missing.
    func document(_ name: String, _ api: APIRequest) throws -> String? {
        guard let digest = try optionalText(name) else { return nil }
        guard try api.site.brought(digest) || api.caseHas(digest) else {
            throw wrong(name, "You uploaded no such file lately: upload it first (POST /api/v1/attachments).")
        }
        return digest
    }
}
