import CanonicalJSON
import Journal
import WorkingDays

/// What an auditor is told of one event: who did what to which case, and when; never a text that somebody typed.
///
/// Names, contacts, purposes and reasons stay in the journal, where those who may read them find them by the position.
package struct AuditRecord: Hashable, Sendable {
    /// What sort of deed it is.
    package enum Sort: String, CaseIterable, Sendable {
        /// Somebody looked at names and contacts.
        case look
        /// Somebody signed in or out, or was not let in.
        case access
        /// An account, its rights or its secrets changed.
        case account
        /// The house itself: backups, the vault, the clock, erasures.
        case house
        /// A case, a register or a card was changed.
        case change
    }

    /// What sort of deed it is.
    package let sort: Sort
    /// The place of the event in the journal; tells it apart for ever.
    package let position: Int64
    /// The name of the event.
    package let name: String
    /// Whose or what: the stream.
    package let stream: String
    /// Who did it: the number of an account, a body's link, the name at the command line.
    package let actor: String
    /// When the journal took it.
    package let recordedAt: Moment
    /// Codes that say more, by their names in the event.
    package let codes: [String: String]
    /// Whether somebody was refused.
    package var isRefusal: Bool { name == "userSignInRefused" }

    /// The members of events that hold a code of the program, never a text that somebody typed.
    static let codeNames: Set<String> = [
        "because", "body", "bodyKind", "format", "isSame", "list", "outcome", "roles", "scope", "until",
    ]

    /// The events by which somebody sees data of persons, or takes them out.
    package static let looks: Set<String> = [
        "complaintRevealed", "submissionRevealed", "responsiblePersonRevealed", "cardSignersRevealed", "deliveryCopied",
        "userTookList",
    ]

    /// What sort of deed an event is; nil where nobody did it: the timers' own work and deliveries are no deed of anybody.
    package static func sort(of event: RecordedEvent) -> Sort? {
        if looks.contains(event.name) { return .look }
        return switch event.stream.kind {
        case "user": event.name.hasPrefix("user") ? .access : .account
        case "machine": .house
        case _ where event.actor == .timer: nil
        default: .change
        }
    }

    /// The record of an event; nil where nobody did it: the timers' own work and deliveries are no deed of anybody.
    package init?(_ event: RecordedEvent) {
        guard let sort = Self.sort(of: event) else { return nil }
        self.sort = sort
        position = event.position
        name = event.name
        stream = event.stream.rawValue
        actor = event.actor.rawValue
        recordedAt = event.recordedAt
        codes = Self.codes(of: event.payload)
    }

    private static func codes(of payload: [UInt8]) -> [String: String] {
        // What the journal took is JSON; where it is not, the record tells the rest all the same.
        guard let json = try? JSON(parsing: payload) else { return [:] }
        // The content of a case's event stands in an envelope with its clocks.
        let content = json["event"] ?? json
        var codes: [String: String] = [:]
        for name in codeNames {
            guard let value = content[name] else { continue }
            if let text = value.string { codes[name] = text }
            if let list = value.array { codes[name] = list.compactMap(\.string).joined(separator: ",") }
        }
        return codes
    }

    /// The record as a message of syslog (RFC 5424), facility 13 (audit).
    /// - Parameter host: the name of this machine.
    package func syslog(host: String) -> String {
        let severity =
            switch sort {
            case _ where isRefusal: 4
            case .look, .account, .house: 5
            case .access, .change: 6
            }
        var data = ["actor": actor, "position": "\(position)", "sort": sort.rawValue, "stream": stream]
        data.merge(codes) { known, _ in known }
        let elements = data.sorted { $0.key < $1.key }.map { " \($0.key)=\"\(Self.escaped($0.value))\"" }.joined()
        let id = Self.word(name, most: 32)
        return
            "<\(13 * 8 + severity)>1 \(recordedAt) \(Self.word(host, most: 255)) bailanys - \(id) [bailanys@32473\(elements)] \(Self.plain("\(actor) \(name) \(stream)"))"
    }

    /// A value of structured data (RFC 5424 §6.3.3), without control characters and of a bounded length.
    private static func escaped(_ text: String) -> String {
        var value = ""
        for scalar in text.unicodeScalars.prefix(256) where scalar.value >= 0x20 && scalar.value != 0x7F {
            if ["\"", "\\", "]"].contains(scalar) { value.unicodeScalars.append("\\") }
            value.unicodeScalars.append(scalar)
        }
        return value
    }

    /// Words without control characters, of a bounded length.
    private static func plain(_ text: String) -> String {
        String(text.unicodeScalars.prefix(512).filter { $0.value >= 0x20 && $0.value != 0x7F }.map(Character.init))
    }

    /// A field of the header: printable ASCII, or `-`.
    private static func word(_ text: String, most: Int) -> String {
        let word = String(
            text.unicodeScalars.filter { $0.value > 0x20 && $0.value < 0x7F }.prefix(most).map(Character.init))
        return word.isEmpty ? "-" : word
    }
}
