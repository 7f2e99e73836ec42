import Casework
import WorkingDays

/// Where an application for a service stands (797 §15-16, 452).
package enum ApplicationStage: String, CaseIterable, Codable, Hashable, Sendable {
    /// Taken in and registered.
    case accepted
    /// Under review.
    case inReview = "in-review"
    /// Waits for documents of the applicant.
    case waitingForApplicant = "waiting-for-applicant"
    /// The result is ready to be given out.
    case ready
    /// The result has been given out.
    case issued
    /// Refused with grounds.
    case refused
}

/// The stage of one application; its number is kept as a keyed hash only, since it leads to a person.
package struct StageLine: Codable, Hashable, Sendable {
    /// The keyed hash of the number.
    package var application: String
    /// The code of the service.
    package var service: String
    /// The stage.
    package var stage: ApplicationStage
    /// Since when.
    package var date: CivilDate
    /// The code of the body where it lies.
    package var body: String

    /// A line from its parts.
    package init(application: String, service: String, stage: ApplicationStage, date: CivilDate, body: String) {
        self.application = application
        self.service = service
        self.stage = stage
        self.date = date
        self.body = body
    }
}

/// Stage data was taken in.
package struct StageEvent: EventContent, Equatable {
    /// The name in the journal.
    package enum Name: String, CaseIterable { case stagesImported }
    /// The stages.
    package var lines: [StageLine]

    /// An event with its lines.
    package init(lines: [StageLine]) { self.lines = lines }

    package var tagged: Tagged<Name> { Tagged(.stagesImported, ["lines": lines]) }

    package static func read(_ name: Name, _ content: EventReader) throws -> Self {
        switch name {
        case .stagesImported: Self(lines: try content([String: [StageLine]].self)["lines"] ?? [])
        }
    }
}
