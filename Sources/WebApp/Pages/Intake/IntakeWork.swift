import Casework
import Complaints
import ContactCentre
import Intake
import Journal
import Languages
import Registry
import Rulebook
import Triage
import WorkingDays

/// What a person asks of the form.
enum IntakeAct: String, CaseIterable, Sendable {
    /// Read the words; what was typed beside them stays.
    case read
    /// Read them anew; every proposal takes its place again.
    case again
    /// Work out what follows from the fields as they stand.
    case preview
    /// Register as it stands.
    case register
    /// Close without a complaint.
    case close
    /// Leave the words to those who decide.
    case leave
}

/// The work behind the form: reads the words, fills in the proposals, works out what follows.
struct IntakeWork: Sendable {
    let site: WebRequest
    var sheet: IntakeSheet
    /// The words, who sent them, and when.
    var words: IntakeWords
    /// The submission that is decided on; nil for words that are new.
    var submission: String?

    init(_ site: WebRequest, _ sheet: IntakeSheet, _ words: IntakeWords, submission: String? = nil) {
        self.site = site
        self.sheet = sheet
        self.words = words
        self.submission = submission
    }

    var act: IntakeAct { IntakeAct(rawValue: sheet.form["action"]) ?? .read }

    private var date: CivilDate { site.environment.zone.civilDate(of: words.receivedAt) }

    /// The names that the form shows beside codes.
    static func names(_ site: WebRequest) async throws -> IntakeNames {
        let today = site.environment.zone.civilDate(of: site.environment.now())
        let language = site.context.language
        return try await site.environment.centre.journal.read { db in
            IntakeNames(
                services: try Registry.serviceNames(in: db), bodies: try Registry.bodyNames(on: today, in: db),
                regions: try Registry.regions(on: today, in: db).map { (code: $0.code, name: $0.name(on: today)) }
                    .sorted(byText: { $0.name[language] }))
        }
    }

    /// Sees that there are words, neither too few nor too many.
    mutating func checkWords() {
        let text = words.text
        if text.isEmpty || text.count > ComplaintReader.longestText || text.utf8.count > ComplaintIntake.longestText {
            sheet.wrong.insert(.subject)
        }
    }

    /// Reads the words and works out what follows; where they cannot be read the sheet says why.
    /// - Throws: what is a failure of ours.
    mutating func read() async throws {
        checkWords()
        guard !sheet.wrong.contains(.subject) else { return }
        let reading = try await site.environment.centre.readings.read(words.text, on: date)
        sheet.reading = (words.text, reading)
        if sheet.form["read"].isEmpty || act == .again { propose(reading, over: act == .again) }
        try await resolveNames()
        // A change of a field changes nothing of what came in before.
        if !site.wantsFragment {
            let known = try await site.environment.centre.intake.knownBefore(words, reading, except: submission)
            sheet.known = KnownBefore.lines(known, zone: site.environment.zone)
        }
        try await decide(reading)
    }

    /// Fills in what the reading proposes.
    /// - Parameter isOver: whether it takes the place of what was typed.
    private mutating func propose(_ reading: ComplaintReading, over isOver: Bool) {
        func fill(_ name: String, _ value: String?) {
            if isOver || sheet.form[name].isEmpty { sheet.form[name] = value ?? "" }
        }
        let nature = reading.elsewhere.flatMap { reading.isComplaint ? IntakeNature(elsewhere: $0.value) : nil }
        fill("nature", (nature ?? IntakeNature(reading.nature.value)).rawValue)
        fill("kind", reading.kind.value.rawValue)
        fill("region", reading.region?.value)
        fill("place", reading.place?.value)
        if isOver { (sheet.form["service"], sheet.form["body"]) = ("", "") }
        fill("servicePick", sheet.form["service"].isEmpty ? reading.likelyService?.value ?? "none" : "none")
        fill("namedPick", sheet.form["body"].isEmpty ? reading.named?.value ?? "none" : "none")
        if isOver || sheet.form["told"].isEmpty, let nature = IntakeNature(rawValue: sheet.form["nature"]) {
            sheet.form["told"] = nature.closing == nil ? "" : told(nature)
        }
    }

    /// What the person is told of words that are no complaint, in his language.
    func told(_ nature: IntakeNature) -> String {
        let language: Language = words.language == "ru" ? .ru : .kk
        return site.environment.texts.text(TextKey(family: "intakeTold", member: nature.rawValue), language)
    }

    /// Puts codes where names were typed; what means nothing, or more than one thing, is marked.
    private mutating func resolveNames() async throws {
        let (service, body) = (sheet.form["service"], sheet.form["body"])
        let (language, date) = (site.context.language, date)
        let picked = try await site.environment.centre.journal.read { db in
            [
                (
                    FilingField.service,
                    service.isEmpty ? nil : try Registry.serviceNamed(service, language, in: db)
                ),
                (.body, body.isEmpty ? nil : try Registry.bodyNamed(body, on: date, language, in: db)),
            ]
        }
        for (field, meaning) in picked {
            switch meaning {
            case nil: continue
            case .one(let code): sheet.form[field.rawValue] = code
            case .some(.none): sheet.wrong.insert(field)
            case .several(let names):
                sheet.wrong.insert(field)
                sheet.candidates[field] = names
            }
        }
    }

    /// The chief matter as the fields say it.
    func matter(_ reading: ComplaintReading) -> IntakeMatter {
        func picked(_ typed: String, _ pick: String) -> String? {
            if !sheet.form[typed].isEmpty { return sheet.form[typed] }
            let value = sheet.form[pick]
            return value.isEmpty || value == "none" ? nil : value
        }
        func chosen(_ name: String) -> String? { sheet.form[name].isEmpty ? nil : sheet.form[name] }
        var matter = IntakeMatter(
            kind: ComplaintKind(rawValue: sheet.form["kind"]) ?? reading.kind.value,
            service: picked("service", "servicePick"), region: chosen("region"), place: chosen("place"),
            named: picked("body", "namedPick"))
        if let due = CivilDate(sheet.form["shownDue"]), let body = chosen("shownBody") {
            matter.shown = .init(body: body, dueOn: due)
        }
        return matter
    }

    /// The further matters that were ticked, as they were shown.
    func otherMatters(_ reading: ComplaintReading) -> [IntakeMatter] {
        let ticked = sheet.form.all("matter")
        let chief = matter(reading)
        return sheet.form.all("shownOther").compactMap { shown in
            let parts = shown.split(separator: "|").map(String.init)
            guard parts.count == 3, ticked.contains(parts[0]), let due = CivilDate(parts[2]) else { return nil }
            return IntakeMatter(
                kind: chief.kind, service: parts[0], region: chief.region, place: chief.place,
                shown: .init(body: parts[1], dueOn: due))
        }
    }

    /// Works out what follows from the fields.
    private mutating func decide(_ reading: ComplaintReading) async throws {
        let nature = IntakeNature(rawValue: sheet.form["nature"]) ?? .complaint
        guard nature.closing == nil else {
            if sheet.form["told"].isEmpty { sheet.form["told"] = told(nature) }
            sheet.decision = .instead(nature)
            return
        }
        guard sheet.wrong.isEmpty else { return }
        let (centre, now) = (site.environment.centre, site.environment.now())
        let chief = matter(reading)
        do {
            let preview = try await centre.complaints.preview(words.filing(chief), at: now)
            var others: [IntakeDecision.OtherMatter] = []
            let ticked = sheet.form.all("matter")
            for matter in reading.matters where matter.service != chief.service {
                let other = IntakeMatter(
                    kind: chief.kind, service: matter.service, region: chief.region, place: chief.place)
                others.append(
                    IntakeDecision.OtherMatter(
                        service: matter.service, words: MarkedText.quote(matter.bytes, of: words.text, reading),
                        preview: try await centre.complaints.preview(words.filing(other), at: now),
                        isTicked: ticked.contains(matter.service)))
            }
            sheet.decision = .answer(preview, others: others)
        } catch {
            try take(error)
        }
    }

    /// Registers, where what was shown is confirmed; nil where the sheet has to be looked at first.
    /// - Throws: what is a failure of ours.
    mutating func register(by actor: Actor) async throws -> [ComplaintReceipt]? {
        guard act == .register, sheet.wrong.isEmpty, sheet.problem == nil, sheet.desk?.momentProblem == nil,
            let reading = sheet.reading?.reading, case .answer = sheet.decision
        else { return nil }
        let chief = matter(reading)
        // Nobody registers what he was not shown.
        guard chief.shown != nil else { return nil }
        let matters = [chief] + otherMatters(reading)
        let (desk, now, key) = (site.environment.centre.intake, site.environment.now(), try site.formKey(of: actor))
        do {
            if let submission {
                return try await desk.register(submission, as: matters, by: actor, at: now, once: key)
            }
            return try await desk.register(words, reading, as: matters, by: actor, at: now, once: key)
        } catch {
            try take(error)
            return nil
        }
    }

    /// Closes without a complaint; whether it was done.
    mutating func close(by actor: Actor) async throws -> Bool {
        guard act == .close, sheet.wrong.isEmpty, sheet.desk?.momentProblem == nil,
            let reading = sheet.reading?.reading, case .instead(let nature) = sheet.decision,
            let ground = nature.closing
        else { return false }
        let told = sheet.form["told"].isEmpty ? nil : String(sheet.form["told"].prefix(4_000))
        let (desk, now, key) = (site.environment.centre.intake, site.environment.now(), try site.formKey(of: actor))
        do {
            if let submission {
                try await desk.close(
                    submission, as: ground, nature: nature, told: told, by: actor, at: now, once: key)
            } else {
                _ = try await desk.close(
                    words, reading, as: ground, nature: nature, told: told, by: actor, at: now, once: key)
            }
            return true
        } catch {
            try take(error)
            return false
        }
    }

    /// Leaves the words to those who decide; nil where something is wrong with them.
    mutating func leave(by actor: Actor) async throws -> SubmissionReceipt? {
        checkWords()
        guard act == .leave, sheet.wrong.isEmpty, sheet.desk?.momentProblem == nil else { return nil }
        let centre = site.environment.centre
        do {
            let reading = try await centre.readings.read(words.text, on: date)
            return try await centre.intake.receive(
                words, reading, by: actor, at: site.environment.now(), once: try site.formKey(of: actor))
        } catch {
            try take(error)
            return nil
        }
    }

    /// Marks what is to be mended.
    /// - Throws: the error itself where it is no answer to a person.
    private mutating func take(_ error: any Error) throws {
        switch error {
        case let refusal as Refusal where refusal.code == IntakeRefusal.answerChanged.rawValue:
            sheet.problem = site.words(of: refusal)
        case let refusal as Refusal:
            if let field = refusal.field.flatMap(FilingField.init(rawValue:)) {
                sheet.wrong.insert(field)
            } else {
                sheet.problem = site.words(of: refusal)
            }
        case is RoutingError: sheet.wrong.insert(.body)
        case CaseworkError.noRulebook, CaseworkError.noCalendar:
            sheet.decision = .impossible(site.reader.t("intake.noTerm"))
        default: sheet.problem = try site.problem(error).text
        }
    }
}
