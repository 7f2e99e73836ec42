import Complaints
import Triage

/// A field that the reading of words fills in and a person confirms or corrects.
package enum IntakeField: String, CaseIterable, Hashable, Sendable, Codable {
    /// What the words are at all, or whose matter where it is none of ours.
    case nature
    /// What the complaint is about (797 §18).
    case kind
    /// The service.
    case service
    /// Where the applicant was served.
    case region
    /// By which way he was served: portal, psc, office.
    case place
    /// The body that is blamed.
    case named
    /// The body that must answer.
    case body
}

/// What was proposed for a field: a code, how sure, by which rule.
package struct FieldProposal: Codable, Hashable, Sendable {
    /// The field.
    package var field: IntakeField
    /// The code that was proposed first; nil where nothing was.
    package var proposed: String?
    /// For the body: the rule of the routing table; for a kind or a service `decided-before` where that put it first.
    package var rule: String?
    /// How sure the reading was, in thousandths.
    package var sure: Int

    /// A proposal from its parts.
    package init(_ field: IntakeField, _ proposed: String?, sure: Int, rule: String? = nil) {
        self.field = field
        self.proposed = proposed
        self.rule = rule
        self.sure = sure
    }
}

/// What a person made of a proposal; holds no words.
package struct FieldChoice: Codable, Hashable, Sendable {
    /// The field.
    package var field: IntakeField
    /// The code that was proposed first; nil where nothing was.
    package var proposed: String?
    /// For the body: the rule of the routing table by which it was proposed.
    package var rule: String?
    /// How sure the reading was, in thousandths.
    package var sure: Int
    /// The code that was taken; nil for none.
    package var taken: String?

    /// What was taken beside a proposal.
    package init(_ proposal: FieldProposal, taken: String?) {
        field = proposal.field
        proposed = proposal.proposed
        rule = proposal.rule
        sure = proposal.sure
        self.taken = taken
    }

    /// Whether it was taken as it stood.
    package var isAsProposed: Bool { proposed == taken }
}

/// What a reading proposes, as codes: the part of it that may be kept.
package struct IntakeProposal: Codable, Hashable, Sendable {
    /// Whether he says that he wrote before.
    package var again: Bool
    /// The proposals, one a field; fields of which nothing can be said are left out.
    package var fields: [FieldProposal]
    /// How sure the decision is that matters, in thousandths: what it is and who answers.
    package var sure: Int
    /// Whether waiting for the ordinary term would do harm that cannot be undone.
    package var urgent: Bool

    /// Proposals from their parts.
    package init(fields: [FieldProposal], sure: Int, urgent: Bool = false, again: Bool = false) {
        self.again = again
        self.fields = fields
        self.sure = sure
        self.urgent = urgent
    }

    /// What a reading proposes.
    package init(_ reading: ComplaintReading) {
        func share(_ share: Double) -> Int { Int((share * 1_000).rounded()) }
        var fields: [FieldProposal] = []
        if let elsewhere = reading.elsewhere, reading.isComplaint {
            fields.append(
                FieldProposal(
                    .nature, IntakeNature(elsewhere: elsewhere.value).rawValue, sure: share(elsewhere.confidence)))
        } else {
            fields.append(
                FieldProposal(
                    .nature, IntakeNature(reading.nature.value).rawValue, sure: share(reading.nature.confidence)))
        }
        if reading.isComplaint, reading.elsewhere == nil {
            func rule(_ field: Precedents.Field) -> String? {
                reading.precedents[field]?.isDecisive == true ? Self.decidedBefore : nil
            }
            fields.append(
                FieldProposal(
                    .kind, reading.kind.value.rawValue, sure: share(reading.kind.confidence), rule: rule(.kind)))
            let service = reading.likelyService
            fields.append(
                FieldProposal(.service, service?.value, sure: share(service?.confidence ?? 0), rule: rule(.service)))
            fields.append(FieldProposal(.region, reading.region?.value, sure: share(reading.region?.confidence ?? 0)))
            fields.append(FieldProposal(.place, reading.place?.value, sure: share(reading.place?.confidence ?? 0)))
            fields.append(FieldProposal(.named, reading.named?.value, sure: share(reading.named?.confidence ?? 0)))
            if let first = reading.addressees.first {
                fields.append(FieldProposal(.body, first.body, sure: share(first.confidence), rule: first.rule))
            }
        }
        self.fields = fields
        again = reading.again?.value ?? false
        sure = share(reading.confidence)
        urgent = reading.urgent?.value ?? false
    }

    /// The rule of a proposal that stands first since others' words like these were decided so.
    package static let decidedBefore = "decided-before"

    /// The proposal for a field; nil where there is none.
    package subscript(field: IntakeField) -> FieldProposal? { fields.first { $0.field == field } }

    /// What was made of the proposals.
    /// - Parameter taken: the code that was taken for a field; fields that are not asked are left out.
    package func choices(_ taken: [IntakeField: String?]) -> [FieldChoice] {
        IntakeField.allCases.compactMap { field in
            guard let code = taken[field] else { return nil }
            return FieldChoice(self[field] ?? FieldProposal(field, nil, sure: 0), taken: code)
        }
    }
}

/// What words are: a complaint, something else, or a matter of others.
package enum IntakeNature: String, CaseIterable, Hashable, Sendable, Codable {
    case complaint, question, thanks, proposal, withdrawal, inquiry, test, advertising, abuse
    case court
    case privateFirm = "private"
    case utilities
    case police = "police-emergency"
    case otherLaw = "other-law"

    /// What a reading says words are.
    package init(_ nature: ComplaintReading.Nature) { self = IntakeNature(rawValue: nature.rawValue) ?? .complaint }

    /// Whose matter a reading says it is.
    package init(elsewhere: ComplaintReading.Elsewhere) {
        self = IntakeNature(rawValue: elsewhere.rawValue) ?? .otherLaw
    }

    /// Whether it is a complaint, but of others.
    package var isElsewhere: Bool {
        switch self {
        case .court, .privateFirm, .utilities, .police, .otherLaw: true
        case .complaint, .question, .thanks, .proposal, .withdrawal, .inquiry, .test, .advertising, .abuse: false
        }
    }

    /// How a submission ends that is this; nil for a complaint, which is registered.
    package var closing: SubmissionGround? {
        if self == .complaint { return nil }
        return isElsewhere ? .notOurs : .noComplaint
    }
}
