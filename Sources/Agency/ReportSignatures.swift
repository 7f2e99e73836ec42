import Foundation
import Hummingbird
import Signatures
import WorkingDays

/// Whose signatures a receiver asks for, and with what it signs its receipts; neither by itself.
struct ReportSignatures: Sendable {
    /// A signature that was checked.
    struct Checked: Sendable, Equatable {
        /// Detached CMS, in DER.
        var cms: Data
        /// Whom its certificate names.
        var signer: String
    }

    var authority: SignatureAuthority?
    var isRequired = true
    var files: SigningFiles?

    /// No signatures either way.
    init() {}

    /// What a configuration asks for.
    /// - Throws: `SigningFault` where a file cannot be read, or key and certificate do not belong together.
    init(_ configuration: AgencyConfiguration) throws {
        authority = try configuration.signatureAuthorityFile.map { try SignatureAuthority(file: $0) }
        isRequired = !configuration.allowsUnsigned
        files = configuration.receiptSigning
        _ = try files?.signer()
    }

    /// Checks what came with a report; nil where nothing came and nothing must.
    /// - Throws: ``Problem``.
    func check(_ request: Request, over document: Data, at now: Moment) async throws -> Checked? {
        guard let authority else { return nil }
        guard let field = request.headers.value(of: "content-signature") else {
            guard isRequired else { return nil }
            throw Problem(
                status: .badRequest, type: "signature-missing",
                detail: "Send a detached CMS signature over the body in Content-Signature, as cms=:base64:.")
        }
        guard let signature = Self.signature(in: field) else {
            throw Problem(
                status: .unprocessableContent, type: "signature-invalid",
                detail: "Content-Signature holds no signature of the form cms=:base64:.")
        }
        do throws(SignatureRefusal) {
            let signatory = try await authority.check(Array(signature), over: Array(document), at: now)
            return Checked(cms: signature, signer: signatory.name)
        } catch {
            let type = if case .expired = error { "signature-expired" } else { "signature-invalid" }
            throw Problem(status: .unprocessableContent, type: type, detail: error.description)
        }
    }

    /// The pair that signs receipts now; nil where they go without a signature.
    /// - Throws: ``Problem`` where it cannot sign: nothing is taken then, since nothing could be confirmed.
    func signer(at now: Moment) throws -> Signer? {
        do throws(SigningFault) {
            return try files?.signer(at: now)
        } catch {
            throw Problem(
                status: .serviceUnavailable, type: "unavailable",
                detail: "The receiver cannot sign receipts: \(error)", headers: [.retryAfter: "60"])
        }
    }

    /// The field of a signature: `cms=:…:`.
    static func field(_ signature: some Sequence<UInt8>) -> String { "cms=:\(Data(signature).base64EncodedString()):" }

    private static func signature(in field: String) -> Data? {
        let members = field.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
        guard let member = members.first(where: { $0.hasPrefix("cms=:") }), member.hasSuffix(":"),
            member.utf8.count > 6
        else { return nil }
        return Data(base64Encoded: String(member.dropFirst(5).dropLast()))
    }
}
