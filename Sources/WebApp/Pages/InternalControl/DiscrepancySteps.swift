import Accounts
import Casework
import ContactCentre
import Delivery
import Forms
import HTTPTypes
import Hummingbird
import InternalControl
import Journal
import Languages
import Proofs
import Registry
import WorkingDays

/// What can be recorded of a discrepancy.
enum DiscrepancyStep: String, CaseIterable, Sendable {
    case confirm, ask, answer, explain, settle, withdraw

    /// What a step is called.
    static func title(_ step: String) -> TextKey { TextKey(family: "discrepancyStep", member: step) }
}

extension DiscrepancyPage {
    static func show(_ site: WebRequest) async throws -> Response { site.page(try await load(site)) }

    /// The document of an explanation, as the Agency got it.
    static func explanation(_ site: WebRequest) async throws -> Response {
        let (sealed, bytes) = try await document(site)
        return Response(
            status: .ok,
            headers: [
                .contentType: "application/json; charset=utf-8",
                .contentDisposition: "attachment; filename=\"\(try site.parameter("id"))-\(sealed.revision).json\"",
            ], body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    /// The same on pages, in the languages of the act.
    static func explanationPages(_ site: WebRequest) async throws -> Response {
        let (sealed, bytes) = try await document(site)
        let view = site.reader
        let sheets = try ExplanationSheets(
            bytes, digest: sealed.digest, texts: view.texts, zone: view.zone, isDemo: view.isDemo)
        return try await WebRequest.pdf(
            "\(try site.parameter("id"))-\(sealed.revision)", of: sheets.book, site)
    }

    /// The same with everything that proves it, in one file; a proof that is missing is said.
    static func explanationContainer(_ site: WebRequest) async throws -> Response {
        try site.authority.require(.readReports)
        let (sealed, bytes) = try await document(site)
        let (number, view) = (try site.parameter("id"), site.reader)
        let sheets = try ExplanationSheets(
            bytes, digest: sealed.digest, texts: view.texts, zone: view.zone, isDemo: view.isDemo)
        let container = try await site.environment.centre.container(
            ofExplanation: number, revision: sealed.revision, pages: try await WebRequest.pages(of: sheets.book, site))
        return Response(
            status: .ok,
            headers: [
                .contentType: ProofContainer.mediaType, .cacheControl: "no-store",
                .contentDisposition:
                    "attachment; filename=\"\(number)-\(sealed.revision).\(ProofContainer.fileExtension)\"",
            ], body: .init(byteBuffer: ByteBuffer(bytes: container.bytes)))
    }

    /// A sealed explanation of the address with its bytes.
    private static func document(_ site: WebRequest) async throws -> (ExplanationSealed, [UInt8]) {
        let number = try site.parameter("id")
        let desk = site.environment.centre.internalControl
        let state = try await desk.discrepancy(number).state
        guard let revision = Int(try site.parameter("revision")),
            let sealed = state.sealed.first(where: { $0.revision == revision }),
            let bytes = try await desk.document(sealed)
        else { throw SiteError(.notFound, "no explanation of \(number)") }
        return (sealed, bytes)
    }

    /// Records what a form of the page says.
    static func record(_ site: WebRequest) async throws -> Response {
        try site.authority.require(.sealReports)
        var page = try await load(site)
        let name = site.form["step"]
        guard let step = DiscrepancyStep(rawValue: String(name.prefix { $0 != "-" })),
            let form = page.forms.first(where: { $0.step == name })
        else {
            // The form stood on the page before somebody else went on: what is there now says what can be done.
            page.sent = nil
            return site.page(page, status: .conflict)
        }
        var reader = StepReader(form, site)
        do {
            if try await page.record(step, &reader, site) { return site.redirect(to: page.path, notice: .stepRecorded) }
        } catch {
            try reader.take(error)
        }
        page.sent = reader.form
        return site.page(page, status: reader.status)
    }

    private func record(
        _ step: DiscrepancyStep, _ reader: inout StepReader, _ site: WebRequest
    ) async throws -> Bool {
        let desk = site.environment.centre.internalControl
        let (actor, now) = (try site.authority.actor, site.environment.now())
        let command: DiscrepancyCommand
        switch step {
        case .confirm:
            let (cause, units, text) = (reader.text("cause"), reader.number("units"), reader.text("text"))
            let complaints = reader.text("complaints").split { ", ;\n\r\t".contains($0) }.map(String.init)
            reader.checkDocument()
            command = .confirm(
                DiscrepancyCause(
                    cause: cause, units: units ?? 0, text: text, complaints: complaints,
                    documents: reader.document.map { [$0] } ?? []), rules: rules)
        case .answer:
            reader.checkDocument()
            command = .answer(
                DiscrepancyNote(text: reader.text("text"), documents: reader.document.map { [$0] } ?? []))
        case .ask:
            try await site.environment.centre.filingNotices.ask(
                .discrepancy, id, by: actor, at: now, once: try reader.key)
            return true
        case .settle: command = .settle(reason: reader.text("reason"))
        case .withdraw:
            command = .withdraw(
                entry: Int(reader.form.step.split(separator: "-").last ?? "") ?? 0, reason: reader.text("reason"))
        case .explain:
            _ = try await desk.explain(number, by: actor, at: now, expecting: reader.version, once: try reader.key)
            return true
        }
        guard reader.isRight else { return false }
        try await desk.record(
            command, on: number, by: actor, at: now, expecting: reader.version, once: try reader.key)
        return true
    }

    // MARK: - Reading

    static func load(_ site: WebRequest) async throws -> DiscrepancyPage {
        let number = try site.parameter("id")
        let centre = site.environment.centre
        let desk = centre.internalControl
        let found = try await desk.discrepancy(number)
        guard let figures = found.state.figures, let id = FilingID(figures.filing),
            let parts = try await CaseParts(found.stream, site)
        else { throw SiteError(.notFound, "no discrepancy \(number)") }
        let read = try await centre.journal.read { db in
            (
                try DiscrepancyRecord.fetch(number, in: db),
                try Registry.localizedName(of: figures.body, on: id.period.last, in: db),
                try desk.complaints(behind: figures, limit: shown, in: db), try desk.proposals(found.state, in: db),
                try FilingNoticeRecord.fetch(id, in: db).last { $0.about == .discrepancy }
            )
        }
        guard let record = read.0 else { throw SiteError(.notFound, "no discrepancy \(number)") }
        var page = DiscrepancyPage(
            number: number, id: id, form: try desk.form(of: id),
            body: read.1 ?? Localized(kk: figures.body, ru: figures.body), figures: figures, state: found.state,
            standing: record.standing, parts: parts, complaints: read.2, proposals: read.3, rules: desk.rules,
            asked: read.4)
        page.provable = try await centre.journal.read { db in
            Set(
                try found.state.receipts.map(\.revision).filter { revision in
                    let id = DeliveryID("\(desk.kind)-\(number)-\(revision)")
                    let kept = try DeliverySignatures(of: id, in: db)
                    return kept.sent != nil && kept.receipt != nil && kept.received?.head != nil
                })
        }
        page.forms = page.steps(site, version: found.version)
        return page
    }

    private func steps(_ site: WebRequest, version: Int) -> [StepForm] {
        guard state.settled == nil else { return [] }
        let view = site.reader
        func form(_ step: String, _ fields: [StepField], submit: TextKey? = nil) -> StepForm {
            StepForm(step: step, path: path, fields: fields, version: version, submit: submit.map { view.t($0) })
        }
        let document = StepField(
            name: "document", kind: .document, label: view.t("discrepancies.proof"), isRequired: false)
        var forms: [StepForm] = []
        if state.unexplained > 0 {
            let whole = figures.figures.last?.difference ?? 0
            let causes = whole == 0 ? rules.causes : rules.causes(theirsIsLarger: whole > 0)
            forms.append(
                form(
                    DiscrepancyStep.confirm.rawValue,
                    [
                        StepField(
                            name: "cause", kind: .choice(causes.map { ($0.code, $0.words[view.language]) }),
                            label: view.t("discrepancies.cause"),
                            preset: site.query("cause") ?? proposals.first?.cause ?? ""),
                        StepField(
                            name: "units", kind: .line(type: "number"), label: view.t("discrepancies.units"),
                            preset: site.query("units") ?? "\(proposals.first?.units ?? state.unexplained)"),
                        StepField(
                            name: "text", kind: .area, label: view.t("discrepancies.text"),
                            hint: view.t("discrepancies.textHint")),
                        StepField(
                            name: "complaints", kind: .line(type: "text"), label: view.t("discrepancies.complaints"),
                            hint: view.t("discrepancies.complaintsHint"), isRequired: false,
                            preset: site.query("complaints") ?? proposals.first?.complaints.joined(separator: ", ")
                                ?? ""),
                        document,
                    ]))
        }
        if !state.isUnderway, state.hasNews || state.receipts.isEmpty {
            forms.append(form(DiscrepancyStep.explain.rawValue, [], submit: "discrepancies.send"))
        }
        if state.unexplained == 0, !state.hasNews, !state.isUnderway, !state.receipts.isEmpty {
            forms.append(
                form(
                    DiscrepancyStep.settle.rawValue,
                    [StepField(name: "reason", kind: .area, label: view.t("discrepancies.settleReason"))]))
        }
        forms.append(form(DiscrepancyStep.ask.rawValue, [], submit: "discrepancies.askBody"))
        forms.append(
            form(
                DiscrepancyStep.answer.rawValue,
                [StepField(name: "text", kind: .area, label: view.t("discrepancies.answer")), document]))
        forms += state.causes.keys.sorted().map { entry in
            form(
                DiscrepancyStep.withdraw.rawValue + "-\(entry)",
                [StepField(name: "reason", kind: .line(type: "text"), label: view.t("step.reason"))])
        }
        return forms
    }
}
