import Signatures
import WorkingDays

extension Doctor {
    /// How reports are signed, and their receipts' signatures checked, before one has to be.
    func signatures() -> [Finding] {
        // Settings that cannot be read are a finding of their own.
        guard let settings = try? Settings.read(data + "/bailanys.yaml") else { return [] }
        var found: [Finding] = []
        if let files = settings.signing { found.append(Self.finding(of: files.standing(at: now))) }
        if let file = settings.agencySignatureAuthority {
            do {
                _ = try SignatureAuthority(file: file)
                found.append(.ok("signature", "Receipts must be signed by whom \(file) vouches for."))
            } catch {
                found.append(.fault("signature", "\(error)", "Mend “agency-signature-authority”: no report is sent."))
            }
        }
        if let file = settings.timeStampAuthority {
            do {
                _ = try TimeStampAuthority(file: file)
                try settings.requireWholeTimeStamps(data + "/bailanys.yaml")
                found.append(.ok("signature", "Signatures are stamped by whom \(file) vouches for."))
            } catch {
                found.append(
                    .fault("signature", "\(error)", "Mend “time-stamp-authority”: reports go without a stamp."))
            }
        }
        return found
    }

    private static func finding(of standing: SigningStanding) -> Finding {
        switch standing {
        case .good(let certificate, let until):
            .ok("signature", "Reports are signed by “\(certificate)”, whose certificate is valid until \(until).")
        case .endsSoon(let certificate, let until):
            .warning(
                "signature", "The certificate “\(certificate)” that signs reports ends at \(until).",
                "Ask its issuer for a new one in time: after that no report is sent.")
        case .fault(let fault):
            .fault(
                "signature", "\(fault)",
                "No report is sent until “signature-key” and “signature-certificate” are right; none goes unsigned.")
        }
    }
}
