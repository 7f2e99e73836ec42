import CanonicalJSON
import Casework
import Rulebook
import WorkingDays

/// The bytes of the events that are imported by the million, by hand; a test holds every one to its `Codable` form.
extension ComplaintEvent {
    package func write(to json: inout JSONWriter) throws {
        switch self {
        case .complaintRegistered(let event): event.write(to: &json)
        case .complaintTransferred(let event): event.write(to: &json)
        case .complaintExtended(let event): event.write(to: &json)
        case .complaintAnswered(let event): event.write(to: &json)
        case .complaintWithdrawn(let event): event.write(to: &json)
        case .applicantTold, .complaintClassified, .complaintCorrected, .complaintAnnulled, .complaintNoted,
            .complaintRevealed, .complaintReceived, .complaintReturnProposed, .complaintReturnDeclined, .applicantAsked,
            .applicantAdded, .answerRated, .complaintContinued, .unlawfulStepFound,
            .complaintAssigned:
            json.canonical(try CanonicalCoding.encode(tagged.content))
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
        json.member("continues", continues)
        json.member("forumNumber", forumNumber)
        json.member("ground", ground.rawValue)
        json.member("kind", kind.rawValue)
        json.member("language", language)
        json.member("named", named)
        json.member("namedKind", namedKind)
        json.member("namedUnit", namedUnit)
        json.member("person", person)
        json.member("place", place)
        json.member("region", region)
        json.member("registeredOn", registeredOn.description)
        json.member("reviewer", reviewer.rawValue)
        json.member("routing", routing)
        json.member("rule", rule)
        json.member("service", service)
        json.member("subject", subject)
        json.member("unit", unit)
        json.endObject()
    }
}

extension ComplaintTransferred {
    func write(to json: inout JSONWriter) {
        json.beginObject()
        json.member("body", body)
        json.member("bodyKind", bodyKind)
        json.member("reason", reason)
        json.member("registeredOn", registeredOn?.description)
        json.member("reviewer", reviewer.rawValue)
        json.member("service", service)
        json.member("unit", unit)
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
