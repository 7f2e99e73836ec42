import CanonicalJSON
import Languages
import WorkingDays

// What programs are told of a record, over HTTP and on the command line alike; a member that is not known is left out.

extension JSON {
    /// An object without the members that are null: what is not known is left out.
    package static func members(_ members: [String: JSON]) -> JSON { .object(members.filter { $0.value != .null }) }

    /// A text, or null.
    package static func text(_ text: String?) -> JSON { text.map(JSON.string) ?? .null }

    /// A date, or null.
    package static func date(_ date: CivilDate?) -> JSON { text(date?.description) }

    /// A moment in UTC, or null.
    package static func moment(_ moment: Moment?) -> JSON { text(moment?.description) }

    /// A whole number.
    package static func number(_ number: Int) -> JSON { .int(Int64(number)) }

    /// A name in the languages in which it is known.
    package static func names(_ name: Localized) -> JSON {
        members(["kk": .string(name.kk), "ru": .string(name.ru), "en": text(name.en)])
    }
}
