import SwiftASN1
import WorkingDays
import X509

/// What is asked of a certificate that stands for itself, since nobody was asked who vouches for it: that it was valid then.
/// What it was given for is asked beside this.
struct OneselfPolicy: VerifierPolicy {
    let moment: Moment
    let verifyingCriticalExtensions: [ASN1ObjectIdentifier] = [
        .X509ExtensionID.basicConstraints, .X509ExtensionID.keyUsage, .X509ExtensionID.extendedKeyUsage,
    ]

    func chainMeetsPolicyRequirements(chain: UnverifiedCertificateChain) async -> PolicyEvaluationResult {
        let date = moment.date
        return chain.leaf.notValidBefore <= date && date <= chain.leaf.notValidAfter
            ? .meetsPolicy : .failsToMeetPolicy(reason: "the certificate was not valid then")
    }
}
