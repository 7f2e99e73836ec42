import Accounts
import Attachments
import CSV
import Casework
import ContactCentre
import Hummingbird
import Journal
import Languages
import Onboarding
import Registry
import Rulebook
import WorkingDays

extension PlanPage {
    static func show(_ site: WebRequest) async throws -> Response {
        var page = try await load(site.query("plan"), site)
        page.show = site.query("show").flatMap(Show.init)
        return site.page(page)
    }

    /// Takes in a table, or records the approval of what waits.
    static func submit(_ site: WebRequest) async throws -> Response {
        var page = try await load(site.form["plan"].isEmpty ? nil : site.form["plan"], site)
        let isImport = site.form["step"] == "import"
        let form = isImport ? page.importing : approvalForm(page.plan ?? "", site)
        var reader = StepReader(form, site)
        do {
            if !isImport, page.approving == nil {
                if try await reader.wasRecorded() {
                    return site.redirect(to: SitePath.plan.with(["plan": page.plan]), notice: .stepDone)
                }
            } else if isImport {
                if let report = try await take(&reader) {
                    page = try await load(site.form["name"], site)
                    page.report = report
                    return site.page(page, status: report.problems.isEmpty ? .ok : .unprocessableContent)
                }
            } else if try await approve(page.plan ?? "", &reader) {
                return site.redirect(to: SitePath.plan.with(["plan": page.plan]), notice: .planApproved)
            }
        } catch {
            try reader.take(error)
        }
        return site.page(
            PlanPage(
                plans: page.plans, plan: page.plan, lines: page.lines, services: page.services, bodies: page.bodies,
                titles: page.titles, importing: isImport ? reader.form : page.importing,
                approving: isImport ? page.approving : reader.form), status: reader.status)
    }

    private static func take(_ reader: inout StepReader) async throws -> PlanReport? {
        reader.checkDocument()
        let name = reader.text("name")
        guard reader.isRight, let digest = reader.document else { return nil }
        var bytes: [UInt8] = []
        for try await piece in try await reader.site.environment.centre.attachments.open(digest) {
            bytes += piece
            if bytes.count > 4 << 20 {
                reader.fail("document", reader.site.reader.t("plan.tooLarge"))
                return nil
            }
        }
        let source = reader.form.kept?.name ?? "plan.csv"
        do {
            let key = try reader.key
            return try await reader.site.environment.centre.onboarding.draftPlan(
                bytes, plan: name, source: source, document: digest, by: try reader.site.authority.actor,
                at: reader.site.environment.now(), once: key)
        } catch let error as CSVError {
            let view = reader.site.reader
            reader.fail("document", view.t("plan.noTable", ["line": "\(error.line)", "reason": error.words(view)]))
            return nil
        }
    }

    private static func approve(_ plan: String, _ reader: inout StepReader) async throws -> Bool {
        let at = reader.moment()
        reader.checkDocument()
        let act = reader.text("approval")
        guard reader.isRight else { return false }
        _ = try await reader.site.environment.centre.onboarding.approvePlan(
            plan, act: act, document: reader.document, approvedAt: at, by: try reader.site.authority.actor,
            at: reader.site.environment.now(), once: try reader.key)
        return true
    }

    private static func load(_ chosen: String?, _ site: WebRequest) async throws -> PlanPage {
        let casework = site.environment.centre.casework
        let view = site.reader
        let today = view.today
        let found = try await casework.journal.read { db in
            let plans = try PlanRecord.fetch(in: db)
            let plan = chosen.flatMap { name in plans.first { $0.plan == name }?.plan } ?? plans.first?.plan
            return (
                plans, plan, try plan.map { try PlanBoardLine.fetch(plan: $0, in: db) } ?? [],
                try Registry.serviceNames(in: db), try Registry.bodyNames(on: today, in: db),
                try casework.calendars.edition(in: db) == nil ? nil : casework.calendars.calendar(in: db)
            )
        }
        let (plans, plan, lines, services, bodies, calendar) = found
        var standings: [PlanLineStanding] = []
        if let procedure = casework.rulebooks.procedure("onboarding", on: today), let calendar {
            let forecast = OnboardingForecast(procedure: procedure, calendar: calendar, today: today)
            standings = try lines.map {
                try PlanLineStanding(
                    $0, forecast: forecast, calendar: calendar, today: today, horizon: PlanPage.horizon)
            }
        }
        let record = plans.first { $0.plan == plan }
        return PlanPage(
            plans: plans, plan: plan, lines: standings, services: services, bodies: bodies,
            titles: casework.rulebooks.ruleTitles, importing: importForm(plan, site),
            approving: (record?.draftLines ?? 0) > 0 ? approvalForm(plan ?? "", site) : nil)
    }

    private static func importForm(_ plan: String?, _ site: WebRequest) -> StepForm {
        let view = site.reader
        return StepForm(
            step: "import", path: .plan,
            fields: [
                StepField(
                    name: "name", kind: .line(type: "text"), label: view.t("plan.name"), hint: view.t("plan.nameHint"),
                    preset: plan ?? "\(view.today.parts.year)"),
                StepField(name: "document", kind: .document, label: view.t("plan.file"), hint: view.t("plan.fileHint")),
            ],
            submit: view.t("plan.importSubmit"))
    }

    private static func approvalForm(_ plan: String, _ site: WebRequest) -> StepForm {
        let view = site.reader
        return StepForm(
            step: "approve", path: .plan,
            fields: [
                StepField(name: "at", kind: .moment(now: false), label: view.t("plan.approvedAt")),
                StepField(
                    name: "approval", kind: .line(type: "text"), label: view.t("plan.approval"),
                    hint: view.t("plan.approvalHint")),
                StepField(name: "document", kind: .document, label: view.t("step.documentAct"), isRequired: false),
            ],
            hidden: [("plan", plan)], submit: view.t("plan.approveSubmit"))
    }
}
