import Attachments
import Casework
import ContactCentre
import DemoData
import Forms
import GRDB
import InternalControl
import Journal
import Languages
import Registry
import WorkingDays

extension Demonstration {
    /// What the bodies of a demonstration filed for the last quarter that is due: some agree with our numbers, one has more, one
    /// comes back, the others are not here.
    func recordFilings(_ centre: ContactCentre, today: CivilDate) async throws {
        let desk = centre.internalControl
        var made = 0
        for code in ["78-1mk", "78-2mk"] {
            guard let form = desk.filed.first(where: { $0.code == code }),
                let period = FilingDuty.periods(of: form, before: today.adding(days: -9), limit: 1).first
            else { continue }
            let moment = centre.casework.zone.start(of: period.last.adding(days: 8)).adding(milliseconds: 39_600_000)
            let counted = try await centre.journal.read { db in try self.numbers(form, period, desk, in: db) }
            for (index, filing) in counted.prefix(6).enumerated() {
                let text = text(filing, form, period, standing: index)
                let id = FilingID(form: code, period: period, body: filing.body.code)
                let file = try centre.attachments.saveNow(
                    Array(text.utf8), named: "\(code)-\(filing.body.code)-demo.csv", for: Self.actor.rawValue)
                _ = try await centre.takeFiling(
                    id, file: file.digest, channel: .letter, reference: "ДЕМО-\(index + 1)", reason: nil,
                    at: moment.adding(milliseconds: Int64(index) * 600_000), by: Self.actor, now: centre.now())
                made += 1
            }
        }
        output.note("demo: \(made) filings of bodies for the last quarter")
    }

    /// What the centre counts of a body, by month.
    private struct Numbers {
        let body: PublicBody
        let received: [Int]
        let late: [Int]
    }

    /// Our numbers of the bodies that owe a form, those with the most complaints first.
    private func numbers(
        _ form: StatutoryForm, _ period: ReportPeriod, _ desk: InternalControlDesk, in db: Database
    ) throws -> [Numbers] {
        let (received, late) = form.code == "78-2mk" ? ("15", "17") : ("16", "18")
        return try FilingDuty.bodies(of: form, for: period, in: db).map { body in
            let rows = try desk.ours(FilingID(form: form.code, period: period, body: body.code), in: db)
            return Numbers(
                body: body, received: Array(rows[received]?.prefix(3) ?? []), late: Array(rows[late]?.prefix(3) ?? []))
        }.sorted { ($1.received.reduce(0, +), $0.body.code) < ($0.received.reduce(0, +), $1.body.code) }
    }

    private func text(
        _ numbers: Numbers, _ form: StatutoryForm, _ period: ReportPeriod, standing: Int
    ) -> String {
        var filing = DemoFiling(form, period, body: numbers.body.name.ru)
        let isRegion = form.code == "78-2mk"
        var received = numbers.received
        // The second body counts two complaints that came to it another way.
        if standing == 1, !received.isEmpty { received[received.count - 1] += 2 }
        filing.set(isRegion ? "15.1" : "16.1", months: received)
        filing.set(isRegion ? "16.1" : "17.1", months: received)
        filing.set(isRegion ? "17.1" : "18.1", months: numbers.late)
        // The third one has added up wrongly: it comes back.
        if standing == 2 { filing.write("\(received.reduce(0, +) + 7)", isRegion ? "15" : "16", "4") }
        return filing.text
    }
}
