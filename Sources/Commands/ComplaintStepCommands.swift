import ArgumentParser
import Complaints
import ContactCentre
import Journal
import WorkingDays

/// What every step takes: which complaint, when, how to answer.
struct ComplaintStep: ParsableArguments {
    @OptionGroup var options: OfficeOptions
    @Argument(help: "The number of the complaint.") var number: String
    @Option(help: "When it happened, as 2026-03-19T10:30:00+05:00; now unless given.") var at: String?

    func validate() throws { try Written.moment(at) }
}

/// One step of a complaint on the command line.
protocol ComplaintStepCommand: OfficeCommand {
    var step: ComplaintStep { get }
    /// Records it.
    /// - Returns: how many entries the complaint has now.
    func perform(_ desk: ComplaintDesk, at moment: Moment, in office: Office) async throws -> Int
}

extension ComplaintStepCommand {
    var options: OfficeOptions { step.options }

    func run(in office: Office) async throws {
        let version = try await perform(office.centre.complaints, at: try office.moment(step.at), in: office)
        office.recorded(StreamID(kind: Complaint.streamKind, id: step.number), version: version)
    }
}

extension ComplaintsCommand {
    /// The commands of the steps.
    static let steps: [any ParsableCommand.Type] = [
        Answer.self, Extend.self, Tell.self, Transfer.self, Withdraw.self, Correct.self, Annul.self,
        Classify.self, Assign.self,
    ]

    /// `bailanys complaints answer`.
    struct Answer: ComplaintStepCommand {
        static let configuration = CommandConfiguration(
            commandName: "answer", abstract: "Record the answer to a complaint.",
            discussion: """
                Example: bailanys complaints answer 2026-000012 --outcome satisfied --at 2026-03-19T10:30:00+05:00
                """)
        @OptionGroup var step: ComplaintStep
        @Option(help: "satisfied, partly, rejected or explained.") var outcome: String

        func validate() throws {
            if ComplaintOutcome(rawValue: outcome) == nil {
                throw ValidationError("--outcome takes satisfied, partly, rejected or explained, not “\(outcome)”.")
            }
        }

        func perform(_ desk: ComplaintDesk, at moment: Moment, in office: Office) async throws -> Int {
            guard let outcome = ComplaintOutcome(rawValue: outcome) else { throw ExitCode.validationFailure }
            return try await desk.answer(
                step.number, outcome: outcome, happenedAt: moment, by: office.actor, at: office.now)
        }
    }

    /// `bailanys complaints extend`.
    struct Extend: ComplaintStepCommand {
        static let configuration = CommandConfiguration(
            commandName: "extend", abstract: "Extend the term of a review within the law's limit.",
            discussion: """
                Who may extend, and by how much, stands in schedules/rulebooks/complaint-review.yaml; the applicant must be told.
                Example: bailanys complaints extend 2026-000012 --days 5 --reason "an expert opinion is awaited"
                """)
        @OptionGroup var step: ComplaintStep
        @Option(help: "How many working days.") var days: Int
        @Option(help: "Why.") var reason: String

        func perform(_ desk: ComplaintDesk, at moment: Moment, in office: Office) async throws -> Int {
            return try await desk.extend(
                step.number, days: days, reason: reason, happenedAt: moment, by: office.actor, at: office.now)
        }
    }

    /// `bailanys complaints transfer`.
    struct Transfer: ComplaintStepCommand {
        static let configuration = CommandConfiguration(
            commandName: "transfer", abstract: "Hand a complaint to the body that must answer it.",
            discussion: "Example: bailanys complaints transfer 2026-000012 --to KGD --reason \"a tax matter\"")
        @OptionGroup var step: ComplaintStep
        @Option(help: "The code of the body.") var to: String
        @Option(help: "Why.") var reason: String

        func perform(_ desk: ComplaintDesk, at moment: Moment, in office: Office) async throws -> Int {
            return try await desk.transfer(
                step.number, to: to, reason: reason, happenedAt: moment, by: office.actor, at: office.now)
        }
    }

    /// `bailanys complaints tell`.
    struct Tell: ComplaintStepCommand {
        static let configuration = CommandConfiguration(
            commandName: "tell", abstract: "Record that the applicant was told of the extension and its reason.",
            discussion: "Example: bailanys complaints tell 2026-000012 --by letter")
        @OptionGroup var step: ComplaintStep
        @Option(help: "How: forum, phone, e-mail, letter.") var by: String

        func perform(_ desk: ComplaintDesk, at moment: Moment, in office: Office) async throws -> Int {
            try await desk.tellApplicant(
                step.number, by: by, happenedAt: moment, by: office.actor, at: office.now)
        }
    }

    /// `bailanys complaints withdraw`.
    struct Withdraw: ComplaintStepCommand {
        static let configuration = CommandConfiguration(
            commandName: "withdraw", abstract: "Record that the applicant took the complaint back.",
            discussion: "Example: bailanys complaints withdraw 2026-000012 --reason \"the service was provided\"")
        @OptionGroup var step: ComplaintStep
        @Option(help: "Why, where it was said; name nobody.") var reason: String?

        func perform(_ desk: ComplaintDesk, at moment: Moment, in office: Office) async throws -> Int {
            try await desk.withdraw(step.number, reason: reason, happenedAt: moment, by: office.actor, at: office.now)
        }
    }

    /// `bailanys complaints correct`.
    struct Correct: ComplaintStepCommand {
        static let configuration = CommandConfiguration(
            commandName: "correct",
            abstract:
                "Correct when a complaint was answered or withdrawn, or filed; the clocks follow, the entry stays.",
            discussion: """
                With --what filing the day of registration, the beginning and the end of the term are worked out anew. \
                A breach that came of the wrong moment alone is gone from the clock and from the numbers of the month; a \
                report that was sealed before stays as it is: seal it again with the reason.
                Example: bailanys complaints correct 2026-000012 --at 2026-03-18T16:00:00+05:00 --reason "a slip"
                """)
        @OptionGroup var step: ComplaintStep
        @Option(help: "What is corrected: closing (the answer or the withdrawal) or filing.") var what = "closing"
        @Option(help: "Why the entry was wrong; name nobody.") var reason: String

        func validate() throws {
            if !["closing", "filing"].contains(what) {
                throw ValidationError("--what takes closing or filing, not “\(what)”.")
            }
            if step.at == nil { throw ValidationError("--at must say when it really happened.") }
        }

        func perform(_ desk: ComplaintDesk, at moment: Moment, in office: Office) async throws -> Int {
            if what == "filing" {
                return try await desk.correctFiling(
                    step.number, to: moment, reason: reason, by: office.actor, at: office.now)
            }
            return try await desk.correctClosing(
                step.number, to: moment, reason: reason, by: office.actor, at: office.now)
        }
    }

    /// `bailanys complaints annul`.
    struct Annul: ComplaintStepCommand {
        static let configuration = CommandConfiguration(
            commandName: "annul", abstract: "Annul a complaint that was registered by mistake.",
            discussion: """
                It stays in the journal and visible with the reason; its clocks are cancelled, nobody is charged, and no \
                month counts it. A report that was sealed before stays as it is: seal it again with the reason.
                Example: bailanys complaints annul 2026-000012 --as duplicate --of 2026-000007 --reason "filed twice"
                Example: bailanys complaints annul 2026-000013 --as erroneous --reason "a test entry"
                """)
        @OptionGroup var step: ComplaintStep
        @Option(name: .customLong("as"), help: "duplicate, or erroneous: a test or no complaint at all.")
        var ground: String
        @Option(name: .customLong("of"), help: "The number of the complaint of which it is a duplicate.")
        var original: String?
        @Option(help: "Why; name nobody.") var reason: String

        func validate() throws {
            guard let ground = AnnulmentGround(rawValue: ground) else {
                throw ValidationError("--as takes duplicate or erroneous, not “\(ground)”.")
            }
            if (ground == .duplicate) != (original != nil) {
                throw ValidationError("--of names the original of a duplicate, and goes with --as duplicate only.")
            }
            if step.at != nil { throw ValidationError("An annulment has no moment of its own: leave --at out.") }
        }

        func perform(_ desk: ComplaintDesk, at moment: Moment, in office: Office) async throws -> Int {
            guard let ground = AnnulmentGround(rawValue: ground) else { throw ExitCode.validationFailure }
            return try await desk.annul(
                step.number, as: ground, duplicateOf: original, reason: reason, by: office.actor, at: office.now)
        }
    }

    /// `bailanys complaints classify`.
    struct Classify: ComplaintStepCommand {
        static let configuration = CommandConfiguration(
            commandName: "classify", abstract: "Correct what a complaint is about.",
            discussion: """
                Example: bailanys complaints classify 2026-000012 --kind employees --reason "about a clerk"
                """)
        @OptionGroup var step: ComplaintStep
        @Option(help: "The kind: \(ComplaintKind.allCases.map(\.rawValue).joined(separator: ", ")).") var kind: String
        @Option(help: "Why.") var reason: String

        func validate() throws {
            if ComplaintKind(rawValue: kind) == nil {
                throw ValidationError("--kind “\(kind)” is unknown: see --help.")
            }
            if step.at != nil { throw ValidationError("A correction has no moment of its own: leave --at out.") }
        }

        func perform(_ desk: ComplaintDesk, at moment: Moment, in office: Office) async throws -> Int {
            guard let kind = ComplaintKind(rawValue: kind) else { throw ExitCode.validationFailure }
            return try await desk.classify(step.number, as: kind, reason: reason, by: office.actor, at: office.now)
        }
    }
}
