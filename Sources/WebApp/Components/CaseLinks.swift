import Accounts
import Casework
import Complaints
import ContactCentre
import Freshness
import InternalControl
import Journal
import Languages
import Markup
import Onboarding
import Reporting

extension Localized {
    /// The wording for a reader of `language`, and the language in which it is.
    func shown(in language: Language) -> (text: String, language: Language) {
        for candidate in language.fallbacks {
            if let text = exactly(candidate) { return (text, candidate) }
        }
        return ("", language)
    }
}

extension HTML {
    /// A text in the nearest language there is, marked where it is not the reader's.
    mutating func localized(_ text: Localized, _ view: View) {
        let shown = text.shown(in: view.language)
        if shown.language == view.language { return self.text(shown.text) }
        span(.lang(shown.language), text: shown.text)
    }

    /// The name of a body, leading to its page; the code where the name is not known.
    mutating func bodyName(_ code: String, _ name: Localized?, _ view: View) {
        let name = name ?? Localized(kk: code, ru: code)
        guard view.may(.readRegistry) else { return localized(name, view) }
        let shown = name.shown(in: view.language)
        a(
            .class("plain-link"), .href(SitePath.body(.value(code)).path),
            Attribute.lang(shown.language).when(shown.language != view.language), text: shown.text)
    }

    /// The name of a service, leading to its card.
    mutating func serviceName(_ code: String, _ name: Localized?, _ view: View) {
        let name = name ?? Localized(kk: code, ru: code)
        guard view.may(.readCards) else { return localized(name, view) }
        let shown = name.shown(in: view.language)
        a(
            .class("plain-link"), .href(SitePath.card(.value(code)).path),
            Attribute.lang(shown.language).when(shown.language != view.language), text: shown.text)
    }

    /// The last day of a term, leading to its proof on the page of the case.
    mutating func dueDate(_ clock: ClockRow, _ view: View) {
        guard let address = clock.proofAddress(view) else { return date(clock.due, view) }
        a(.class("plain-link"), .href(address)) { $0.date(clock.due, view) }
    }
}

extension StreamID {
    /// The page of the case; nil where the reader may not see it or there is none.
    func casePath(_ view: View) -> SitePath? {
        guard let kind = ContactCentre.kinds[kind], view.may(kind.read) else { return nil }
        return casePath
    }

    /// The page of the case, whoever may see it; nil where there is none.
    var casePath: SitePath? { SitePath.ofCases[kind]?(id) }
}

extension SitePath {
    /// The page of a case by its number, for each kind whose cases have a page that clocks and lists lead to.
    static let ofCases: [String: @Sendable (String) -> SitePath] = {
        var pages: [String: @Sendable (String) -> SitePath] = [
            InformationRequest.streamKind: { .request(.value($0)) },
            Complaint.streamKind: { .complaint(.value($0)) },
            CardCampaign.streamKind: { .knowledgeCampaign(.value($0)) },
            MonthlyReport.streamKind: { .report(.value($0)) },
            QuarterlyReport.streamKind: { .report(.value($0)) },
            ViolationReport.streamKind: { .report(.value(ViolationReport.prefix + $0)) },
            CorporationReport.streamKind: { .report(.value(CorporationReport.prefix + $0)) },
            ElectronicReport.streamKind: { .report(.value(ElectronicReport.prefix + $0)) },
            Filing.streamKind: { .filing(.value($0)) },
            Discrepancy.streamKind: { .discrepancy(.value($0)) },
        ]
        for name in DutyName.allCases { pages[name.rawValue] = { .duty(.value(name.rawValue), .value($0)) } }
        return pages
    }()
}

extension ClockRow {
    /// The page of the case; nil where the reader may not see it or there is none.
    func casePath(_ view: View) -> SitePath? { stream.casePath(view) }

    /// The proof of the date on the page of the case.
    func proofAddress(_ view: View) -> String? { casePath(view).map { $0.path + "#proof-" + rule } }
}
