import Accounts
import ContactCentre
import Foundation

/// Every address of the site; routes are registered and links are drawn from the same case, so no link can rot.
///
/// A case with a part stands for a link when the part is a value, and for the pattern of a route when it is a parameter:
/// `SitePath.asset("site.css")` and `SitePath.asset(.parameter("name"))`.
package enum SitePath: Hashable, Sendable {
    case home
    case signIn
    case signOut
    /// Away to the organisation's provider of identities, back from it, and out by its order.
    case provider
    case providerBack
    case providerLogout
    case password
    case oneTimeCode
    case account
    case secondFactor
    /// One's own recovery codes, and the tokens for programs: one's own, or those of an account.
    case recovery
    case tokens
    case accountTokens(PathPart)
    /// Who looked at what, and who changed what.
    case audit
    case calendar
    case calendarPreview
    case calendarAdopt
    case machineClock
    case statistics
    case accounts
    case accountOf(PathPart)
    /// Which role may do what.
    case roles
    /// How the machine and the stores stand.
    case system
    case deliveries
    case delivery(PathPart)
    case language
    case theme
    case asset(PathPart)
    case gallery
    case healthLive
    case healthReady
    case search
    case card(PathPart)
    case searchOpened
    case cardHistory(PathPart)
    case cardEdit(PathPart)
    /// The same as a form, and its workbook.
    case cardForm(PathPart)
    case cardBlank(PathPart)
    /// What happens in a life, with the services that it takes.
    case lifeEvents
    case lifeEvent(PathPart)
    case knowledgeCards
    /// The cards that cannot answer what is asked most.
    case knowledgeUnanswering
    case knowledgeGaps
    case knowledgeGap(PathPart)
    /// Campaigns by which bodies confirm their cards.
    case knowledgeCampaigns
    case knowledgeCampaignNew
    case knowledgeCampaign(PathPart)
    /// What a campaign asks of one body.
    case knowledgeCampaignBody(PathPart, PathPart)
    /// The link of a body on a sheet to be printed.
    case knowledgeCampaignSheet(PathPart, PathPart)
    /// What bodies say is not right with their cards.
    case knowledgeRemarks
    case knowledgeRemark(PathPart)
    case knowledgeQueries
    case knowledgeSynonyms
    case knowledgeSynonym(PathPart)
    case cardTold(PathPart)
    case cardPin(PathPart)
    case cardMail(PathPart)
    case pop
    case callStart
    case callDescribe
    case callClose
    case callGap
    case callGapDraft
    case drafts
    case draft(PathPart)
    case callComplaint
    case callComplaintTold
    case callComplaintFile
    case callStage
    case callStageTold
    case searchAPI
    /// An address of the JSON interface: `complaints`, `complaints/:id`.
    case api(String)
    case file(PathPart)
    case clocks
    case clockReview
    /// The ledger of violations.
    case violations
    case violation(PathPart)
    case requests
    case request(PathPart)
    /// The form of the card that the body submitted.
    case requestCard(PathPart)
    case duty(PathPart, PathPart)
    case bodies
    case body(PathPart)
    case bodyReveal(PathPart)
    /// How complaints reach a body.
    case bodyChannel(PathPart)
    /// That somebody who answered for a body left.
    case bodyLeft(PathPart)
    case contacts
    case plan
    case planLine(PathPart, PathPart)
    case complaints
    case complaintNew
    /// What no body has confirmed.
    case complaintsUnreceived
    case complaintRules
    case complaintImport
    /// One act for the rows that were ticked in the list.
    case complaintsBulk
    /// The choices of the list that an officer keeps.
    case complaintViews
    /// What came in and is no complaint yet.
    case incoming
    case incomingOne(PathPart)
    case incomingDuplicate(PathPart)
    case incomingReveal(PathPart)
    /// How often proposals were taken as they stood.
    case intakeLearning
    case complaint(PathPart)
    case complaintStep(PathPart, PathPart)
    case complaintReveal(PathPart)
    /// The links to a complaint and what is done with them.
    case complaintWay(PathPart)
    /// A letter by which the complaint went on paper.
    case complaintLetter(PathPart, PathPart)
    /// The words and the person on a sheet to be printed, beside that letter.
    case complaintSheet(PathPart)
    case reports
    case report(PathPart)
    case reportSeal(PathPart)
    /// The signature of a revision, as a file.
    case reportSignature(PathPart, PathPart)
    /// A sealed revision of a report as a workbook.
    case reportWorkbook(PathPart, PathPart)
    /// The numbers of a sealed revision as a table.
    case reportTable(PathPart, PathPart)
    /// The applications behind a number of a report.
    case applications
    /// A sealed revision of a report as PDF.
    case reportPages(PathPart, PathPart)
    /// A sealed revision with its proofs in one file.
    case reportContainer(PathPart, PathPart)
    /// The board of the bodies' reports on internal control.
    case internalControl
    case filing(PathPart)
    /// The blank of a body's form, and its file with the faults marked.
    case filingBlank(PathPart)
    case filingMarked(PathPart)
    /// What a body is told of its form: the link, mails, a letter; and the sheet with the link on paper.
    case filingLink(PathPart)
    case filingSheet(PathPart)
    /// Where the bodies' numbers and ours disagree.
    case discrepancies
    case discrepancy(PathPart)
    /// A discrepancy case by case: the body's own list beside our complaints; and the template of that list.
    case discrepancyCases(PathPart)
    case discrepancyList(PathPart)
    /// An explanation of a discrepancy, as the Agency got it.
    case explanation(PathPart, PathPart)
    /// The same as PDF, in the languages of the act.
    case explanationPages(PathPart, PathPart)
    /// The same with its proofs in one file.
    case explanationContainer(PathPart, PathPart)
    case letters
    case letterNew
    case letter(PathPart)
    case letterPDF(PathPart)
    case letterFinish(PathPart)
    case letterScan(PathPart)
    case letterDrop(PathPart)
    case bodyLinks
    case bodyLink(PathPart)
    /// The form of the card of the request of a link, and its workbook.
    case bodyLinkCard(PathPart)
    case bodyLinkCardBlank(PathPart)
    /// A document of the complaint of a link.
    case bodyLinkFile(PathPart, PathPart)
    /// A form on internal control of the body of a link, its blank, the same as fields on the screen, its file with the faults marked; a discrepancy in it.
    case bodyLinkFiling(PathPart, PathPart)
    case bodyLinkBlank(PathPart, PathPart)
    case bodyLinkScreen(PathPart, PathPart)
    case bodyLinkMarked(PathPart, PathPart)
    case bodyLinkDiscrepancy(PathPart, PathPart)
    case bodyLinkCases(PathPart, PathPart)
    case bodyLinkList(PathPart, PathPart)
    /// Where a complaint is found by number and code.
    case standingEntry
    /// How a complaint stands, for whoever has its link.
    case standing(PathPart)
    case standingFile(PathPart, PathPart)
    case feed
    case calendarFeed(PathPart)

    /// The path, for a link (`/assets/site.css`) or a pattern (`/assets/:name`).
    package var path: String {
        switch self {
        case .home: "/"
        case .signIn: "/sign-in"
        case .signOut: "/sign-out"
        case .provider: "/sign-in/provider"
        case .providerBack: Settings.providerBack
        case .providerLogout: "/sign-in/provider/logout"
        case .password: "/account/password"
        case .oneTimeCode: "/sign-in/code"
        case .account: "/account"
        case .secondFactor: "/account/second-factor"
        case .recovery: "/account/recovery-codes"
        case .tokens: "/account/tokens"
        case .accountTokens(let number): "/accounts/\(number)/tokens"
        case .audit: "/audit"
        case .calendar: "/calendar"
        case .calendarPreview: "/calendar/preview"
        case .calendarAdopt: "/calendar/adopt"
        case .machineClock: "/machine-clock"
        case .statistics: "/statistics"
        case .accounts: "/accounts"
        case .accountOf(let number): "/accounts/\(number)"
        case .roles: "/roles"
        case .system: "/system"
        case .deliveries: "/deliveries"
        case .delivery(let id): "/deliveries/\(id)"
        case .language: "/language"
        case .theme: "/theme"
        case .asset(let name): "/assets/\(name)"
        case .gallery: "/gallery"
        case .healthLive: "/health/live"
        case .healthReady: "/health/ready"
        case .search: "/search"
        case .card(let code): "/cards/\(code)"
        case .searchOpened: "/search/opened"
        case .cardHistory(let code): "/cards/\(code)/history"
        case .cardEdit(let code): "/cards/\(code)/edit"
        case .cardForm(let code): "/cards/\(code)/form"
        case .cardBlank(let code): "/cards/\(code)/blank"
        case .lifeEvents: "/life-events"
        case .lifeEvent(let code): "/life-events/\(code)"
        case .knowledgeCards: "/knowledge"
        case .knowledgeUnanswering: "/knowledge/unanswering"
        case .knowledgeGaps: "/knowledge/gaps"
        case .knowledgeGap(let id): "/knowledge/gaps/\(id)"
        case .knowledgeCampaigns: "/knowledge/campaigns"
        case .knowledgeCampaignNew: "/knowledge/campaigns/new"
        case .knowledgeCampaign(let id): "/knowledge/campaigns/\(id)"
        case .knowledgeCampaignBody(let id, let body): "/knowledge/campaigns/\(id)/bodies/\(body)"
        case .knowledgeCampaignSheet(let id, let body): "/knowledge/campaigns/\(id)/bodies/\(body)/sheet"
        case .knowledgeRemarks: "/knowledge/remarks"
        case .knowledgeRemark(let id): "/knowledge/remarks/\(id)"
        case .knowledgeQueries: "/knowledge/queries"
        case .knowledgeSynonyms: "/knowledge/synonyms"
        case .knowledgeSynonym(let id): "/knowledge/synonyms/\(id)"
        case .cardTold(let code): "/cards/\(code)/told"
        case .cardPin(let code): "/cards/\(code)/pin"
        case .cardMail(let code): "/cards/\(code)/mail"
        case .pop: "/pop"
        case .callStart: "/calls/start"
        case .callDescribe: "/calls/describe"
        case .callClose: "/calls/close"
        case .callGap: "/calls/gap"
        case .callGapDraft: "/calls/gap/draft"
        case .drafts: "/requests/drafts"
        case .draft(let id): "/requests/drafts/\(id)"
        case .callComplaint: "/calls/complaint"
        case .callComplaintTold: "/calls/complaint/told"
        case .callComplaintFile: "/calls/complaint/file"
        case .callStage: "/calls/stage"
        case .callStageTold: "/calls/stage/told"
        case .searchAPI: "/api/v1/search"
        case .api(let path): "/api/v1/\(path)"
        case .file(let digest): "/files/\(digest)"
        case .clocks: "/clocks"
        case .clockReview: "/clocks/review"
        case .violations: "/violations"
        case .violation(let id): "/violations/\(id)"
        case .requests: "/requests"
        case .request(let id): "/requests/\(id)"
        case .requestCard(let id): "/requests/\(id)/card"
        case .duty(let kind, let id): "/duties/\(kind)/\(id)"
        case .bodies: "/bodies"
        case .body(let code): "/bodies/\(code)"
        case .bodyReveal(let code): "/bodies/\(code)/reveal"
        case .bodyChannel(let code): "/bodies/\(code)/channel"
        case .bodyLeft(let code): "/bodies/\(code)/left"
        case .contacts: "/contacts"
        case .plan: "/plan"
        case .planLine(let plan, let line): "/plan/\(plan)/\(line)"
        case .complaints: "/complaints"
        case .complaintNew: "/complaints/new"
        case .complaintsUnreceived: "/complaints/unreceived"
        case .complaintRules: "/complaints/rules"
        case .complaintImport: "/complaints/import"
        case .complaintsBulk: "/complaints/bulk"
        case .complaintViews: "/complaints/views"
        case .incoming: "/complaints/incoming"
        case .incomingOne(let id): "/complaints/incoming/\(id)"
        case .incomingDuplicate(let id): "/complaints/incoming/\(id)/duplicate"
        case .incomingReveal(let id): "/complaints/incoming/\(id)/reveal"
        case .intakeLearning: "/complaints/proposals"
        case .complaint(let id): "/complaints/\(id)"
        case .complaintStep(let id, let step): "/complaints/\(id)/steps/\(step)"
        case .complaintReveal(let id): "/complaints/\(id)/reveal"
        case .complaintWay(let id): "/complaints/\(id)/way"
        case .complaintLetter(let id, let letter): "/complaints/\(id)/letters/\(letter)"
        case .complaintSheet(let id): "/complaints/\(id)/reveal/sheet"
        case .reports: "/reports"
        case .report(let period): "/reports/\(period)"
        case .reportSeal(let period): "/reports/\(period)/seal"
        case .reportSignature(let period, let revision): "/reports/\(period)/revisions/\(revision)/signature"
        case .reportWorkbook(let period, let revision): "/reports/\(period)/revisions/\(revision)/workbook"
        case .reportTable(let period, let revision): "/reports/\(period)/revisions/\(revision)/csv"
        case .applications: "/applications"
        case .reportPages(let period, let revision): "/reports/\(period)/revisions/\(revision)/pdf"
        case .reportContainer(let period, let revision): "/reports/\(period)/revisions/\(revision)/container"
        case .internalControl: "/internal-control"
        case .filing(let id): "/internal-control/filings/\(id)"
        case .filingBlank(let id): "/internal-control/filings/\(id)/blank"
        case .filingMarked(let id): "/internal-control/filings/\(id)/marked"
        case .filingLink(let id): "/internal-control/filings/\(id)/link"
        case .filingSheet(let id): "/internal-control/filings/\(id)/sheet"
        case .discrepancies: "/internal-control/discrepancies"
        case .discrepancy(let id): "/internal-control/discrepancies/\(id)"
        case .discrepancyCases(let id): "/internal-control/discrepancies/\(id)/cases"
        case .discrepancyList(let id): "/internal-control/discrepancies/\(id)/cases/template"
        case .explanation(let id, let revision): "/internal-control/discrepancies/\(id)/explanations/\(revision)"
        case .explanationPages(let id, let revision):
            "/internal-control/discrepancies/\(id)/explanations/\(revision)/pdf"
        case .explanationContainer(let id, let revision):
            "/internal-control/discrepancies/\(id)/explanations/\(revision)/container"
        case .letters: "/letters"
        case .letterNew: "/letters/new"
        case .letter(let id): "/letters/\(id)"
        case .letterPDF(let id): "/letters/\(id)/pdf"
        case .letterFinish(let id): "/letters/\(id)/finish"
        case .letterScan(let id): "/letters/\(id)/scan"
        case .letterDrop(let id): "/letters/\(id)/drop"
        case .bodyLinks: "/links"
        case .bodyLink(let token): "/body/\(token)"
        case .bodyLinkCard(let token): "/body/\(token)/card"
        case .bodyLinkCardBlank(let token): "/body/\(token)/card/blank"
        case .bodyLinkFile(let token, let digest): "/body/\(token)/files/\(digest)"
        case .bodyLinkFiling(let token, let id): "/body/\(token)/filings/\(id)"
        case .bodyLinkBlank(let token, let id): "/body/\(token)/filings/\(id)/blank"
        case .bodyLinkScreen(let token, let id): "/body/\(token)/filings/\(id)/screen"
        case .bodyLinkMarked(let token, let id): "/body/\(token)/filings/\(id)/marked"
        case .bodyLinkDiscrepancy(let token, let id): "/body/\(token)/discrepancies/\(id)"
        case .bodyLinkCases(let token, let id): "/body/\(token)/discrepancies/\(id)/cases"
        case .bodyLinkList(let token, let id): "/body/\(token)/discrepancies/\(id)/cases/template"
        case .standingEntry: "/status"
        case .standing(let token): "/status/\(token)"
        case .standingFile(let token, let digest): "/status/\(token)/files/\(digest)"
        case .feed: "/account/calendar"
        case .calendarFeed(let secret): "/calendar/\(secret)"
        }
    }

    /// Where the holder of a session does what he has to do first.
    package static func path(of step: SessionStep) -> SitePath {
        switch step {
        case .oneTimeCode: .oneTimeCode
        case .passwordChange: .password
        case .secondFactor: .secondFactor
        }
    }

    /// The path with a query; a value that is nil or empty is left out.
    package func with(_ query: KeyValuePairs<String, String?>) -> String { with(query.map { ($0.key, $0.value) }) }

    /// The same with a query that is put together at run time.
    func with(_ query: [(name: String, value: String?)]) -> String {
        let parts = query.compactMap { name, value -> String? in
            guard let value, !value.isEmpty else { return nil }
            return "\(PathPart.encoded(name))=\(PathPart.encoded(value))"
        }
        return parts.isEmpty ? path : path + "?" + parts.joined(separator: "&")
    }
}
