import CanonicalJSON
import Contacts
import Crypto
import Journal
import WorkingDays

/// An application for a service as its provider tells it; nobody's name is in it.
package struct Application: Codable, Hashable, Sendable {
    /// A stage that it reached.
    package struct Step: Codable, Hashable, Sendable {
        /// The stage.
        package var stage: ApplicationStage
        /// When.
        package var at: Moment

        /// A stage and its moment.
        package init(_ stage: ApplicationStage, at moment: Moment) {
            self.stage = stage
            at = moment
        }
    }

    /// Its number, as the provider writes it.
    package var number: String
    /// The code of the service.
    package var service: String
    /// The code of the provider.
    package var provider: String
    /// The unit that has it, in words.
    package var unit: String?
    /// By which way it came.
    package var way: ApplicationWay
    /// In which form the service is provided.
    package var form: ApplicationForm
    /// The information system in which it is kept.
    package var system: String?
    /// When it was accepted.
    package var acceptedAt: Moment
    /// The term of the service, as its standard says it; nil where only the last day is told.
    package var term: Term?
    /// The last day, as the provider says it.
    package var due: CivilDate?
    /// Why the last day is another than the term gives: a suspension, an extension.
    package var dueGround: String?
    /// The stages, the first first.
    package var stages: [Step]
    /// When its result was there; nil while it is open.
    package var finishedAt: Moment?
    /// How it ended; nil while it is open.
    package var result: ApplicationResult?
    /// Why it was refused.
    package var refusalGround: RefusalGround?
    /// Why it was late.
    package var cause: LateCause?
    /// Which information system failed.
    package var failedSystem: String?
    /// Who maintains that system.
    package var systemKeeper: SystemKeeper?
    /// The act or the incident that proves the cause.
    package var act: String?

    /// An open application that was accepted and of which no more is told.
    package init(
        number: String, service: String, provider: String, way: ApplicationWay, form: ApplicationForm,
        acceptedAt: Moment
    ) {
        self.number = number
        self.service = service
        self.provider = provider
        self.way = way
        self.form = form
        self.acceptedAt = acceptedAt
        stages = [Step(.accepted, at: acceptedAt)]
    }

    /// The number without what people put between its parts, by which it is found.
    package var key: String { Self.key(of: number) }

    /// A number without what people put between its parts.
    package static func key(of number: String) -> String {
        String(number.uppercased().filter { $0.isLetter || $0.isNumber })
    }

    /// Where it stands: the last stage, or what its result says.
    package var standing: Step? { stages.last }
}

/// An application with what was worked out from it when it was taken in; an entry of the journal.
package struct ApplicationLine: Codable, Hashable, Sendable {
    /// What the provider told.
    package var application: Application
    /// The kind of the provider, of that day.
    package var bodyKind: String
    /// The last day that counts.
    package var due: CivilDate
    /// In which days lateness is counted.
    package var unit: LateUnit
    /// By how many days it was late; nil where it was not, or is open.
    package var late: Int?
    /// The calendar by which that was counted, by the first letters of its digest.
    package var calendar: String
    /// What asks for a question.
    package var doubts: [ApplicationDoubt]

    /// The digest of what was told: the same digest says nothing new.
    /// - Throws: what writing it as JSON throws.
    package static func digest(of application: Application) throws -> String {
        EventLink.hexadecimal(Array(SHA256.hash(data: try CanonicalCoding.encode(application)).prefix(16)))
    }
}
