import Accounts
import Casework
import Complaints
import ContactCentre
import Intake
import Journal
import Languages
import Markup
import PersonalData
import Triage
import WorkingDays

/// What a complaint says and where it came from: its words, answers and notes with personal data hidden, why its first body was to
/// answer, what it was made of.
struct ComplaintBackground: Sendable {
    /// The words; nil for those who may not see them, and where the person was erased.
    var text: MarkedText?
    /// The texts of answers and notes, by the place of their entry.
    var texts: [Int: MarkedText] = [:]
    /// Why the first body was to answer.
    var why: Localized?
    /// The paragraph; nil in the edition that had none.
    var cite: Localized?
    /// The rule and the edition of the table that said so.
    var rule: (name: String, edition: String)?
    /// What it was made of.
    var submission: SubmissionRecord?
    /// What else was made of it.
    var siblings: [String] = []

    /// What an entry of the timeline says beside what it records: its words with personal data hidden, and why the first body
    /// was to answer.
    func draw(_ entry: CaseParts.Entry, into html: inout HTML, _ view: View) {
        texts[entry.recorded.version]?.draw(into: &html, view)
        guard case .complaintRegistered? = entry.content as? ComplaintEvent else { return }
        if let why { html.p(text: why[view.language]) }
        guard let rule else { return }
        html.p(.class("hint")) { html in
            html.code(text: rule.name)
            html.text(" · \(rule.edition)")
            if let cite { html.text(" · \(cite[view.language])") }
        }
    }

    /// Where it came from, for the list of facts.
    func facts(_ record: ComplaintRecord, _ names: IntakeNames, _ view: View) -> [Fact] {
        let place = record.region.flatMap { code in names.regions.first { $0.code == code } }?.name[view.language]
        var facts = [
            Fact(view.name("filingField", FilingField.region), place ?? record.region ?? "–"),
            Fact(view.t("filing.channel"), view.channel(record.channel)),
            Fact(
                view.t("filing.language"),
                record.language.flatMap(Language.init(rawValue:)).map { view.name("languageName", $0) } ?? "–"),
        ]
        if let submission {
            facts.append(
                Fact(view.t("incoming.number")) { html in
                    guard view.may(.manageComplaints) else { return html.text(submission.id) }
                    html.a(.href(SitePath.incomingOne(.value(submission.id)).path), text: submission.id)
                })
            if let contact = submission.contact { facts.append(Fact(view.t("incoming.call"), contact)) }
        }
        if !siblings.isEmpty {
            let siblings = siblings
            facts.append(
                Fact(view.t("story.siblings")) { html in
                    for number in siblings {
                        html.a(.href(SitePath.complaint(.value(number)).path), text: number)
                        html.text(" ")
                    }
                })
        }
        return facts
    }
}

extension ComplaintBackground {
    /// Reads the story of a complaint; its words only for those who handle complaints.
    init(_ record: ComplaintRecord, _ parts: CaseParts, _ site: WebRequest) async throws {
        let centre = site.environment.centre
        (submission, siblings) = try await centre.journal.read { db in
            guard let submission = try SubmissionRecord.fetch(ofComplaint: record.id, in: db) else { return (nil, []) }
            return (submission, try SubmissionRecord.complaints(of: submission.id, in: db).filter { $0 != record.id })
        }
        var sealed: [(entry: Int?, text: String)] = record.subject.map { [(nil, $0)] } ?? []
        for entry in parts.events {
            switch entry.content as? ComplaintEvent {
            case .complaintRegistered(let event):
                rule = (event.rule, event.routing)
                let decided = centre.complaints.routing.edition(event.routing)?.rule(event.rule)
                (why, cite) = (decided?.why, decided?.cite)
            case let event?: if let text = event.sealedWords { sealed.append((entry.recorded.version, text)) }
            default: break
            }
        }
        guard site.user?.authority.may(.manageComplaints) ?? false, let person = record.person else { return }
        var opened: [(entry: Int?, text: String)] = []
        for (entry, text) in sealed {
            do {
                if let words = try await centre.complaints.reveal(text, of: person) { opened.append((entry, words)) }
            } catch is VaultError {
                // The key is lost or another one: the page says all the rest.
            }
        }
        let spans = try await centre.readings.personal(in: opened.map(\.text))
        for ((entry, words), personal) in zip(opened, spans) {
            let shown = MarkedText(words, hiding: personal)
            if let entry { texts[entry] = shown } else { text = shown }
        }
    }
}
