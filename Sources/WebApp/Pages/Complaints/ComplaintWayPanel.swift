import Accounts
import Casework
import Complaints
import Correspondence
import Delivery
import Languages
import Markup
import WorkingDays

/// The way of one complaint to the body and back, for the officer: what a body has proposed, the links, who opened them.
struct ComplaintWayPanel: Sendable {
    let number: String
    let isOpen: Bool
    /// The body that must answer.
    let body: String
    let story: ComplaintStory
    let receivedAt: Moment?
    let returned: ComplaintReturnProposed?
    /// How the body that must answer is reached.
    let channel: BodyChannel
    /// The links, each with its address and, for the applicant's, its code.
    let links: [(record: BodyLinkRecord, address: String, code: String?)]
    /// What was sent, with its delivery; nil on paper.
    let notices: [(record: ComplaintNoticeRecord, delivery: DeliveryRecord?)]
    /// The letters by which it went on paper, the latest first.
    let letters: [LetterRecord]
    /// The forms that set the address and make a link; none for a complaint that is none.
    var forms: [StepForm] = []
    /// What is wrong with what was sent.
    var problem: String?

    /// How long a link is good for unless somebody says otherwise, in calendar days.
    static let days = 60

    func draw(into html: inout HTML, _ view: View) {
        html.panel(view.t("way.title"), id: "way") { html in
            if let problem { html.alert(.danger, title: problem) }
            if let returned { proposal(returned, into: &html, view) }
            html.facts([
                Fact(view.t("channel.title"), channel.webhook ?? channel.email ?? view.t("way.onPaper")),
                Fact(
                    view.t("way.received"),
                    receivedAt.map(view.dates.short) ?? view.t("way.notReceived")),
            ])
            sent(into: &html, view)
            for (record, address, code) in links { link(record, address, code, into: &html, view) }
            for form in forms {
                html.foldedStep(form, title: title(of: form, view), isOpen: !form.errors.isEmpty) { html in
                    html.div { html in
                        if form.step == "make" { html.p(text: view.t("way.makeHelp")) }
                        html.stepForm(form, view)
                    }
                }
            }
        }
    }

    private func title(of form: StepForm, _ view: View) -> String {
        switch form.step {
        case "make": view.t("way.make")
        case "received": view.t("way.receivedByHand")
        default: view.t("channel.title")
        }
    }

    /// What was sent to whom, and whether it has gone.
    private func sent(into html: inout HTML, _ view: View) {
        if !notices.isEmpty {
            let columns = [Column(view.t("way.what")), Column(view.t("way.when")), Column(view.t("way.how"))]
            html.dataTable(caption: view.t("way.sent"), columns: columns, rows: notices) { row, html, notice in
                row.cell(&html) { html in
                    html.text(view.name("complaintMail", notice.record.about))
                    guard let body = notice.record.body else { return }
                    html.p(.class("hint"), text: story.name(body, view))
                }
                row.cell(&html) { $0.moment(notice.record.madeAt, view) }
                row.cell(&html) { html in
                    guard let delivery = notice.delivery else { return html.text(view.t("way.onPaper")) }
                    html.text(view.name("deliveryPhase", delivery.phase))
                    if let at = delivery.deliveredAt { html.p(.class("hint"), text: view.dates.short(at)) }
                    if let error = delivery.lastError { html.p(.class("hint"), text: error) }
                }
            }
            html.p(.class("note"), text: view.t("way.sentNote"))
        }
        for letter in letters {
            html.p { html in
                html.a(
                    .href(SitePath.complaintLetter(.value(number), .value(letter.id)).path),
                    text: view.t("way.letterOf", ["number": letter.outgoing ?? letter.id]))
                if let date = letter.date { html.text(" · " + DateText.short(date)) }
            }
        }
        guard isOpen else { return }
        html.div(.class("buttons")) { html in
            if channel.email != nil || channel.webhook != nil { press("again", "way.sendAgain", into: &html, view) }
            press("letter", "way.letter", into: &html, view)
            if view.may(.revealPersonalData) {
                html.postForm(to: .complaintSheet(.value(number)), view) { html in
                    html.button(.type("submit"), .class("button"), text: view.t("way.sheet"))
                }
            }
        }
    }

    private func press(_ step: String, _ label: TextKey, into html: inout HTML, _ view: View) {
        html.postForm(to: .complaintWay(.value(number)), view) { html in
            html.input(.type("hidden"), .name("step"), .value(step))
            html.button(.type("submit"), .class("button"), text: view.t(label))
        }
    }

    /// What a body has proposed: taken by one press, or declined with a reason.
    private func proposal(_ returned: ComplaintReturnProposed, into html: inout HTML, _ view: View) {
        html.alert(.warning, title: view.t("way.returned", ["body": story.name(returned.body, view)])) { html in
            html.p(text: view.t("story.proposed", ["body": story.name(returned.proposed, view)]))
            html.p(.class("quote"), text: returned.reason)
        }
        html.div(.class("buttons")) { html in
            html.postForm(to: .complaintWay(.value(number)), view) { html in
                html.input(.type("hidden"), .name("step"), .value("confirm"))
                html.input(.type("hidden"), .name("body"), .value(returned.proposed))
                html.button(.type("submit"), .class("button is-primary"), text: view.t("way.confirm"))
            }
        }
        html.postForm(to: .complaintWay(.value(number)), view, .class("form")) { html in
            html.input(.type("hidden"), .name("step"), .value("decline"))
            html.textField(Field("reason", label: view.t("way.declineReason"), id: "decline-reason"), view)
            html.formButtons(submit: view.t("way.decline"), view)
        }
    }

    private func link(
        _ record: BodyLinkRecord, _ address: String, _ code: String?, into html: inout HTML, _ view: View
    ) {
        let isOpen = record.isOpen(at: view.now)
        let id = String(record.id.prefix(8))
        html.div(.class("sheet"), .id("link-\(id)")) { html in
            html.h3(
                text: record.subject == .standing ? view.t("way.applicantLink") : story.name(record.body, view))
            if isOpen {
                html.field(Field("address", label: view.t("bodyLinks.address"), id: "address-\(id)"), view) {
                    html, own in
                    html.void("input", own + [.type("text"), .value(address), Attribute("readonly", flag: true)])
                }
            }
            var facts = [
                Fact(view.t("bodyLinks.until"), view.dates.short(record.expiresAt)),
                Fact(view.t("bodyLinks.opened"), record.openedAt.map(view.dates.short) ?? view.t("bodyLinks.never")),
                Fact(
                    view.t("bodyLinks.state"),
                    view.t(record.revokedAt != nil ? "bodyLinks.revoked" : isOpen ? "bodyLinks.open" : "bodyLinks.over")
                ),
            ]
            if isOpen, let code { facts.append(Fact(view.t("way.code"), code)) }
            html.facts(facts)
            if isOpen {
                html.postForm(to: .complaintWay(.value(number)), view) { html in
                    html.input(.type("hidden"), .name("step"), .value("revoke"))
                    html.input(.type("hidden"), .name("link"), .value(record.id))
                    html.formButtons(submit: view.t("bodyLinks.revoke"), view, isDangerous: true)
                }
            }
        }
    }
}
