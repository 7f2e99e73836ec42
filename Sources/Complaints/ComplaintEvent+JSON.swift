import CanonicalJSON
import WorkingDays

/// The bytes of the events: by hand for those that are imported by the million, by `Codable` for the others.
///
/// The table says how each event is read; a test holds every event written here to the bytes of its `Codable` form and
/// reads it back.
extension ComplaintEvent {
    package func write(to json: inout JSONWriter) throws {
        switch self {
        case .complaintRegistered(let event): event.write(to: &json)
        case .complaintTransferred(let event): event.write(to: &json)
        case .complaintExtended(let event): event.write(to: &json)
        case .complaintAnswered(let event): event.write(to: &json)
        case .complaintWithdrawn(let event): event.write(to: &json)
        case .applicantTold(let event): json.canonical(try CanonicalCoding.encode(event))
        case .complaintClassified(let event): json.canonical(try CanonicalCoding.encode(event))
        case .complaintCorrected(let event): json.canonical(try CanonicalCoding.encode(event))
        case .complaintAnnulled(let event): json.canonical(try CanonicalCoding.encode(event))
        case .complaintRevealed(let event): json.canonical(try CanonicalCoding.encode(event))
        case .complaintNoted(let event): json.canonical(try CanonicalCoding.encode(event))
        }
    }

    private typealias Reader = @Sendable ([UInt8]) throws -> Self

    private static let readers: KeyValuePairs<String, Reader> = [
        "complaintRegistered": reader(Self.complaintRegistered),
        "complaintTransferred": reader(Self.complaintTransferred),
        "complaintExtended": reader(Self.complaintExtended),
        "applicantTold": reader(Self.applicantTold),
        "complaintAnswered": reader(Self.complaintAnswered),
        "complaintWithdrawn": reader(Self.complaintWithdrawn),
        "complaintClassified": reader(Self.complaintClassified),
        "complaintCorrected": reader(Self.complaintCorrected),
        "complaintAnnulled": reader(Self.complaintAnnulled),
        "complaintNoted": reader(Self.complaintNoted),
        "complaintRevealed": reader(Self.complaintRevealed),
    ]

    private static func reader<Content: Decodable & SendableMetatype>(
        _ make: @escaping @Sendable (Content) -> Self
    ) -> Reader {
        { make(try CanonicalCoding.decode(Content.self, from: $0)) }
    }

    package static let names = readers.map(\.key)

    package init(name: String, payload: [UInt8]) throws {
        guard let read = Self.readers.first(where: { $0.key == name })?.value else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: [], debugDescription: "“\(name)” is no event of a complaint"))
        }
        self = try read(payload)
    }
}

extension ComplaintRegistered {
    func write(to json: inout JSONWriter) {
        json.beginObject()
        json.member("body", body)
        json.member("bodyKind", bodyKind)
        json.member("channel", channel)
        json.member("contacts", contacts)
        json.member("forumNumber", forumNumber)
        json.member("ground", ground.rawValue)
        json.member("kind", kind.rawValue)
        json.member("language", language)
        json.member("named", named)
        json.member("person", person)
        json.member("region", region)
        json.member("registeredOn", registeredOn.description)
        json.member("reviewer", reviewer.rawValue)
        json.member("routing", routing)
        json.member("rule", rule)
        json.member("service", service)
        json.member("subject", subject)
        json.endObject()
    }
}

extension ComplaintTransferred {
    func write(to json: inout JSONWriter) {
        json.beginObject()
        json.member("body", body)
        json.member("bodyKind", bodyKind)
        json.member("reason", reason)
        json.member("reviewer", reviewer.rawValue)
        json.member("service", service)
        json.endObject()
    }
}

extension ComplaintExtended {
    func write(to json: inout JSONWriter) {
        json.beginObject()
        json.member("body", body)
        json.member("by", by.rawValue)
        json.member("days", days)
        json.member("reason", reason)
        json.member("service", service)
        json.endObject()
    }
}

extension ComplaintAnswered {
    func write(to json: inout JSONWriter) {
        json.beginObject()
        json.member("answer", answer)
        json.member("attachment", attachment)
        json.member("measures", measures)
        json.member("outcome", outcome.rawValue)
        json.endObject()
    }
}

extension ComplaintWithdrawn {
    func write(to json: inout JSONWriter) {
        json.beginObject()
        json.member("reason", reason)
        json.endObject()
    }
}
