import Accounts
import ArgumentParser
import Complaints
import ContactCentre
import WebApp
import WorkingDays

extension ComplaintsCommand {
    /// `bailanys complaints assign`.
    struct Assign: ComplaintStepCommand {
        static let configuration = CommandConfiguration(
            commandName: "assign", abstract: "Give a complaint into an officer's hands, or put it back.",
            discussion: """
                It moves no term: it says among the officers who looks after the complaint.
                Example: bailanys complaints assign 2026-000012 --to aigerim
                Example: bailanys complaints assign 2026-000012 --release
                """)
        @OptionGroup var step: ComplaintStep
        @Option(help: "What the officer signs in with, or the number of the account.") var to: String?
        @Flag(help: "Nobody has it any more.") var release = false

        func validate() throws {
            if (to == nil) != release { throw ValidationError("Give --to with the officer, or --release.") }
            if step.at != nil { throw ValidationError("Who has a complaint changes now: leave --at out.") }
        }

        func perform(_ desk: ComplaintDesk, at moment: Moment, in office: Office) async throws -> Int {
            let holder = try await office.holder(to) ?? .nobody
            return try await desk.assign(step.number, to: holder, by: office.actor, at: office.now)
        }
    }
}

extension Office {
    /// In whose hands somebody means: `none`, or an account; nil where he says nothing.
    /// - Throws: `CommandFailure` where there is no such account.
    func holder(_ name: String?) async throws -> ComplaintHolder? {
        guard let name else { return nil }
        if name == "none" { return .nobody }
        guard let found = try await centre.accounts.colleague(named: name, who: .manageComplaints) else {
            throw CommandFailure("There is no account “\(name)”: see “bailanys accounts list”.", .notFound)
        }
        return .officer(found.number)
    }
}
