import Accounts
import Casework
import Complaints
import ContactCentre
import Correspondence
import Delivery
import HTTPTypes
import Hummingbird
import Journal
import Languages
import Markup
import Registry
import Rulebook
import WorkingDays

extension ComplaintWayPanel {
    /// The panel of a complaint as it stands.
    init(_ record: ComplaintRecord, _ story: ComplaintStory, _ site: WebRequest) async throws {
        let centre = site.environment.centre
        let state = try await centre.casework.load(Complaint.self, id: record.id).state
        let found = try await centre.journal.read { db in
            (
                links: try BodyLinkRecord.fetch(request: record.id, subject: .complaint, in: db)
                    + BodyLinkRecord.fetch(request: record.id, subject: .standing, in: db),
                channel: try BodyChannel.fetch(record.body, in: db),
                letters: try LetterRecord.fetch(
                    about: StreamID(kind: Complaint.streamKind, id: record.id), in: db),
                notices: try ComplaintNoticeRecord.fetch(complaint: record.id, in: db).map { notice in
                    (
                        record: notice,
                        delivery: try DeliveryRecord.fetch(DeliveryID("complaint-notice-" + notice.id), in: db)
                    )
                }
            )
        }
        number = record.id
        isOpen = record.status == .open
        body = record.body
        self.story = story
        receivedAt = state.receivedAt
        returned = state.returned
        channel = found.channel
        notices = found.notices
        letters = found.letters
        links = found.links.map { link in
            let token = PathPart.value(centre.bodyLinks.token(of: link))
            let isApplicants = link.subject == .standing
            return (
                link, site.address(of: isApplicants ? .standing(token) : .bodyLink(token)),
                isApplicants ? centre.bodyLinks.code(of: link.id) : nil
            )
        }
        guard record.status != .annulled else { return }
        let view = site.reader
        let path = SitePath.complaintWay(.value(record.id))
        if record.status == .open, receivedAt == nil {
            forms.append(
                StepForm(
                    step: "received", path: path,
                    fields: [
                        StepField(
                            name: "number", kind: .line(type: "text"), label: view.t("bodyLink.incoming"),
                            isRequired: false)
                    ], submit: view.t("way.receivedByHand")))
        }
        forms += [
            StepForm(
                step: "make", path: path,
                fields: [
                    StepField(
                        name: "for",
                        kind: .choice([
                            (LinkSubject.complaint.rawValue, view.t("way.forBody")),
                            (LinkSubject.standing.rawValue, view.t("way.forApplicant")),
                        ]), label: view.t("way.for"), preset: LinkSubject.complaint.rawValue),
                    StepField(
                        name: "days", kind: .line(type: "number"), label: view.t("bodyLinks.days"),
                        preset: "\(Self.days)"),
                ], submit: view.t("bodyLinks.make")),
            StepForm(
                step: "channel", path: path,
                fields: [
                    StepField(
                        name: "email", kind: .line(type: "email"), label: view.t("channel.email"),
                        hint: view.t("channel.emailHint"), isRequired: false, preset: channel.email ?? "")
                ], submit: view.t("channel.save")),
        ]
    }

    /// What the panel's forms do: `POST /complaints/{id}/way`.
    static func act(_ site: WebRequest) async throws -> Response {
        let id = try site.parameter("id")
        var page = try await ComplaintPage.page(site)
        guard var panel = page.way else { throw SiteError(.forbidden, "Complaints are managed by others.") }
        let blank = StepForm(step: site.form["step"], path: .complaintWay(.value(id)), fields: [])
        var reader = StepReader(panel.forms.first { $0.step == blank.step } ?? blank, site)
        do {
            if try await perform(on: id, panel, &reader) {
                return site.redirect(
                    to: SitePath.complaint(.value(id)).path + "#way",
                    notice: reader.form.step == "make" ? .linkMade : .stepRecorded)
            }
        } catch {
            try reader.take(error)
        }
        if let index = panel.forms.firstIndex(where: { $0.step == reader.form.step }) {
            panel.forms[index] = reader.form
        } else {
            panel.problem = reader.form.problem ?? reader.form.errors.values.sorted().first
        }
        page.way = panel
        return site.page(page, status: reader.status)
    }

    private static func perform(
        on id: String, _ panel: ComplaintWayPanel, _ reader: inout StepReader
    ) async throws -> Bool {
        let site = reader.site
        let (centre, now, actor) = (site.environment.centre, site.environment.now(), try site.authority.actor)
        let key = try reader.key
        switch reader.form.step {
        case "make":
            let subject = reader.chosen("for", LinkSubject.self) ?? .complaint
            let days = reader.number("days") ?? 0
            if !(1...90).contains(days) { reader.fail("days", site.reader.t("bodyLinks.daysWrong")) }
            guard reader.isRight, subject != .request else { return false }
            let zone = site.environment.zone
            let end = zone.start(of: zone.civilDate(of: now).adding(days: days + 1))
            _ = try await centre.bodyLinks.make(
                id: FormKey.random(site.environment.randomBytes), complaint: id, for: subject, until: end,
                by: actor, at: now, once: key)
        case "channel":
            let email = reader.optional("email")
            guard reader.isRight else { return false }
            try await centre.bodyLinks.setChannel(
                of: panel.body, email: email, webhook: panel.channel.webhook, by: actor, at: now, once: key)
        case "received":
            let reference = reader.optional("number")
            guard reader.isRight else { return false }
            try await centre.complaints.receive(
                id, as: panel.body, reference: reference, by: actor, at: now, once: key)
        case "letter":
            let letters = centre.letters
            let letter = try await letters.draft(
                .complaint, about: StreamID(kind: Complaint.streamKind, id: id), by: actor, at: now, once: key)
            // Sent twice, the form finds the letter that it made.
            if try await centre.casework.load(Letter.self, id: letter).state.finished == nil {
                try await letters.finish(letter, by: actor, at: now)
            }
        case "again":
            try await centre.notices.sendAgain(
                id, id: FormKey.random(site.environment.randomBytes), by: actor, at: now, once: key)
        case "revoke":
            guard panel.links.contains(where: { $0.record.id == site.form["link"] }) else {
                throw CorrespondenceRefusal.bodyLinkUnknown("There is no such link.")
            }
            try await centre.bodyLinks.revoke(
                site.form["link"], of: [.complaint, .standing], reason: "revoked on the page", by: actor, at: now)
        case "confirm":
            guard let returned = panel.returned, returned.proposed == site.form["body"] else {
                throw ComplaintRefusal.notReturned("The proposal is not what it was: look again.")
            }
            try await centre.complaints.transfer(
                id, to: returned.proposed, reason: returned.reason, happenedAt: now, by: actor, at: now, once: key)
        case "decline":
            let reason = site.form["reason"]
            try await centre.complaints.declineReturn(id, reason: reason, by: actor, at: now, once: key)
        default: throw SiteError(.badRequest, "The form does not say what is to be done.")
        }
        return true
    }
}

extension WebRequest {
    /// A path of the site as an address that can be sent, at the host by which this request came.
    func address(of path: SitePath) -> String {
        let scheme = environment.configuration.isSecure ? "https" : "http"
        return "\(scheme)://\(request.head.authority ?? "")\(path.path)"
    }
}
