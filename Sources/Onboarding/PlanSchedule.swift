import Casework
import Journal
import WorkingDays

/// One line of a plan-schedule as it was handed in, before the IT body approves it.
package struct PlanLine: Codable, Hashable, Sendable {
    /// The number of the line.
    package var line: String
    /// The code of the service.
    package var service: String
    /// The code of the body.
    package var body: String
    /// The planned day of the request.
    package var requestOn: CivilDate
    /// The planned day of the acceptance.
    package var acceptanceOn: CivilDate?
    /// The unit of the centre that does it.
    package var unit: String?
}

/// A plan-schedule was handed in; nothing of it is in force yet.
package struct PlanDrafted: Codable, Hashable, Sendable {
    /// Its lines.
    package var lines: [PlanLine]
    /// The name of the file.
    package var source: String
    /// The SHA-256 of the file.
    package var document: String?
}

/// The IT body approved the plan-schedule that was handed in (797 §3).
package struct PlanApproved: Codable, Hashable, Sendable {
    /// The act.
    package var act: String
    /// The SHA-256 of the act.
    package var document: String?
    /// How many lines came into force by it.
    package var lines: Int
}

/// What can happen to a plan-schedule.
package enum PlanEvent: EventContent, Equatable {
    /// It was handed in, or handed in anew.
    case drafted(PlanDrafted)
    /// What was handed in was approved.
    case approved(PlanApproved)

    /// The names in the journal.
    package enum Name: String, CaseIterable {
        case planDrafted, planApproved
    }

    package var tagged: Tagged<Name> {
        switch self {
        case .drafted(let event): Tagged(.planDrafted, event)
        case .approved(let event): Tagged(.planApproved, event)
        }
    }

    package static func read(_ name: Name, _ content: EventReader) throws -> Self {
        switch name {
        case .planDrafted: .drafted(try content())
        case .planApproved: .approved(try content())
        }
    }
}

/// One plan-schedule, stream `plan/<name>`: drafts and their approval; its lines in force are the requests.
package enum PlanSchedule: CaseKind {
    /// What waits for approval.
    package struct State: Hashable, Sendable {
        /// The draft; nil where nothing waits.
        package var draft: PlanDrafted?
        /// When it was handed in.
        package var draftedAt: Moment?
        /// The last approval.
        package var approved: PlanApproved?
        /// When that was.
        package var approvedAt: Moment?
    }

    /// What can be asked of a plan.
    package enum Command: Sendable {
        /// Hands in lines.
        case draft(PlanDrafted)
        /// Records the approval of what was handed in.
        case approve(PlanApproved, at: Moment)
    }

    package static let streamKind = "plan"
    package static let procedure: String? = nil
    package static let initial = State()

    package static func evolve(_ state: inout State, by event: PlanEvent, stamp: EventStamp) {
        switch event {
        case .drafted(let draft): (state.draft, state.draftedAt) = (draft, stamp.occurredAt)
        case .approved(let approved):
            (state.draft, state.draftedAt) = (nil, nil)
            (state.approved, state.approvedAt) = (approved, stamp.occurredAt)
        }
    }

    package static func decide(
        _ command: Command, on state: State, in context: DecisionContext
    ) throws -> [Happening<PlanEvent>] {
        switch command {
        case .draft(let draft):
            guard !draft.lines.isEmpty else {
                throw OnboardingRefusal.planEmpty(
                    "No line of the table can be taken in: correct the lines that are named.",
                    field: "file")
            }
            return [Happening(.drafted(draft), at: context.now)]
        case .approve(let approved, let at):
            guard state.draft != nil else {
                throw OnboardingRefusal.planNoDraft("Nothing of this plan waits for approval: import its table first.")
            }
            if approved.act.allSatisfy(\.isWhitespace) {
                throw OnboardingRefusal.planApprovalMissing(
                    "Name the act by which the IT body approved it.", field: "approval")
            }
            guard at <= context.now else {
                throw OnboardingRefusal.future(
                    "The step would happen in the future: give the moment at which it happened.",
                    field: "at")
            }
            return [Happening(.approved(approved), at: at)]
        }
    }
}
