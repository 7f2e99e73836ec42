import Accounts
import Attachments
import Casework
import ContactCentre
import Filings
import Forms
import GRDB
import Hummingbird
import InternalControl
import Journal
import Languages
import Registry
import WorkingDays

/// What can be recorded of a filing.
enum FilingStep: String, CaseIterable, Sendable {
    case take, answer, compare

    /// What a step is called.
    static func title(_ step: String) -> TextKey { TextKey(family: "filingStep", member: step) }
}

extension FilingPage {
    static func show(_ site: WebRequest) async throws -> Response { site.page(try await load(site)) }

    /// Records what a form of the page says.
    static func record(_ site: WebRequest) async throws -> Response {
        try site.authority.require(.sealReports)
        var page = try await load(site)
        guard let step = FilingStep(rawValue: site.form["step"]),
            let form = page.forms.first(where: { $0.step == step.rawValue })
        else { throw SiteError(.badRequest, "The form names no step of a filing.") }
        var reader = StepReader(form, site)
        do {
            let done =
                switch step {
                case .take: try await page.take(&reader, site)
                case .answer: try await page.answer(&reader, site)
                case .compare: try await page.compare(&reader, site)
                }
            if done { return site.redirect(to: page.path, notice: .stepRecorded) }
        } catch {
            try reader.take(error)
        }
        page.sent = reader.form
        return site.page(page, status: reader.status)
    }

    private func take(_ reader: inout StepReader, _ site: WebRequest) async throws -> Bool {
        let at = reader.moment()
        let channel = reader.chosen("channel", FilingNote.Channel.self)
        let (reference, reason) = (reader.optional("reference"), reader.optional("reason"))
        reader.checkDocument()
        guard reader.isRight, let channel, let digest = reader.document else { return false }
        _ = try await site.environment.centre.takeFiling(
            id, file: digest, channel: channel, reference: reference, reason: reason, at: at,
            by: try site.authority.actor, now: site.environment.now(), expecting: reader.version,
            once: try reader.key)
        return true
    }

    private func answer(_ reader: inout StepReader, _ site: WebRequest) async throws -> Bool {
        let at = reader.moment()
        let question = reader.text("question").split(separator: "|", omittingEmptySubsequences: false).map(String.init)
        let text = reader.text("text")
        reader.checkDocument()
        guard reader.isRight, question.count == 3 else { return false }
        try await site.environment.centre.internalControl.answer(
            id,
            FilingAnswer(
                rule: question[0], row: question[1].isEmpty ? nil : question[1],
                column: question[2].isEmpty ? nil : question[2], text: text,
                documents: reader.document.map { [$0] } ?? []),
            at: at, by: try site.authority.actor, now: site.environment.now(), expecting: reader.version,
            once: try reader.key)
        return true
    }

    private func compare(_ reader: inout StepReader, _ site: WebRequest) async throws -> Bool {
        _ = try await site.environment.centre.internalControl.reconcile(
            id, by: try site.authority.actor, at: site.environment.now(), once: try reader.key)
        return true
    }

    // MARK: - Reading

    static func load(_ site: WebRequest) async throws -> FilingPage {
        let text = try site.parameter("id")
        let centre = site.environment.centre
        let desk = centre.internalControl
        guard let id = FilingID(text) else { throw SiteError(.notFound, "no filing \(text)") }
        let form: StatutoryForm
        do { form = try desk.form(of: id) } catch { throw SiteError(.notFound, "no filing \(text): \(error)") }
        let filing = try await desk.filing(id)
        let found = try await centre.journal.read { db in
            (
                try Registry.localizedName(of: id.body, on: id.period.last, in: db),
                try desk.comparison(id, filing.state, in: db), try FilingRecord.fetch(id, in: db),
                try discrepancies(of: id, in: db)
            )
        }
        guard let body = found.0 else { throw SiteError(.notFound, "no body \(id.body)") }
        var report: FilingReport?
        if let last = filing.state.last?.note.file, centre.attachments.holds(last) {
            report = try await centre.readFiling(id, file: last, filing.state)
        }
        var page = FilingPage(
            id: id, form: form, body: body, state: filing.state, record: found.2,
            parts: try await CaseParts(filing.stream, site), report: report, comparison: found.1,
            discrepancies: found.3, rules: desk.rules, way: try await FilingWay.load(id, site))
        page.forms = page.steps(site.reader, version: filing.version)
        return page
    }

    private static func discrepancies(of id: FilingID, in db: Database) throws -> [DiscrepancyRecord] {
        var filter = DiscrepancyRecord.Filter()
        filter.filing = id
        return try DiscrepancyRecord.fetch(filter, limit: 100, in: db)
    }

    private func steps(_ view: View, version: Int) -> [StepForm] {
        func line(_ name: String, _ label: TextKey) -> StepField {
            StepField(name: name, kind: .line(type: "text"), label: view.t(label), isRequired: false)
        }
        // What comes by a body's own link no officer enters.
        let channels = FilingNote.Channel.allCases.filter { $0 != .link }
        var take = StepForm(
            step: FilingStep.take.rawValue, path: path,
            fields: [
                StepField(
                    name: "document", kind: .document, label: view.t("internalControl.file"),
                    hint: view.t("internalControl.fileHint")),
                StepField(name: "at", kind: .moment(now: true), label: view.t("step.at")),
                StepField(
                    name: "channel", kind: .radios(channels.map { ($0.rawValue, view.name("bodyFilingChannel", $0)) }),
                    label: view.t("internalControl.channel"), preset: FilingNote.Channel.letter.rawValue),
                line("reference", "request.outgoing"),
            ], version: version)
        if state.taken != nil { take.fields.append(line("reason", "internalControl.reason")) }
        var forms = [take]
        let doubts =
            state.taken == nil || state.last?.isTaken != true ? [] : report?.faults.filter { $0.level == .doubt } ?? []
        if !doubts.isEmpty {
            let options = doubts.map { fault in
                (
                    value: fault.question,
                    label: [fault.row, fault.column].compactMap { $0 }.joined(separator: " · ") + ": "
                        + fault.text[view.language]
                )
            }
            forms.append(
                StepForm(
                    step: FilingStep.answer.rawValue, path: path,
                    fields: [
                        StepField(name: "question", kind: .choice(options), label: view.t("internalControl.question")),
                        StepField(name: "text", kind: .area, label: view.t("internalControl.answer")),
                        StepField(name: "at", kind: .moment(now: true), label: view.t("step.at")),
                        StepField(
                            name: "document", kind: .document, label: view.t("step.documentAnswer"), isRequired: false),
                    ], version: version))
        }
        if state.taken != nil, rules.forms.contains(id.form) {
            forms.append(
                StepForm(
                    step: FilingStep.compare.rawValue, path: path, fields: [],
                    submit: view.t("internalControl.compareAgain")))
        }
        return forms
    }
}
