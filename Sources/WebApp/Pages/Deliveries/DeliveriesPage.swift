import ContactCentre
import Delivery
import Hummingbird
import InternalControl
import Journal
import Languages
import Markup
import Reporting
import WorkingDays

/// What leaves the house: what was given up and needs a person first, then what waits, then what arrived.
struct DeliveriesPage: Page {
    let counts: [DeliveryState.Phase: Int]
    let phase: DeliveryState.Phase
    let deliveries: [DeliveryRecord]

    /// How many of a phase are shown; the older ones are found through their subject.
    static let limit = 200

    var section: NavigationSection? { .deliveries }
    func title(_ view: View) -> String { view.t("nav.deliveries") }

    func draw(into html: inout HTML, _ view: View) {
        html.pageHeader(title(view), lead: view.t("deliveries.lead"))
        let dead = counts[.dead] ?? 0
        if dead > 0 { html.alert(.danger, title: view.t("deliveries.alarm", count: dead)) }
        html.tiles(
            [DeliveryState.Phase.dead, .waiting, .attempting, .delivered].map { phase in
                Tile(
                    value: NumberText.whole(counts[phase] ?? 0), label: view.name("deliveryPhase", phase),
                    address: SitePath.deliveries.with(["phase": phase.rawValue]),
                    state: phase == .dead && dead > 0 ? .breached : nil)
            })
        html.h2(text: view.name("deliveryPhase", phase))
        guard !deliveries.isEmpty else {
            return html.emptyState(title: view.t("deliveries.none"), text: view.t("deliveries.noneText"))
        }
        let columns = [
            Column(view.t("deliveries.subject")), Column(view.t("deliveries.destination")),
            Column(view.t("deliveries.queued")), Column(view.t("deliveries.attempts"), isNumeric: true),
            Column(view.t("deliveries.last")),
        ]
        html.dataTable(caption: title(view), columns: columns, rows: deliveries) { row, html, delivery in
            row.cell(&html) { html in
                html.a(.href(SitePath.delivery(.value(delivery.id.rawValue)).path), text: delivery.title(view))
            }
            row.cell(&html, delivery.destination)
            row.cell(&html, view.dates.short(delivery.queuedAt))
            row.cell(&html, NumberText.whole(delivery.attempts))
            row.cell(&html) { html in
                if let number = delivery.receiptNumber { return html.text(number) }
                html.bdi(.lang(.en), text: delivery.deadReason ?? delivery.lastError ?? "–")
            }
        }
    }
}

extension DeliveriesPage {
    static func show(_ site: WebRequest) async throws -> Response {
        let page = try await site.environment.centre.journal.read { db in
            let counts = try DeliveryRecord.counts(in: db)
            let asked = site.query("phase").flatMap(DeliveryState.Phase.init)
            // What needs a person first, then what is on its way; the last of all what has arrived.
            let urgent = [DeliveryState.Phase.dead, .waiting, .attempting].first { (counts[$0] ?? 0) > 0 }
            let phase = asked ?? urgent ?? .delivered
            return DeliveriesPage(
                counts: counts, phase: phase,
                deliveries: try DeliveryRecord.fetchAll(in: phase, limit: limit, in: db))
        }
        return site.page(page)
    }
}

extension DeliveryRecord {
    /// What is sent, in words; the identity where it is of a kind that has none.
    func title(_ view: View) -> String {
        switch kind {
        case _ where Reports.kinds.contains(kind):
            let parts = subject.split(separator: "/")
            guard parts.count == 2, let period = ReportPeriod(parts[0]) else { return id.rawValue }
            let words = ["month": view.dates.period(period), "revision": String(parts[1])]
            switch kind {
            case ViolationReport.streamKind: return view.t("deliveries.violationReport", words)
            case CorporationReport.streamKind: return view.t("deliveries.form3mk", words)
            case ElectronicReport.streamKind: return view.t("deliveries.form4mk", words)
            default: break
            }
            return view.t(
                "deliveries.report", ["month": view.dates.period(period), "revision": String(parts[1])])
        case Discrepancy.streamKind:
            let parts = subject.split(separator: "/")
            guard parts.count == 2 else { return id.rawValue }
            return view.t("deliveries.explanation", ["number": String(parts[0]), "revision": String(parts[1])])
        case "reminder": return view.t("deliveries.reminder", ["case": StreamID(subject).id])
        case "card-mail": return view.t("deliveries.cardMail", ["number": subject])
        case OffsiteDesk.name: return view.t("deliveries.offsite", ["point": subject])
        default: return id.rawValue
        }
    }
}

/// What came of an attempt, by the words of its table.
enum AttemptName: String, CaseIterable, Sendable {
    case received, transient, permanent, interrupted
}

extension DeliveryAttempt {
    /// What came of it, in the reader's language; nil while it is under way.
    func result(_ view: View) -> String? {
        outcome.map { outcome in AttemptName(rawValue: outcome).map { view.name("attemptOutcome", $0) } ?? outcome }
    }
}
