import Accounts
import ContactCentre
import Contacts
import HTTPTypes
import Hummingbird
import Journal
import Languages
import Markup
import WorkingDays

/// The slim bar above search, cards and guidance: the contact that is being recorded, and how it is started and closed.
struct CallBar: Sendable {
    /// The open contact; nil where none is being recorded.
    var contact: ContactRecord?
    /// What an operator reads out when he closes here: the card on the page.
    var reading: ContactCardTold?
    /// The service that a complaint would be about, where no card is read.
    var complaintCard: String?
    /// The complaints that were registered from it.
    var complaints: [String] = []
    /// Why the last step was not done.
    var problem: TextKey?

    /// The identity of the bar, by which scripts put a new one in its place.
    static let id = "callbar"

    func draw(into html: inout HTML, _ view: View) {
        html.section(
            .class(contact == nil ? "callbar" : "callbar is-open"), .id(Self.id), .ariaLabel(view.t("call.label"))
        ) { html in
            if let contact { open(contact, &html, view) } else { closed(&html, view) }
            html.p(.class("callbar-links")) { html in
                let complain = SitePath.callComplaint.with(["card": reading?.card ?? complaintCard])
                html.a(.href(complain), Attribute("data-key", "complaint")) { html in
                    html.text(view.t("call.complaint"))
                    html.shortcut("J")
                }
                html.a(.href(SitePath.callStage.path), Attribute("data-key", "stage")) { html in
                    html.text(view.t("call.stage"))
                    html.shortcut("H")
                }
                html.button(
                    .type("button"), .class("callbar-help"), Attribute("data-key", "help"), .hidden,
                    .ariaLabel(view.t("keys.title")), text: "?")
            }
        }
    }

    private func closed(_ html: inout HTML, _ view: View) {
        html.postForm(to: .callStart, view, .class("callbar-form")) { html in
            html.input(.type("hidden"), .name("back"), .value(view.path))
            html.input(.type("hidden"), .name("language"), .value((view.language == .ru ? Language.ru : .kk).rawValue))
            html.span(.class("callbar-idle"), text: view.t("call.idle"))
            html.button(.type("submit"), .class("button is-small"), Attribute("data-key", "start")) { html in
                html.text(view.t("call.start"))
                html.shortcut("F2")
            }
        }
    }

    private func open(_ contact: ContactRecord, _ html: inout HTML, _ view: View) {
        let seconds = Int(max(0, view.now.millisecondsSince1970 - contact.startedAt.millisecondsSince1970) / 1_000)
        html.p(.class("callbar-state")) { html in
            html.span(.class("callbar-dot"), .ariaHidden) { _ in }
            html.span(
                .class("callbar-time"), .role("timer"), .ariaLabel(view.t("call.time")),
                Attribute("data-seconds", seconds), text: Self.clock(seconds))
            html.span(.class("callbar-number"), text: contact.id)
        }
        html.postForm(to: .callDescribe, view, .class("callbar-form"), Attribute("data-call", "describe")) { html in
            hidden(&html, contact, view)
            choice(
                "channel", "call.channel",
                ContactChannel.allCases.map { ($0.rawValue, view.name("contactChannel", $0)) },
                contact.channel.rawValue, &html, view)
            choice(
                "language", "call.language", Language.allCases.map { ($0.rawValue, view.name("languageName", $0)) },
                contact.language.rawValue, &html, view)
            choice(
                "topic", "call.topic",
                [("", view.t("call.noTopic"))]
                    + ContactTopic.allCases.map { ($0.rawValue, view.name("contactTopic", $0)) },
                contact.topic?.rawValue ?? "", &html, view)
            html.button(.type("submit"), .class("button is-small without-script"), text: view.t("call.save"))
        }
        told(contact, &html, view)
        html.postForm(to: .callClose, view, .class("callbar-form callbar-close"), Attribute("data-call", "close")) {
            html in
            hidden(&html, contact, view)
            if let reading {
                html.input(.type("hidden"), .name("card"), .value(reading.card))
                html.input(.type("hidden"), .name("edition"), .value(reading.edition.description))
                html.input(.type("hidden"), .name("read"), .value(reading.language.rawValue))
            }
            choice(
                "outcome", "call.outcome",
                ContactOutcome.allCases.map { ($0.rawValue, view.name("contactOutcome", $0)) },
                suggestedOutcome(contact).rawValue, &html, view)
            html.button(.type("submit"), .class("button is-small is-primary"), Attribute("data-key", "close")) { html in
                html.text(view.t("call.close"))
                html.shortcut("F9")
            }
        }
        if let problem {
            html.p(.class("callbar-problem"), .role("alert")) { html in
                html.icon(.warning)
                html.text(view.t(problem))
            }
        }
    }

    /// What was told so far, as small labels.
    private func told(_ contact: ContactRecord, _ html: inout HTML, _ view: View) {
        guard
            contact.card != nil || contact.complaintGuidance || contact.stageGuidance || contact.gap != nil
                || !complaints.isEmpty
        else { return }
        html.p(.class("callbar-told")) { html in
            if let card = contact.card, let edition = contact.edition {
                let language = contact.cardLanguage.map { view.name("languageName", $0) } ?? ""
                label(view.t("call.told", ["card": card, "edition": "\(edition)", "language": language]), &html)
            }
            if contact.complaintGuidance { label(view.t("call.toldComplaint"), &html) }
            if contact.stageGuidance { label(view.t("call.toldStage"), &html) }
            if contact.gap != nil { label(view.t("call.toldGap"), &html) }
            for complaint in complaints { label(view.t("call.complaintFiled", ["number": complaint]), &html) }
        }
    }

    /// A label that may be cut short: the whole of it is said under the pointer.
    private func label(_ text: String, _ html: inout HTML) {
        html.span(.class("tag"), .title(text), text: text)
    }

    private func suggestedOutcome(_ contact: ContactRecord) -> ContactOutcome {
        if reading != nil || contact.card != nil { return .answeredByCard }
        return contact.gap == nil ? .answeredWithoutCard : .nothingFound
    }

    private func hidden(_ html: inout HTML, _ contact: ContactRecord, _ view: View) {
        html.input(.type("hidden"), .name("contact"), .value(contact.id))
        html.input(.type("hidden"), .name("back"), .value(view.path))
    }

    private func choice(
        _ name: String, _ label: TextKey, _ options: [(value: String, label: String)], _ chosen: String,
        _ html: inout HTML, _ view: View
    ) {
        let id = "call-" + name
        html.label(.for(id), .class("visually-hidden"), text: view.t(label))
        html.select(.id(id), .name(name), .title(view.t(label))) { html in
            for option in options {
                html.option(.value(option.value), .selected(option.value == chosen), text: option.label)
            }
        }
    }

    /// Seconds as a clock: 0:42, 1:02:03.
    static func clock(_ seconds: Int) -> String {
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let (hours, minutes, rest) = (seconds / 3_600, seconds / 60 % 60, seconds % 60)
        return hours > 0 ? "\(hours):\(two(minutes)):\(two(rest))" : "\(minutes):\(two(rest))"
    }
}

extension HTML {
    /// The key that does what stands before it; not read out, since the shortcuts have a list of their own.
    mutating func shortcut(_ key: String) { kbd(.class("key"), .ariaHidden, text: key) }
}

extension WebRequest {
    /// The bar for this reader; nil where he does not record contacts.
    func callBar(reading: ContactCardTold? = nil) async throws -> CallBar? {
        guard let user, user.authority.may(.recordContacts) else { return nil }
        let actor = user.authority.actor.rawValue
        let (contact, complaints) = try await environment.centre.journal.read { db in
            let contact = try ContactRecord.open(of: actor, in: db)
            return (contact, try contact.map { try ContactRecord.complaints(of: $0.id, in: db) } ?? [])
        }
        return CallBar(contact: contact, reading: reading, complaints: complaints)
    }

    /// Whether a script asks for a part of a page.
    var wantsFragment: Bool { request.headers[.fragment] != nil }

    /// A part of a page, drawn for this reader.
    func fragment(status: HTTPResponse.Status = .ok, _ draw: (inout HTML, View) -> Void) -> Response {
        let view = fragmentView
        return .html(HTML.fragment { draw(&$0, view) }, status: status)
    }
}
