import CanonicalJSON
import Complaints
import WorkingDays

/// One answer of the forum to a pull: what came in there, in its order, and where to go on next time.
///
///     {"items": [{"number": "F-2026-17", "receivedAt": "2026-03-19T10:30:00+05:00", "text": "…",
///                 "language": "ru", "contacts": {"name": "…", "phone": "…", "email": "…", "address": "…", "iin": "…"}}],
///      "next": "opaque", "more": false}
package struct ForumPage: Sendable {
    /// An entry of the answer.
    package struct Item: Sendable {
        /// Its number on the forum, or its place in the answer where it tells none.
        package let name: String
        /// The words; a sentence of what is wrong where they cannot be taken.
        package let words: Result<IntakeWords, ForumFault>
    }

    /// The most entries that an answer may hold.
    package static let mostItems = 500
    /// The longest cursor, in bytes.
    package static let longestCursor = 500

    /// The entries, in their order.
    package let items: [Item]
    /// The cursor with which the next pull goes on; nil: the one that was sent.
    package let next: String?
    /// Whether there is more to be pulled at once.
    package let hasMore: Bool

    /// Reads an answer. One entry that cannot be taken does not stop the others.
    /// - Throws: `ForumFault` where the answer as a whole is not of this form.
    package init(answer bytes: [UInt8]) throws(ForumFault) {
        let json: JSON
        do {
            json = try JSON(parsing: bytes)
        } catch {
            throw ForumFault("The forum's answer is no JSON: \(error)")
        }
        guard let fields = json.object else { throw ForumFault("The forum's answer is no JSON object.") }
        guard let items = fields["items"]?.array else { throw ForumFault("The forum's answer has no list “items”.") }
        guard items.count <= Self.mostItems else {
            throw ForumFault("The forum's answer has \(items.count) items; more than \(Self.mostItems) are not taken.")
        }
        if let cursor = fields["next"], cursor != .null {
            guard let text = cursor.string, !text.isEmpty, text.utf8.count <= Self.longestCursor else {
                throw ForumFault("“next” of the forum's answer is no text of 1 to \(Self.longestCursor) bytes.")
            }
            next = text
        } else {
            next = nil
        }
        hasMore = fields["more"]?.bool ?? false
        self.items = items.enumerated().map { place, item in
            let number = item["number"]?.string.flatMap { Self.isNumber($0) ? $0 : nil }
            return Item(name: number ?? "item \(place + 1)", words: Self.words(item))
        }
    }

    private static func words(_ item: JSON) -> Result<IntakeWords, ForumFault> {
        do throws(ForumFault) { return .success(try read(item)) } catch { return .failure(error) }
    }

    private static func read(_ item: JSON) throws(ForumFault) -> IntakeWords {
        func optional(_ value: JSON?, _ name: String) throws(ForumFault) -> String? {
            guard let value, value != .null else { return nil }
            guard let text = value.string else { throw ForumFault("“\(name)” is no text.") }
            return text.isEmpty ? nil : text
        }
        guard let number = try optional(item["number"], "number"), isNumber(number) else {
            throw ForumFault("“number” is missing, longer than 64 bytes or holds white space.")
        }
        guard let text = try optional(item["text"], "text") else { throw ForumFault("“text” is missing.") }
        guard text.utf8.count <= ComplaintIntake.longestText else {
            throw ForumFault("“text” is longer than \(ComplaintIntake.longestText) bytes.")
        }
        guard let told = try optional(item["receivedAt"], "receivedAt"), let receivedAt = Moment(told) else {
            throw ForumFault("“receivedAt” is no moment with its offset, as 2026-03-19T10:30:00+05:00.")
        }
        let language = try optional(item["language"], "language")
        guard language == nil || language == "kk" || language == "ru" else {
            throw ForumFault("“language” is neither kk nor ru.")
        }
        let contacts = item["contacts"]
        return IntakeWords(
            text: text, channel: "forum", language: language,
            contacts: ComplaintContacts(
                name: try optional(contacts?["name"], "contacts.name"),
                phone: try optional(contacts?["phone"], "contacts.phone"),
                email: try optional(contacts?["email"], "contacts.email"),
                address: try optional(contacts?["address"], "contacts.address"),
                iin: try optional(contacts?["iin"], "contacts.iin")), forumNumber: number, receivedAt: receivedAt)
    }

    /// Whether a text may be a number of the forum: 1 to 64 bytes without white space.
    private static func isNumber(_ text: String) -> Bool {
        (1...64).contains(text.utf8.count) && !text.contains(where: \.isWhitespace)
    }
}

/// What is wrong with an answer of the forum, in a sentence without anything of a person.
package struct ForumFault: Error, Hashable, Sendable, CustomStringConvertible {
    /// The sentence.
    package let description: String

    /// A fault.
    package init(_ description: String) { self.description = description }
}
