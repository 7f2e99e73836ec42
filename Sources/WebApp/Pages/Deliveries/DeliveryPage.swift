import Accounts
import ContactCentre
import Delivery
import Hummingbird
import Journal
import Languages
import Markup

/// One delivery: what, where, every attempt, the receipt; where it was given up, the form that sends it again.
struct DeliveryPage: Page {
    let delivery: DeliveryRecord
    let attempts: [DeliveryAttempt]
    /// Why it was not sent again.
    var problem: TextKey?

    var section: NavigationSection? { .deliveries }
    func title(_ view: View) -> String { delivery.title(view) }

    func draw(into html: inout HTML, _ view: View) {
        html.breadcrumbs([(view.t("nav.deliveries"), .deliveries)], view)
        html.pageHeader(title(view), lead: view.name("deliveryPhase", delivery.phase))
        html.panel(view.t("deliveries.what"), id: "what") { html in
            html.facts([
                Fact(view.t("deliveries.identity")) { $0.code(text: delivery.id.rawValue) },
                Fact(view.t("deliveries.destination"), "\(delivery.destination) · \(delivery.path)"),
                Fact(view.t("deliveries.queued"), view.dates.short(delivery.queuedAt)),
                Fact(view.t("report.digest")) { $0.code(text: delivery.digest) },
                Fact(view.t("deliveries.size"), "\(NumberText.whole(Int(delivery.size))) · \(delivery.mediaType)"),
                Fact(
                    view.t("reports.receipt"),
                    delivery.receiptNumber.map { number in
                        delivery.deliveredAt.map { "\(number), \(view.dates.short($0))" } ?? number
                    } ?? "–"),
            ])
        }
        if !attempts.isEmpty {
            html.panel(view.t("report.attempts"), id: "attempts") { html in table(into: &html, view) }
        }
        guard delivery.phase == .dead else { return }
        let reason = Field("reason", label: view.t("deliveries.reason"), error: problem.map { view.t($0) })
        html.panel(view.t("deliveries.again"), id: "again") { html in
            html.alert(.danger, title: view.t("deliveries.givenUp")) { html in
                html.p(.lang(.en), text: delivery.deadReason ?? delivery.lastError ?? "–")
            }
            html.postForm(to: .delivery(.value(delivery.id.rawValue)), view, .class("form")) { html in
                html.textField(reason, view)
                html.formButtons(submit: view.t("deliveries.again"), view)
            }
        }
    }

    private func table(into html: inout HTML, _ view: View) {
        let columns = [
            Column(view.t("deliveries.attempt"), isNumeric: true), Column(view.t("deliveries.began")),
            Column(view.t("deliveries.status"), isNumeric: true), Column(view.t("deliveries.message")),
            Column(view.t("deliveries.next")),
        ]
        html.dataTable(caption: view.t("report.attempts"), columns: columns, rows: attempts) { row, html, attempt in
            row.cell(&html, NumberText.whole(attempt.number))
            row.cell(&html, view.dates.short(attempt.startedAt))
            row.cell(&html, attempt.status.map(String.init) ?? "–")
            row.cell(&html) { html in
                html.text(attempt.result(view) ?? "–")
                if let message = attempt.message { html.p(.class("hint"), .lang(.en), text: message) }
            }
            row.cell(&html, attempt.nextAttemptAt.map(view.dates.short) ?? "–")
        }
    }
}

extension DeliveryPage {
    static func show(_ site: WebRequest) async throws -> Response { site.page(try await page(site)) }

    static func requeue(_ site: WebRequest) async throws -> Response {
        let centre = site.environment.centre
        let authority = try site.authority
        try authority.require(.manageSystem)
        let id = try await page(site).delivery.id
        let reason = site.form["reason"]
        do {
            _ = try await centre.journal.transact(by: authority.actor, at: site.environment.now()) { transaction in
                try centre.outbox.requeue(id, reason: reason, in: transaction)
                return true
            }
        } catch DeliveryError.reasonMissing {
            var page = try await page(site)
            page.problem = "deliveries.reasonMissing"
            return site.page(page, status: .unprocessableContent)
        } catch DeliveryError.notDead {
            throw SiteError(.conflict, "The delivery is under way again already.")
        }
        return site.redirect(to: .delivery(.value(id.rawValue)), notice: .deliveryRequeued)
    }

    private static func page(_ site: WebRequest) async throws -> DeliveryPage {
        let id = try site.parameter("id")
        let found = try await site.environment.centre.journal.read { db -> DeliveryPage? in
            guard let delivery = try DeliveryRecord.fetch(DeliveryID(id), in: db) else { return nil }
            return DeliveryPage(delivery: delivery, attempts: try DeliveryRecord.attempts(of: delivery.id, in: db))
        }
        guard let found else { throw SiteError(.notFound, "There is no delivery “\(id)”.") }
        return found
    }
}
