import Contacts
import WorkingDays

/// Why a record is not taken in: the field, and what is wrong with it.
package struct ApplicationFault: Error, Hashable, Sendable {
    /// The member or column.
    package let field: String
    /// A full English sentence that says what to do.
    package let reason: String

    init(_ field: String, _ reason: String) {
        self.field = field
        self.reason = reason
    }
}

/// What records are judged by: the registers, the calendar in force and the moment, as they stand for a batch.
package struct ApplicationContext: Sendable {
    /// The calendar in force.
    package let calendar: WorkingCalendar
    /// Whose wall clock says on which day something happened.
    package let zone: CivilZone
    /// When the records are taken in.
    package let now: Moment
    /// The codes of the services.
    package let services: Set<String>
    /// The kinds of the bodies, by their codes.
    package let bodies: [String: String]

    /// A context from its parts.
    package init(
        calendar: WorkingCalendar, zone: CivilZone, now: Moment, services: Set<String>, bodies: [String: String]
    ) {
        self.calendar = calendar
        self.zone = zone
        self.now = now
        self.services = services
        self.bodies = bodies
    }
}

/// The pure decision on a record: whether it is taken, until when the service must be provided, by how much it was late.
package enum ApplicationDecision {
    /// The longest number, in characters.
    package static let longestNumber = 64
    /// The most stages of one application.
    package static let mostStages = 50

    /// The record with what follows from it.
    /// - Throws: `ApplicationFault` where it is not taken.
    package static func line(
        for application: Application, in context: ApplicationContext
    ) throws(ApplicationFault) -> ApplicationLine {
        guard let kind = context.bodies[application.provider] else {
            throw ApplicationFault("provider", "The register has no body “\(application.provider)”.")
        }
        guard context.services.contains(application.service) else {
            throw ApplicationFault("service", "The register has no service “\(application.service)”.")
        }
        guard !application.key.isEmpty, application.number.count <= longestNumber else {
            throw ApplicationFault(
                "number", "A number has 1 to \(longestNumber) characters, letters or digits among them.")
        }
        try moments(of: application, context)
        let ended = application.finishedAt.map { context.zone.civilDate(of: $0) }
        guard (application.finishedAt == nil) == (application.result == nil) else {
            throw ApplicationFault("result", "What is finished has a result and its moment: tell both, or neither.")
        }
        if application.refusalGround != nil, application.result != .refused {
            throw ApplicationFault("refusalGround", "A ground is told of a refusal only.")
        }
        let (due, unit, doubts) = try lastDay(of: application, context)
        var line = ApplicationLine(
            application: application, bodyKind: kind, due: due, unit: unit, late: nil,
            calendar: String(context.calendar.digest.prefix(8)), doubts: doubts)
        if let ended, ended > due { line.late = try lateness(from: due, to: ended, unit, context) }
        try cause(of: application, isLate: line.late != nil || ended == nil)
        line.doubts += doubtsOfCause(application, isLate: line.late != nil)
        return line
    }

    /// Stages never go back in time, a result ends them, nothing lies in the future.
    private static func moments(
        of application: Application, _ context: ApplicationContext
    ) throws(ApplicationFault) {
        guard application.acceptedAt <= context.now else {
            throw ApplicationFault("acceptedAt", "This moment lies in the future: correct it.")
        }
        guard application.stages.count <= mostStages else {
            throw ApplicationFault("stages", "An application has at most \(mostStages) stages.")
        }
        var before = application.acceptedAt
        for step in application.stages {
            guard step.at >= before else {
                throw ApplicationFault(
                    "stages", "“\(step.stage.rawValue)” lies before what was before it: correct the moments.")
            }
            guard step.at <= context.now else {
                throw ApplicationFault("stages", "“\(step.stage.rawValue)” lies in the future: correct its moment.")
            }
            before = step.at
        }
        guard let finished = application.finishedAt else {
            if let last = application.stages.last, last.stage == .issued || last.stage == .refused {
                throw ApplicationFault(
                    "finishedAt", "“\(last.stage.rawValue)” ends an application: tell when its result was there.")
            }
            return
        }
        guard finished >= application.acceptedAt, finished <= context.now else {
            throw ApplicationFault("finishedAt", "The result lies before the acceptance or in the future: correct it.")
        }
        // What is ready may be fetched later; nothing else follows a result.
        if let after = application.stages.first(where: { $0.at > finished && $0.stage != .issued }) {
            throw ApplicationFault(
                "stages", "“\(after.stage.rawValue)” lies after the result: a result ends the record.")
        }
    }

    /// The last day: the term's by the calendar in force; the provider's where he tells a ground, or no term.
    private static func lastDay(
        of application: Application, _ context: ApplicationContext
    ) throws(ApplicationFault) -> (CivilDate, LateUnit, [ApplicationDoubt]) {
        let accepted = context.zone.civilDate(of: application.acceptedAt)
        if let due = application.due, due < accepted {
            throw ApplicationFault("due", "The last day lies before the acceptance: correct it.")
        }
        guard let term = application.term else {
            guard let due = application.due else {
                throw ApplicationFault("term", "Neither the term nor the last day is told: tell one of them.")
            }
            return (due, .working, [.termUntold])
        }
        let unit: LateUnit
        switch term {
        case .workingDays, .atOnce: unit = .working
        case .calendarDays: unit = .calendar
        case .dayOfNextMonth, .waiting, .onDate:
            throw ApplicationFault("term", "A service's term is so many working or calendar days, or “at once”.")
        }
        let counted: CivilDate
        do {
            counted = try context.calendar.dueDate(term, from: accepted)
        } catch {
            throw ApplicationFault("term", "The last day cannot be counted: \(error)")
        }
        guard let due = application.due, due != counted else { return (counted, unit, []) }
        return application.dueGround == nil ? (counted, unit, [.dueDiffers]) : (due, unit, [])
    }

    /// How many days after the last one, in the unit of the term; a day that has begun is one.
    private static func lateness(
        from due: CivilDate, to ended: CivilDate, _ unit: LateUnit, _ context: ApplicationContext
    ) throws(ApplicationFault) -> Int {
        guard unit == .working else { return ended.dayNumber - due.dayNumber }
        do {
            return max(1, try context.calendar.workingDays(after: due, through: ended))
        } catch {
            throw ApplicationFault("finishedAt", "The lateness cannot be counted: \(error)")
        }
    }

    private static func cause(of application: Application, isLate: Bool) throws(ApplicationFault) {
        guard isLate || application.cause == nil else {
            throw ApplicationFault("cause", "It was provided within its term: a cause of lateness is not told of it.")
        }
        let tellsSystem = application.failedSystem != nil || application.systemKeeper != nil
        guard !tellsSystem || application.cause == .system else {
            throw ApplicationFault("failedSystem", "A system that failed is told with the cause “system” only.")
        }
    }

    private static func doubtsOfCause(_ application: Application, isLate: Bool) -> [ApplicationDoubt] {
        guard isLate else { return [] }
        guard let cause = application.cause else { return [.causeUntold] }
        var doubts: [ApplicationDoubt] = []
        if [.electricity, .network, .system].contains(cause), application.act == nil { doubts.append(.causeUnproven) }
        if cause == .system, application.failedSystem == nil || application.systemKeeper == nil {
            doubts.append(.systemUntold)
        }
        return doubts
    }
}
