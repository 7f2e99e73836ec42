import CanonicalJSON
import WorkingDays

/// The bytes of the events: by hand for those that are imported by the million, by `Codable` for the others.
///
/// A test holds every event written here to the bytes of its `Codable` form.
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
        case .complaintRevealed(let event): json.canonical(try CanonicalCoding.encode(event))
        case .complaintNoted(let event): json.canonical(try CanonicalCoding.encode(event))
        }
    }

    package init(name: String, payload: [UInt8]) throws {
        func read<Event: Decodable>(_ type: Event.Type) throws -> Event {
            try CanonicalCoding.decode(type, from: payload)
        }
        switch name {
        case "complaintRegistered": self = .complaintRegistered(try read(ComplaintRegistered.self))
        case "complaintTransferred": self = .complaintTransferred(try read(ComplaintTransferred.self))
        case "complaintExtended": self = .complaintExtended(try read(ComplaintExtended.self))
        case "applicantTold": self = .applicantTold(try read(ApplicantTold.self))
        case "complaintAnswered": self = .complaintAnswered(try read(ComplaintAnswered.self))
        case "complaintWithdrawn": self = .complaintWithdrawn(try read(ComplaintWithdrawn.self))
        case "complaintClassified": self = .complaintClassified(try read(ComplaintClassified.self))
        case "complaintCorrected": self = .complaintCorrected(try read(ComplaintCorrected.self))
        case "complaintRevealed": self = .complaintRevealed(try read(ComplaintRevealed.self))
        case "complaintNoted": self = .complaintNoted(try read(ComplaintNoted.self))
        default:
            throw DecodingError.dataCorrupted(
                .init(codingPath: [], debugDescription: "“\(name)” is no event of a complaint"))
        }
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
