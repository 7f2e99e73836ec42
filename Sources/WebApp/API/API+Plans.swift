import CSV
import CanonicalJSON
import Casework
import ContactCentre
import HTTPTypes
import Hummingbird
import Journal
import Onboarding
import WorkingDays

/// Plan-schedules (797 §3): their lines as a table, the approval, a change of a line.
enum PlanAPI {
    static func list(_ api: APIRequest) async throws -> APIAnswer {
        let plans = try await api.centre.journal.read { try PlanRecord.fetch(in: $0) }
        let page = try APIPage(api)
        return try page.answer(Array(plans.dropFirst(try page.offset).prefix(page.limit + 1))) { $0.json }
    }

    /// The requests of a plan by line.
    static func lines(_ api: APIRequest) async throws -> APIAnswer {
        let plan = try api.parameter("plan")
        let page = try APIPage(api)
        let line = api.site.query("line")
        let (limit, offset) = (page.limit + 1, try page.offset)
        let (isKnown, lines) = try await api.centre.journal.read { db in
            (
                try PlanRecord.fetch(in: db).contains { $0.plan == plan },
                try PlanBoardLine.fetch(plan: plan, line: line, in: db)
            )
        }
        guard isKnown else { throw APIProblem.missing("plan “\(plan)”") }
        return try page.answer(Array(lines.dropFirst(offset).prefix(limit))) { line in
            .object([
                "plan": .string(line.plan), "line": .string(line.line),
                "requests": .array(
                    line.requests.map { request in
                        .object([
                            "id": .string(request.id), "body": .string(request.body),
                            "service": .string(request.service), "requestOn": .date(request.requestOn),
                            "state": .string(request.state.rawValue),
                        ])
                    }),
            ])
        }
    }

    /// Takes the table of a plan, which then waits for its approval; wrong lines are named and left out.
    static func draft(_ site: WebRequest) async throws -> Response {
        try Route.checkQuery(site, [])
        let api = try APIRequest(site)
        let type = site.request.headers[.contentType]?.split(separator: ";").first ?? ""
        guard type.lowercased() == "text/csv" else {
            throw APIProblem(.unsupportedMedia, "Send the table as text/csv, not “\(type)”.")
        }
        let plan = try api.parameter("plan")
        let rows = try OnboardingDesk.planRows(of: Array(site.body.readableBytesView), named: plan)
        let report = try await api.centre.onboarding.draftPlan(
            rows: rows, plan: plan, source: "api", by: api.actor, at: api.now, once: try api.key())
        return APIAnswer(report.json).response
    }

    static func approve(_ api: APIRequest) async throws -> APIAnswer {
        let fields = try api.fields(["act", "document", "at"])
        let report = try await api.centre.onboarding.approvePlan(
            try api.parameter("plan"), act: try fields.text("act"), document: try fields.document("document", api),
            approvedAt: try fields.moment("at", or: api.now), by: api.actor, at: api.now, once: try api.key())
        return APIAnswer(report.json)
    }

    /// Changes a line for all its bodies, by an act of the IT body.
    static func amend(_ api: APIRequest) async throws -> APIAnswer {
        let fields = try api.fields(["requestOn", "acceptanceOn", "unit", "act", "reason", "document", "at"])
        let amended = PlanLineAmended(
            requestOn: try fields.date("requestOn"), acceptanceOn: try fields.optionalDate("acceptanceOn"),
            unit: try fields.optionalText("unit"), approval: try fields.text("act"), reason: try fields.text("reason"),
            document: try fields.document("document", api))
        let report = try await api.centre.onboarding.amendLine(
            plan: try api.parameter("plan"), line: try api.parameter("line"), amended,
            amendedAt: try fields.moment("at", or: api.now), by: api.actor, at: api.now, once: try api.key())
        var members = report.json.object ?? [:]
        members["changed"] = members.removeValue(forKey: "sent")
        members["already"] = nil
        members["left"] = nil
        return APIAnswer(.object(members))
    }
}
