import Journal
import Markup
import Onboarding
import WorkingDays

extension HTML {
    /// What an entry of a request says besides its name: numbers, persons' words, reasons, the document.
    mutating func requestEntry(
        _ entry: CaseParts.Entry, of record: InformationRequestRecord, _ parts: CaseParts, canCorrect: Bool,
        _ view: View
    ) {
        guard let event = entry.content as? InformationRequestEvent else { return }
        for line in view.lines(of: event) { p(text: line) }
        if case .informationSubmitted(let step, _) = event, let missing = step.missing, !missing.isEmpty {
            p(text: view.t("entry.lacking"))
            ul(.class("bullets")) { html in for field in missing { html.li(text: view.name("appendix", field)) } }
        }
        if case .informationEntered(let step, _) = event {
            p(.class("entry-links")) { html in
                html.a(
                    .href(SitePath.card(.value(step.card)).path),
                    text: view.t("entry.card", ["card": step.card, "edition": "\(step.edition)"]))
            }
        }
        let address = SitePath.request(.value(record.id))
        p(.class("entry-links")) { html in
            if let digest = event.document {
                html.a(.href(SitePath.file(.value(digest)).with(["case": "onboarding/" + record.id]))) { html in
                    html.icon(.download)
                    html.text(view.t("entry.document"))
                }
            }
            if canCorrect, event.hasOwnMoment {
                let number = entry.recorded.version
                html.a(
                    .href(address.with(["correct": "\(number)"]) + "#correct"),
                    .ariaLabel(view.t("entry.correctLabel", ["number": "\(number)"])), text: view.t("entry.correct"))
            }
        }
    }
}

extension View {
    fileprivate func lines(of event: InformationRequestEvent) -> [String] {
        func plan(_ request: CivilDate, _ acceptance: CivilDate?) -> String {
            t(
                "entry.plan",
                ["request": DateText.short(request), "acceptance": acceptance.map(DateText.short) ?? "–"])
        }
        switch event {
        case .planLineApproved(let line):
            return [plan(line.requestOn, line.acceptanceOn), t("entry.act", ["act": line.approval])]
        case .planLineAmended(let line, _):
            return [plan(line.requestOn, line.acceptanceOn), t("entry.act", ["act": line.approval]), line.reason]
        case .requestSent(let sent, _):
            let channel = RequestChannel(rawValue: sent.channel).map { name("sendChannel", $0) } ?? sent.channel
            let again = sent.again.map { ["\(t("entry.again")): \(name("sentAgain", $0))"] } ?? []
            return ["№ \(sent.number) · \(channel)"] + again
        case .requestReceived(let received, _): return [received.proof]
        case .responsiblePersonAppointed(let appointed, _):
            return appointed.order.map { [t("entry.order", ["order": $0])] } ?? []
        case .informationSubmitted(let submitted, _):
            let medium = RequestMedium(rawValue: submitted.medium).map { name("medium", $0) } ?? submitted.medium
            return [medium + " · " + (submitted.isSignedByHead ? t("step.signedYes") : t("step.signedNo"))]
        case .informationReturned(let note, _):
            switch note.text {
            case StepNote.unsigned: return [t("entry.unsigned")]
            case StepNote.incomplete: return [t("entry.incomplete")]
            default: return [note.text]
            }
        case .requestSendingFailed(let note, _), .trainingHeld(let note, _), .contactMade(let note, _),
            .requestCancelled(let note, _):
            return [note.text]
        case .protocolSigned(let signed, _): return [name("side", signed.side) + " · " + signed.position]
        case .entryCorrected(let corrected, _):
            let moment = corrected.moment.map { dates.short($0) } ?? corrected.text
            let event = corrected.step.map { self.event($0) } ?? ""
            return [
                t("entry.corrected", ["number": "\(corrected.entry)", "event": event, "time": moment]),
                corrected.reason,
            ]
        case .informationEntered, .protocolCompleted, .wentLive: return []
        }
    }
}

extension HTML {
    /// Where a request stands, as a label.
    mutating func stateTag(_ state: RequestState, _ view: View) {
        tag(view.name("requestState", state))
    }
}
