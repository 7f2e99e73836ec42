import Accounts
import Casework
import ContactCentre
import Delivery
import Foundation
import HTTPTypes
import Hummingbird
import Journal
import Markup
import Proofs
import Reporting
import WorkingDays

extension ReportPage {
    /// When a revision was stamped, and what its receiver was told of the journal.
    func proofFacts(of sealed: ReportSealed, _ view: View) -> [Fact] {
        guard let kept = signatures[sealed.revision] else { return [] }
        let stamp =
            kept.stamp.map {
                Fact(view.t("report.stampedBy"), "\($0.authority), \(view.dates.short($0.stampedAt))")
            } ?? kept.unstamped.map { _ in Fact(view.t("report.stampedBy"), view.t("report.unstamped")) }
        let head = kept.received?.head.map {
            Fact(view.t("report.head"), "\(NumberText.whole(Int($0.position))), \($0.hash)")
        }
        return [stamp, head].compactMap(\.self)
    }

    /// The form by which a revision is taken out with its proofs in one file; nothing where one of them is missing, or for
    /// whoever may not see applicants' contacts.
    func containerForm(of sealed: ReportSealed, into html: inout HTML, _ view: View) {
        guard view.may(.revealPersonalData), view.may(.exportLists), let kept = signatures[sealed.revision],
            kept.sent != nil, kept.receipt != nil, kept.received?.head != nil
        else { return }
        let problem = containerProblem.flatMap { $0.revision == sealed.revision ? $0.words : nil }
        html.element("details", [.class("step"), Attribute("open", flag: problem != nil)]) { html in
            html.summary { html in
                html.icon(.chevron)
                html.span(.class("step-title"), text: view.t("report.container"))
            }
            html.p(.class("hint"), text: view.t("report.containerText"))
            html.postForm(
                to: .reportContainer(.value(name), .value("\(sealed.revision)")), view, .class("form")
            ) { html in
                html.textField(
                    Field(
                        "reason", label: view.t("report.containerReason"), hint: view.t("report.containerReasonHint"),
                        error: problem, id: "container-\(sealed.revision)"), view)
                html.formButtons(submit: view.t("report.containerTake"), view)
            }
        }
    }

    /// A revision with its proofs in one file; who takes it, and what for, is recorded before.
    static func container(_ site: WebRequest) async throws -> Response {
        try site.authority.require(.readReports)
        try site.authority.require(.exportLists)
        try site.authority.require(.revealPersonalData)
        let (period, desk) = try report(site)
        guard let user = site.user, let revision = Int(try site.parameter("revision")) else {
            throw SiteError(.notFound, "no such sealed report")
        }
        let view = site.reader
        let maker = ReportWorkbook(
            texts: view.texts, language: view.language, zone: view.zone, showsCases: view.may(.readComplaints))
        do {
            let centre = site.environment.centre
            var (workbook, pages): ([UInt8]?, [UInt8]?)
            if let book = try await maker.workbook(period, by: desk, revision: revision, in: centre) {
                workbook = try await WebRequest.bytes(of: book)
            }
            if let book = try await maker.pages(period, by: desk, revision: revision, in: centre) {
                pages = try await WebRequest.pages(of: book, site)
            }
            let container = try await centre.container(
                of: period, by: desk, revision: revision, readable: (workbook, pages), reason: site.form["reason"],
                by: .user(user.number))
            return Response(
                status: .ok,
                headers: [
                    .contentType: ProofContainer.mediaType, .cacheControl: "no-store",
                    .contentDisposition:
                        "attachment; filename=\"report-\(desk.name(of: period))-\(revision).\(ProofContainer.fileExtension)\"",
                ], body: ResponseBody(byteBuffer: ByteBuffer(bytes: container.bytes)))
        } catch let refusal as Refusal {
            var page = try await page(site)
            page.containerProblem = (revision, site.words(of: refusal))
            return site.page(page, status: .unprocessableContent)
        }
    }
}
