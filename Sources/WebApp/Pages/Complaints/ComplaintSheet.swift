import Accounts
import Attachments
import Casework
import Complaints
import ContactCentre
import Correspondence
import Hummingbird
import Journal
import Languages
import Markup
import PersonalData
import Registry
import WorkingDays

/// The words of a complaint and who can be reached how, on a sheet that is printed and goes with the letter on paper.
///
/// It is drawn when it is asked for and kept nowhere; that it was asked for is recorded.
struct ComplaintSheet: Page {
    let record: ComplaintRecord
    let service: Localized?
    let body: Localized?
    let revealed: RevealedComplaint

    var frame: PageFrame { .narrow }
    func title(_ view: View) -> String { view.t("complaint.title", ["number": record.id]) }

    func draw(into html: inout HTML, _ view: View) {
        html.div(.class("sheet")) { html in
            html.p(.class("note"), text: body?[view.language] ?? record.body)
            html.h1(text: title(view))
            let contacts = revealed.contacts
            let facts: [(TextKey, String?)] = [
                ("complaints.registered", DateText.short(record.registeredOn)),
                ("clocks.due", DateText.short(record.dueOn)), ("way.service", service?[view.language]),
                ("complaint.name", contacts?.name), ("complaint.iin", contacts?.iin),
                ("complaint.phone", contacts?.phone), ("complaint.email", contacts?.email),
                ("complaint.address", contacts?.address),
            ]
            html.facts(facts.compactMap { key, text in text.map { Fact(view.t(key), $0) } })
            html.h2(text: view.t("complaint.subject"))
            guard let subject = revealed.subject else { return html.p(text: view.t("way.erased")) }
            for line in subject.split(separator: "\n") { html.p(text: String(line)) }
        }
        html.p(.class("note"), text: view.t("complaint.revealedNote"))
    }

    /// `POST /complaints/{id}/reveal/sheet`: a look at personal data, so no address that a browser opens by itself.
    static func show(_ site: WebRequest) async throws -> Response {
        let centre = site.environment.centre
        let (id, now) = (try site.parameter("id"), site.environment.now())
        let today = site.environment.zone.civilDate(of: now)
        let revealed = try await centre.complaints.reveal(
            id, for: "sheet beside a letter on paper", by: try site.authority.actor, at: now)
        let found = try await centre.journal.read { db in
            try ComplaintRecord.fetch(id: id, in: db).map { record in
                (
                    record, try record.service.flatMap { try Registry.service($0, in: db)?.name },
                    try Registry.localizedName(of: record.body, on: today, in: db)
                )
            }
        }
        guard let (record, service, body) = found else { throw SiteError(.notFound, "no complaint \(id)") }
        return site.secretPage(ComplaintSheet(record: record, service: service, body: body, revealed: revealed))
    }

    /// The PDF of a letter by which the complaint went: `GET /complaints/{id}/letters/{letter}`.
    static func letter(_ site: WebRequest) async throws -> Response {
        let (id, letter) = (try site.parameter("id"), try site.parameter("letter"))
        let centre = site.environment.centre
        let record = try await centre.journal.read { try LetterRecord.fetch(id: letter, in: $0) }
        guard let record, record.about == StreamID(kind: Complaint.streamKind, id: id), let document = record.document
        else { throw SiteError(.notFound, "There is no letter \(letter) about the complaint \(id).") }
        return FileDownload.response(try await centre.attachments.open(document), name: "letter-\(letter)")
    }
}
