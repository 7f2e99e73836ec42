import Attachments
import Casework
import Complaints
import GRDB
import Journal
import Languages
import Onboarding
import Registry
import Rulebook
import WorkingDays

/// The door to letters: what pages and commands call. Every step is one transaction.
package struct LetterDesk: Sendable {
    /// The loop of all cases.
    package let casework: Casework
    /// Where PDFs and scans are kept.
    package let attachments: AttachmentStore
    /// What letters begin with.
    package let templates: LetterTemplates

    /// A desk over casework.
    package init(casework: Casework, attachments: AttachmentStore, templates: LetterTemplates) {
        self.casework = casework
        self.attachments = attachments
        self.templates = templates
    }

    /// Begins a letter about a case from its template.
    /// - Parameter stream: `onboarding/…` for a request, a reminder or a protocol, `refusal-notice/…` for a notice.
    /// - Returns: the number of the draft.
    /// - Throws: `Refusal` where the case is unknown or not as far; `LetterTemplateError`; `JournalError`.
    package func draft(
        _ kind: LetterKind, about stream: StreamID, by actor: Actor, at now: Moment, once key: CommandKey? = nil
    ) async throws -> String {
        let today = casework.today(now)
        var attached: [String] = []
        var titles: [LetterEnclosure]?
        let facts: (body: String, values: [String: Localized])
        if kind == .cards || kind == .filings {
            throw CorrespondenceRefusal.letterNoCase(
                "The letter about \(kind == .cards ? "the cards of a body is begun on the page of its campaign" : "a form on internal control is begun on the page of its filing").",
                field: "case")
        }
        if kind == .notice {
            let notice = try await casework.load(Duty<RefusalNotice>.self, id: stream.id).state
            guard stream.kind == RefusalNotice.procedure, let begun = notice.begun, let at = notice.begunAt else {
                throw CorrespondenceRefusal.letterNoCase(
                    "A notice is about a case refusal-notice/…; there is none “\(stream)”.",
                    field: "case")
            }
            attached = begun.documents
            let refusals = try await refusals(of: begun)
            titles = enclosures(begun, refusals)
            let days = refusals.map { casework.today($0.at) }
            facts = (
                begun.body,
                [
                    "from": same(LetterPDF.short(days.min() ?? casework.today(at))),
                    "through": same(LetterPDF.short(days.max() ?? casework.today(at))),
                    "refusals": Localized(
                        kk: lines(of: refusals, .kk), ru: lines(of: refusals, .ru)),
                    "reference": same(begun.reference ?? "–"),
                ]
            )
        } else if kind == .complaint {
            facts = try await complaintFacts(stream)
        } else {
            facts = try await requestFacts(kind, stream, today)
        }
        return try await draft(
            kind, about: stream, to: facts.body, facts.values, attached: attached, titles: titles, by: actor, at: now,
            once: key)
    }

    /// Begins a letter about a case of another module, which says what its fields hold; the name of the body is looked up.
    /// - Returns: the number of the draft.
    /// - Throws: `Refusal`; `LetterTemplateError` where a field has no value; `JournalError`.
    package func draft(
        _ kind: LetterKind, about stream: StreamID, to body: String, _ facts: [String: Localized],
        attached: [String] = [], titles: [LetterEnclosure]? = nil, by actor: Actor, at now: Moment,
        once key: CommandKey? = nil
    ) async throws -> String {
        let today = casework.today(now)
        var values = facts
        values["body"] = try await casework.journal.read { db in
            try Registry.localizedName(of: body, on: today, in: db) ?? Localized(kk: body, ru: body)
        }
        let text = try templates.letter(kind, values)
        let drafted = LetterDrafted(
            kind: kind, about: stream.rawValue, body: body, kk: text.kk, ru: text.ru, attachments: attached,
            titles: titles)
        return try await casework.transact(by: actor, at: now, once: key) { session in
            let id = try LetterRecord.nextID(in: session.today.year, from: session.db)
            try session.perform(.draft(drafted), on: Letter.self, id: id, isNew: true)
            return id
        }
    }

    /// A refusal behind a notice: the number of its case, what was asked, how and when it was refused.
    private typealias NoticedRefusal = (id: String, asked: DutyNote, refused: DutyNote, at: Moment)

    /// The refusals that a notice is about, the earliest first.
    private func refusals(of notice: DutyNote) async throws -> [NoticedRefusal] {
        var found: [NoticedRefusal] = []
        for id in (notice.reference ?? "").split(separator: ", ").map(String.init) {
            let state = try await casework.load(Duty<AdditionalRequest>.self, id: id).state
            guard let asked = state.begun, let refused = state.ended, let at = state.endedAt else { continue }
            found.append((id, asked, refused, at))
        }
        return found.sorted { ($0.at, $0.id) < ($1.at, $1.id) }
    }

    /// The refusals in the words of a letter, a line each: the day, the case, what was asked, the ground, the papers.
    private func lines(of refusals: [NoticedRefusal], _ language: Language) -> String {
        refusals.map { refusal in
            let none = templates.letterhead.text("none", language)
            return templates.letterhead.text(
                "refusal-line", language,
                [
                    "date": LetterPDF.short(casework.today(refusal.at)), "case": refusal.id,
                    "text": refusal.asked.text, "number": refusal.refused.reference ?? none,
                    "ground": templates.letterhead.text("ground-\(refusal.refused.ground ?? "none")", language),
                    "documents": refusal.refused.documents.isEmpty ? none : "\(refusal.refused.documents.count)",
                ])
        }.joined(separator: "\n")
    }

    /// What the documents of a notice are: each came with a refusal, of which the case and the day are named.
    private func enclosures(_ notice: DutyNote, _ refusals: [NoticedRefusal]) -> [LetterEnclosure] {
        var found: [String: LetterEnclosure] = [:]
        for refusal in refusals {
            let (day, id, papers) = (
                LetterPDF.short(casework.today(refusal.at)), refusal.id, refusal.refused.documents
            )
            for (index, digest) in papers.enumerated() where found[digest] == nil {
                let part = papers.count > 1 ? " (\(index + 1)/\(papers.count))" : ""
                found[digest] = LetterEnclosure(
                    kk: templates.letterhead.text("refusal", .kk, ["date": day, "case": id]) + part,
                    ru: templates.letterhead.text("refusal", .ru, ["date": day, "case": id]) + part)
            }
        }
        // A document that was attached to the notice itself.
        let rest = LetterEnclosure(
            kk: templates.letterhead.text("refusal-notice", .kk), ru: templates.letterhead.text("refusal-notice", .ru))
        return notice.documents.map { found[$0] ?? rest }
    }

    private func requestFacts(
        _ kind: LetterKind, _ stream: StreamID, _ today: CivilDate
    ) async throws -> (body: String, values: [String: Localized]) {
        let state = try await casework.load(InformationRequest.self, id: stream.id).state
        guard stream.kind == InformationRequest.streamKind, let line = state.line else {
            throw CorrespondenceRefusal.letterNoCase(
                "The letter is about a request onboarding/…; there is none “\(stream)”.", field: "case"
            )
        }
        let found = try await casework.journal.read { db in
            (
                try Registry.service(line.service, in: db)?.name,
                try InformationRequestRecord.fetch(id: stream.id, in: db),
                try ClockRow.fetch(of: stream, in: db)
            )
        }
        var values = [
            "service": found.0 ?? same(line.service), "code": same(line.service), "plan": same(line.plan),
            "line": same(line.line), "approval": same(line.approval),
        ]
        func day(_ moment: Moment?) -> Localized? { moment.map { same(LetterPDF.short(casework.today($0))) } }
        values["sentOn"] = day(state.sentAt)
        values["sentNumber"] = found.1?.number.map(same)
        values["submittedOn"] = day(state.submittedAt)
        values["trainedOn"] = day(state.trainedAt)
        let open = found.2.filter { $0.owner != .ucc && $0.endedOn == nil }.min { $0.due < $1.due }
        if let open {
            values["due"] = same(LetterPDF.short(open.due))
            values["duty"] = casework.rulebooks.title(of: open.rule) ?? same(open.rule)
        }
        let isReady =
            switch kind {
            case .request, .notice, .complaint, .cards, .filings: true
            case .reminder: open != nil && values["sentOn"] != nil && values["sentNumber"] != nil
            case .protocolOfAcceptance: state.trainedAt != nil && state.submittedAt != nil
            }
        guard isReady else {
            throw CorrespondenceRefusal.letterTooEarly(
                kind == .reminder
                    ? "No term of the body runs in this request: there is nothing to remind of."
                    : "The protocol follows the training (797 §8): record the information and the training first.",
                field: "kind")
        }
        return (line.body, values)
    }

    /// What stands in the letter with a complaint: nothing of the person.
    private func complaintFacts(_ stream: StreamID) async throws -> (body: String, values: [String: Localized]) {
        let found = try await casework.journal.read { db in
            try ComplaintRecord.fetch(id: stream.id, in: db).map { record in
                (record, try record.service.flatMap { try Registry.service($0, in: db)?.name })
            }
        }
        guard stream.kind == Complaint.streamKind, let (record, service) = found else {
            throw CorrespondenceRefusal.letterNoCase(
                "The letter is about a complaint complaint/…; there is none “\(stream)”.", field: "case")
        }
        guard record.status == .open else {
            throw CorrespondenceRefusal.letterTooEarly(
                "The complaint is closed: nothing is asked of its body.", field: "kind")
        }
        return (
            record.body,
            [
                "number": same(record.id), "registeredOn": same(LetterPDF.short(record.registeredOn)),
                "due": same(LetterPDF.short(record.dueOn)), "service": service ?? same("–"),
            ]
        )
    }

    private func same(_ text: String) -> Localized { Localized(kk: text, ru: text) }

    /// Changes a draft.
    /// - Parameter expected: the version that the person saw.
    /// - Throws: `Refusal`; `JournalError.conflict`.
    package func edit(
        _ id: String, kk: LetterText, ru: LetterText, by actor: Actor, at now: Moment, expecting expected: Int? = nil
    ) async throws {
        _ = try await casework.transact(by: actor, at: now) { session in
            try session.perform(.edit(LetterEdited(kk: kk, ru: ru)), on: Letter.self, id: id, expecting: expected)
                .version
        }
    }

    /// Gives a letter its number, makes its PDF and keeps it.
    ///
    /// The number is read again in the transaction: where somebody took it meanwhile, the PDF is made anew with the next
    /// one, so numbers have no gaps and no doubles.
    /// - Throws: `Refusal`; `PDFFailure`; `AttachmentError`; `JournalError`.
    @discardableResult
    package func finish(
        _ id: String, by actor: Actor, at now: Moment, expecting expected: Int? = nil
    ) async throws -> LetterFinished {
        let today = casework.today(now)
        while true {
            try Task.checkCancellation()
            let letter = try await casework.load(Letter.self, id: id)
            if let expected, expected != letter.version {
                throw JournalError.conflict(stream: letter.stream, expected: expected)
            }
            let number = try await casework.journal.read { try LetterRecord.nextNumber(in: today.year, from: $0) }
            var finished = LetterFinished(year: today.year, number: number, date: today, document: "")
            let bytes = try await pdf(of: letter.state, number: finished.outgoing, date: today)
            finished.document = try await attachments.save(
                Pieces([bytes]), named: "letter-\(id).pdf", for: actor.rawValue
            ).digest
            let made = finished
            let isDone = try await casework.transact(by: actor, at: now) { session in
                guard try LetterRecord.nextNumber(in: made.year, from: session.db) == made.number else { return false }
                try session.perform(.finish(made), on: Letter.self, id: id, expecting: letter.version)
                return true
            }
            if isDone { return made }
        }
    }

    /// The PDF of a letter as it would be; without a number while it is a draft.
    /// - Throws: `Refusal` where there is no such letter; `PDFFailure`.
    package func pdf(of state: LetterState, number: String? = nil, date: CivilDate) async throws -> [UInt8] {
        guard let drafted = state.drafted else {
            throw CorrespondenceRefusal.letterUnknown("There is no such letter: check the number.")
        }
        let letter = PrintedLetter(
            kind: drafted.kind, number: number, date: date, kk: drafted.kk, ru: drafted.ru,
            attachments: drafted.attachments, titles: drafted.titles ?? [])
        return try await LetterPDF.bytes(of: letter, templates.letterhead)
    }

    /// Takes in the signed scan, a document that is kept already.
    /// - Throws: `Refusal`; `AttachmentError.missing`.
    package func sign(_ id: String, scan digest: String, by actor: Actor, at now: Moment) async throws {
        guard attachments.holds(digest) else { throw AttachmentError.missing(digest) }
        try await perform(.sign(document: digest), on: id, by: actor, at: now)
    }

    /// Gives a draft up.
    /// - Throws: `Refusal`.
    package func drop(_ id: String, reason: String, by actor: Actor, at now: Moment) async throws {
        try await perform(.drop(reason: reason), on: id, by: actor, at: now)
    }

    private func perform(_ command: LetterCommand, on id: String, by actor: Actor, at now: Moment) async throws {
        _ = try await casework.transact(by: actor, at: now) { session in
            try session.perform(command, on: Letter.self, id: id).version
        }
    }
}

/// Bytes that are at hand, as the attachments take them.
private struct Pieces: AsyncSequence, Sendable {
    typealias Element = [UInt8]
    let pieces: [[UInt8]]

    init(_ pieces: [[UInt8]]) { self.pieces = pieces }

    func makeAsyncIterator() -> Iterator { Iterator(rest: pieces[...]) }

    struct Iterator: AsyncIteratorProtocol {
        var rest: ArraySlice<[UInt8]>
        mutating func next() async -> [UInt8]? { rest.popFirst() }
    }
}

extension RulebookSet {
    /// The title of a rule of any edition, nil where none has it.
    package func title(of rule: String) -> Localized? { find(rule)?.title }

    /// The paragraph of a rule and what it says, in Kazakh and Russian; that a target is our own stands there as well.
    package func law(of rule: String) -> String? {
        find(rule).map { "\($0.cite.kk): \($0.explanation.kk)\n\($0.cite.ru): \($0.explanation.ru)" }
    }

    private func find(_ rule: String) -> ClockRule? {
        for edition in editions {
            for procedure in edition.procedures {
                if let found = procedure.rules.first(where: { $0.id == rule }) { return found }
            }
        }
        return nil
    }
}
