import ArgumentParser
import Casework
import ContactCentre
import GRDB
import Journal
import Onboarding
import WebApp
import WorkingDays

/// `bailanys requests correct`.
struct RequestCorrect: OfficeCommand {
    static let configuration = CommandConfiguration(
        commandName: "correct",
        abstract: "Correct when an entry of a request or a short case happened; the clocks follow, the entry stays.",
        discussion: """
            The beginning of a change also names the day on which it takes effect: --on puts that right.
            Example: bailanys requests correct 2026-1-MIA --entry 3 --at 2026-03-18T16:00:00+05:00 --reason "a slip"
            Example: bailanys requests correct information-change/MIA-2026-03-18 --entry 1 --on 2026-03-12 --reason "a slip"
            """)
    @OptionGroup var step: StepOptions
    @Option(help: "The number of the entry, as `requests show` prints it.") var entry: Int
    @Option(help: "The day on which a change takes effect, as 2026-03-19.") var on: String?
    @Option(help: "Why the entry was wrong.") var reason: String

    var options: OfficeOptions { step.options }

    func validate() throws {
        if step.at == nil, on == nil { throw ValidationError("--at or --on must say when it really happened.") }
        if let on, CivilDate(on) == nil { throw ValidationError("“\(on)” is no date: write it as 2026-03-19.") }
    }

    func run(in office: Office) async throws {
        let stream = try await office.case(step.id)
        guard let duty = DutyName(rawValue: stream.kind) else {
            guard step.at != nil else { throw CommandFailure("A request's entry has a moment only: give --at.") }
            let version = try await office.centre.onboarding.correctMoment(
                of: entry, to: try office.moment(step.at), reason: reason, on: stream.id, by: office.actor,
                at: office.now)
            return try await office.answer(stream.id, version: version)
        }
        let version = try await office.centre.onboarding.correct(
            duty, id: stream.id, entry: entry, to: try step.at.map { try office.moment($0) },
            on: on.flatMap { CivilDate($0) }, reason: reason, by: office.actor, at: office.now)
        office.recorded(stream, version: version)
    }
}

/// `bailanys requests annul`.
struct RequestAnnul: OfficeCommand {
    static let configuration = CommandConfiguration(
        commandName: "annul", abstract: "Annul a short case that was entered by mistake: nobody is charged with it.",
        discussion: """
            It stays in the journal and visible with the reason. A request is taken off the plan by `requests cancel`.
            Example: bailanys requests annul additional-request/MIA-2026-08-28-2 --of MIA-2026-08-28 --reason "twice"
            """)
    @OptionGroup var options: OfficeOptions
    @Argument(help: "The number of the case, with its kind where there are several of that number.") var id: String
    @Option(name: .customLong("of"), help: "The number of the case of which it is a duplicate.") var original: String?
    @Option(help: "Why.") var reason: String

    func run(in office: Office) async throws {
        let stream = try await office.case(id)
        guard let duty = DutyName(rawValue: stream.kind) else {
            throw CommandFailure("“\(id)” is a request: take it off the plan by `bailanys requests cancel`.")
        }
        let version = try await office.centre.onboarding.annul(
            duty, id: stream.id, reason: reason, reference: original, by: office.actor, at: office.now)
        office.recorded(stream, version: version)
    }
}

extension Office {
    /// The case that a person named: a request, or a short case with or without its kind.
    /// - Throws: `CommandFailure` where there is none, or several.
    func `case`(_ name: String) async throws -> StreamID {
        if name.contains("/") { return StreamID(name) }
        let found = try await centre.journal.read { db -> [StreamID] in
            if try InformationRequestRecord.fetch(id: name, in: db) != nil {
                return [StreamID(kind: InformationRequest.streamKind, id: name)]
            }
            return try DutyName.allCases.map { StreamID(kind: $0.rawValue, id: name) }.filter {
                try DutyRecord.fetch($0, in: db) != nil
            }
        }
        guard let first = found.first else {
            throw CommandFailure("There is no case “\(name)”: check the number.", .notFound)
        }
        guard found.count == 1 else {
            throw CommandFailure(
                "Several cases have the number “\(name)”: write \(found.map(\.rawValue).joined(separator: " or ")).")
        }
        return first
    }
}
