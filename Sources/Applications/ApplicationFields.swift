import CanonicalJSON
import Contacts
import WorkingDays

/// The members of a record as they are sent: the same names in a table, in a file of JSON and over the interface.
package enum ApplicationField: String, CaseIterable, Sendable {
    case number, service, provider, unit, way, form, system, acceptedAt, term, due, dueGround, stages, finishedAt,
        result, refusalGround, cause, failedSystem, systemKeeper, act

    /// Those that every record has.
    package static let required: [ApplicationField] = [.number, .service, .provider, .way, .form, .acceptedAt]

    /// The longest text of one, in characters.
    static let longest = 500
}

/// Reads records from what is sent.
enum ApplicationFields {
    /// A record from texts by their names; empty texts are members that are not told.
    ///
    /// Stages stand in one text, `accepted 2026-10-01T09:00:00+05:00; in-review 2026-10-02T10:00:00+05:00`.
    /// - Throws: `ApplicationFault` that names the member.
    static func read(_ texts: [ApplicationField: String]) throws(ApplicationFault) -> Application {
        var steps: [Application.Step] = []
        for entry in (texts[.stages] ?? "").split(separator: ";") {
            let words = entry.split(separator: " ")
            guard words.count == 2 else {
                throw ApplicationFault(
                    "stages",
                    "Write each stage with its moment, “in-review 2026-10-02T10:00:00+05:00”, set apart by “;”.")
            }
            steps.append(try step(String(words[0]), String(words[1])))
        }
        return try read(texts, steps)
    }

    /// A record from an object; `stages` is a list of `{"stage": …, "at": …}`.
    /// - Throws: `ApplicationFault` that names the member.
    static func read(_ json: JSON) throws(ApplicationFault) -> Application {
        guard let members = json.object else { throw ApplicationFault("", "This is no object: write {\"number\": …}.") }
        var texts: [ApplicationField: String] = [:]
        var steps: [Application.Step] = []
        for (name, value) in members where value != .null {
            guard let field = ApplicationField(rawValue: name) else {
                let known = ApplicationField.allCases.map(\.rawValue).joined(separator: ", ")
                throw ApplicationFault(String(name.prefix(40)), "There is no such member; known are \(known).")
            }
            if field == .stages {
                guard let items = value.array else { throw ApplicationFault("stages", "This must be a list.") }
                for item in items {
                    guard let stage = item["stage"]?.string, let moment = item["at"]?.string else {
                        throw ApplicationFault("stages", "Each stage is an object with “stage” and “at”.")
                    }
                    steps.append(try step(stage, moment))
                }
            } else {
                guard let text = value.string else { throw ApplicationFault(name, "This must be a text.") }
                texts[field] = text
            }
        }
        return try read(texts, steps)
    }

    private static func read(
        _ texts: [ApplicationField: String], _ steps: [Application.Step]
    ) throws(ApplicationFault) -> Application {
        for (field, text) in texts where field != .stages {
            guard text.count <= ApplicationField.longest, !text.unicodeScalars.contains(where: \.isControl) else {
                throw ApplicationFault(
                    field.rawValue, "At most \(ApplicationField.longest) characters, no control characters.")
            }
        }
        func text(_ field: ApplicationField) -> String? {
            texts[field].flatMap { text in text.contains { !$0.isWhitespace } ? text : nil }
        }
        func required(_ field: ApplicationField) throws(ApplicationFault) -> String {
            guard let text = text(field) else { throw ApplicationFault(field.rawValue, "This is missing.") }
            return text
        }
        var application = Application(
            number: try required(.number), service: try required(.service), provider: try required(.provider),
            way: try choice(.way, try required(.way)), form: try choice(.form, try required(.form)),
            acceptedAt: try moment(.acceptedAt, try required(.acceptedAt)))
        application.unit = text(.unit)
        application.system = text(.system)
        if let term = text(.term) {
            guard let read = Term(parsing: term) else {
                throw ApplicationFault(
                    "term", "“\(term)” is no term: write “5 working days”, “3 calendar days” or “at once”.")
            }
            application.term = read
        }
        if let due = text(.due) {
            guard let day = CivilDate(due) else {
                throw ApplicationFault("due", "“\(due)” is no date: write it as 2026-03-19.")
            }
            application.due = day
        }
        application.dueGround = text(.dueGround)
        if !steps.isEmpty { application.stages = steps }
        if let finished = text(.finishedAt) { application.finishedAt = try moment(.finishedAt, finished) }
        if let result = text(.result) { application.result = try choice(.result, result) }
        if let ground = text(.refusalGround) { application.refusalGround = try choice(.refusalGround, ground) }
        if let cause = text(.cause) { application.cause = try choice(.cause, cause) }
        application.failedSystem = text(.failedSystem)
        if let keeper = text(.systemKeeper) { application.systemKeeper = try choice(.systemKeeper, keeper) }
        application.act = text(.act)
        return application
    }

    private static func step(_ stage: String, _ moment: String) throws(ApplicationFault) -> Application.Step {
        Application.Step(
            try choice(.stages, stage) as ApplicationStage, at: try self.moment(.stages, moment))
    }

    private static func choice<Choice: CaseIterable & RawRepresentable<String>>(
        _ field: ApplicationField, _ text: String
    ) throws(ApplicationFault) -> Choice {
        guard let choice = Choice(rawValue: text) else {
            let known = Choice.allCases.map(\.rawValue).joined(separator: ", ")
            throw ApplicationFault(field.rawValue, "“\(text.prefix(40))” is not known; known are \(known).")
        }
        return choice
    }

    private static func moment(_ field: ApplicationField, _ text: String) throws(ApplicationFault) -> Moment {
        guard let moment = Moment(text) else {
            throw ApplicationFault(
                field.rawValue,
                "“\(text.prefix(40))” is no moment: write it with its offset, 2026-03-19T10:00:00+05:00.")
        }
        return moment
    }
}

extension Unicode.Scalar {
    /// Whether it is a control character, one that turns the direction of reading among them.
    fileprivate var isControl: Bool {
        properties.generalCategory == .control || properties.generalCategory == .format
    }
}
