import Attachments
import Casework
import ContactCentre
import Contacts
import Correspondence
import DemoData
import Journal
import KnowledgeBase
import Languages
import Onboarding
import Registry
import WorkingDays

extension Demonstration {
    /// What a desk has besides cases and calls: letters at every stage, gaps and drafts, stages, a record of learning.
    func recordDesk(_ centre: ContactCentre, today: CivilDate) async throws {
        let letters = try await recordLetters(centre, today: today)
        try await recordRefusals(centre, today: today)
        let gaps = try await recordGaps(centre)
        let taken = try await recordStages(centre, today: today)
        output.note("demo: \(letters) letters, \(gaps) gaps, \(taken) stages of applications")
    }

    /// Requests that went out as letters, a protocol to be signed, a reminder still in work.
    private func recordLetters(_ centre: ContactCentre, today: CivilDate) async throws -> Int {
        let records = try await centre.journal.read { db in
            try InformationRequestRecord.fetch(InformationRequestRecord.Filter(), limit: 200, in: db)
        }
        let zone = centre.casework.zone
        var count = 0
        for record in records.filter({ $0.days[.sent] != nil }).prefix(6) {
            guard let sent = record.days[.sent] else { continue }
            let at = zone.moment(of: sent, hour: 9, minute: 30)
            guard let id = try await draft(.request, about: Self.request(record.id), at: at, centre) else { continue }
            count += 1
            let finished = try await centre.letters.finish(id, by: Self.actor, at: at)
            // The last one has not come back from the signatory yet.
            guard count < 6 else { continue }
            let title = Localized(kk: "№ \(finished.outgoing) хаттың сканы", ru: "скан письма № \(finished.outgoing)")
            let scan = try paper(title, on: sent, centre)
            try await centre.letters.sign(id, scan: scan, by: Self.actor, at: at.adding(milliseconds: 7_200_000))
        }
        let now = centre.now()
        for record in records where record.state == .trained {
            guard let id = try await draft(.protocolOfAcceptance, about: Self.request(record.id), at: now, centre)
            else { continue }
            try await centre.letters.finish(id, by: Self.actor, at: now)
            count += 1
            break
        }
        for record in records.reversed() where record.state == .received {
            guard try await draft(.reminder, about: Self.request(record.id), at: now, centre) != nil else { continue }
            count += 1
            break
        }
        return count
    }

    /// A draft marked as demo data; nil where the request is not as far as the letter.
    private func draft(
        _ kind: LetterKind, about stream: StreamID, at moment: Moment, _ centre: ContactCentre
    ) async throws -> String? {
        do {
            let id = try await centre.letters.draft(
                kind, about: stream, by: Self.actor, at: moment)
            guard var text = try await centre.casework.load(Letter.self, id: id).state.drafted else { return nil }
            text.kk.subject = DemoDesk.mark + text.kk.subject
            text.ru.subject = DemoDesk.mark + text.ru.subject
            try await centre.letters.edit(id, kk: text.kk, ru: text.ru, by: Self.actor, at: moment)
            return id
        } catch is Refusal {
            return nil
        }
    }

    /// Two refusals of one body in two days, so that the notice to the Agency is due (797 §12), and its letter begun.
    private func recordRefusals(_ centre: ContactCentre, today: CivilDate) async throws {
        let (now, zone) = (centre.now(), centre.casework.zone)
        let first = try await centre.journal.read { db in
            try InformationRequestRecord.fetch(InformationRequestRecord.Filter(), limit: 1, in: db).first
        }
        guard let first else { return }
        let calendar = try await calendar(centre)
        var month = CivilMonth(today)
        for number in 1...2 {
            let day = try calendar.date(adding: number - 3, to: today)
            month = CivilMonth(day)
            let question = DutyNote(body: first.body, service: first.service, text: "ДЕМО: нақтылау \(number)")
            let duty = try await centre.onboarding.begin(
                .additionalRequest, question, happenedAt: zone.moment(of: day, hour: 10, minute: 0), by: Self.actor,
                at: now)
            let title = Localized(kk: "бас тарту хаты \(number)", ru: "письмо об отказе \(number)")
            let document = try paper(title, on: day, centre)
            try await centre.onboarding.end(
                .additionalRequest, id: duty, by: "additionalRefused",
                DutyNote(body: first.body, text: "ДЕМО", ground: "none", documents: [document]),
                happenedAt: zone.moment(of: day, hour: 15, minute: 0), by: Self.actor, at: now)
        }
        // A notice belongs to the month of the second refusal.
        let notice = StreamID(kind: RefusalNotice.procedure, id: "\(first.body)-\(month)")
        _ = try await draft(.notice, about: notice, at: now, centre)
    }

    /// Keeps a page that says that it only stands for a document.
    private func paper(_ title: Localized, on date: CivilDate, _ centre: ContactCentre) throws -> String {
        let words = DemoDesk.paper(title)
        let letter = PrintedLetter(
            kind: .request, number: nil, date: date,
            kk: LetterText(addressee: "", subject: words.kk, text: words.kk),
            ru: LetterText(addressee: "", subject: words.ru, text: words.ru))
        let bytes = try LetterPDF.bytesNow(of: letter, centre.letters.templates.letterhead)
        return try centre.attachments.saveNow(bytes, named: "demo.pdf", for: "demo").digest
    }

    /// Searches without an answer: counted, reported as gaps, some with a draft of a request to a body.
    private func recordGaps(_ centre: ContactCentre) async throws -> Int {
        let now = centre.now()
        let bodies = try await centre.journal.read { db in
            try InformationRequestRecord.fetch(InformationRequestRecord.Filter(), limit: 20, in: db).map(\.body)
        }
        var count = 0
        for (index, search) in DemoDesk.searches.enumerated() {
            for _ in 0..<search.times { try await centre.usage.unanswered(search.words, at: now) }
            guard search.isReported else { continue }
            let gap = try await centre.gaps.report(search.words, language: search.language, by: Self.actor, at: now)
            count += 1
            guard let question = search.question, !bodies.isEmpty else { continue }
            _ = try await centre.contacts.draft(
                RequestDrafted(
                    body: bodies[index % bodies.count], text: question, language: search.language, gap: gap.id),
                by: Self.actor, at: now)
        }
        let cards = try await centre.journal.read { db in
            try Registry.services(ServiceFilter(), in: db).prefix(DemoDesk.learned.count).map(\.code)
        }
        for (words, card) in zip(DemoDesk.learned, cards) {
            for rank in 1...3 { try await centre.usage.cardOpened(query: words, card: card, rank: rank, at: now) }
            try await centre.usage.answerConfirmed(query: words, card: card, at: now)
        }
        return count
    }

    private func recordStages(_ centre: ContactCentre, today: CivilDate) async throws -> Int {
        let services = try await centre.journal.read { db in
            try Registry.services(ServiceFilter(), in: db).prefix(24).map { (service: $0.code, body: $0.owner) }
        }
        let days = (1...6).map { today.adding(days: -3 * $0).description }
        return try await centre.stages.import(
            name: "demo-stages.csv", bytes: Array(DemoDesk.stages(services, days: days).utf8), by: Self.actor,
            at: centre.now()
        ).taken
    }

    static let actor = Actor("demo")

    private static func request(_ id: String) -> StreamID { StreamID(kind: InformationRequest.streamKind, id: id) }
}
