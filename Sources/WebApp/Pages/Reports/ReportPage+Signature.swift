import Accounts
import ContactCentre
import Delivery
import Foundation
import GRDB
import Hummingbird
import Journal
import Markup
import Reporting
import Signatures
import WorkingDays

extension ReportPage {
    /// Who signed a revision and its receipt.
    func signers(of sealed: ReportSealed, _ view: View) -> [Fact] {
        let kept = signatures[sealed.revision]
        return [
            kept?.sent.map { Fact(view.t("report.signedBy"), $0.signer) },
            kept?.receipt.map { Fact(view.t("report.receiptSignedBy"), $0.signer) },
        ].compactMap(\.self)
    }

    /// The signature of a revision as a file, and how it is checked.
    func signature(of sealed: ReportSealed, into html: inout HTML, _ view: View) {
        guard signatures[sealed.revision]?.sent != nil else { return }
        let file = Self.fileName(name, sealed.revision)
        html.p { html in
            html.a(
                .href(SitePath.reportSignature(.value(name), .value("\(sealed.revision)")).path),
                text: view.t("report.signature"))
        }
        html.p(
            .class("hint"),
            text: view.t("report.signatureCheck", ["digest": sealed.deliveredDigest, "file": "\(file).json"]))
        html.p { html in
            html.code(
                text:
                    "openssl cms -verify -binary -inform DER -in \(file).p7s -content \(file).json -CAfile ca.pem -out /dev/null"
            )
        }
        if sealed.digest != sealed.deliveredDigest {
            html.p(.class("hint"), text: view.t("report.signatureContacts"))
        }
    }

    /// The signature that went with a revision, as a file.
    static func signature(_ site: WebRequest) async throws -> Response {
        let (period, desk) = try report(site)
        let revision = Int(try site.parameter("revision"))
        let state = try await desk.report(period).state
        let found = try await site.environment.centre.journal.read { db in
            try keptSignatures(of: state, period, desk, in: db)
        }
        guard let revision, let sent = found[revision]?.sent, let bytes = Data(base64Encoded: sent.cms) else {
            throw SiteError(.notFound, "This revision was not sent with a signature.")
        }
        return Response(
            status: .ok,
            headers: [
                .contentType: "application/pkcs7-signature",
                .contentDisposition: "attachment; filename=\"\(fileName(desk.name(of: period), revision)).p7s\"",
            ], body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    /// The signatures of the revisions that were sent with one: of each the delivery that was queued last.
    static func keptSignatures(
        of state: ReportState, _ period: ReportPeriod, _ desk: any PeriodDesk, in db: Database
    ) throws -> [Int: DeliverySignatures] {
        try state.sealed.reduce(into: [:]) { found, sealed in
            found[sealed.revision] = try DeliverySignatures(
                ofSubject: "\(period)/\(sealed.revision)", kind: desk.kind, in: db)
        }
    }

    private static func fileName(_ name: String, _ revision: Int) -> String { "report-\(name)-\(revision)" }
}

extension HTML {
    /// What is wrong with the pair that signs reports, or soon will be; nothing where it signs.
    mutating func signingWarning(_ standing: SigningStanding, _ view: View) {
        let title: String
        switch standing {
        case .good: return
        case .endsSoon(_, let until):
            return alert(.warning, title: view.t("report.signingSoon", ["date": view.dates.short(until)])) { html in
                html.p(text: view.t("report.signingSoonText"))
            }
        case .fault(.ended(_, let moment)): title = view.t("report.signingEnded", ["date": view.dates.short(moment)])
        case .fault(.notYetValid(_, let from)): title = view.t("report.signingEarly", ["date": view.dates.short(from)])
        case .fault(.mismatch): title = view.t("report.signingMismatch")
        case .fault: title = view.t("report.signingUnusable")
        }
        alert(.danger, title: title) { html in html.p(text: view.t("report.signingText")) }
    }
}
