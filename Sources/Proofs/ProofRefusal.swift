import Signatures

/// Why a file proves nothing.
package enum ProofRefusal: Error, Hashable, Sendable, CustomStringConvertible {
    /// It is no container, or not one in the only spelling that there is.
    case notAContainer(String)
    /// A part that must be there is missing, or one that must not be there is in it.
    case parts(String)
    /// The list of the parts is not the one of these parts: one was changed, added or taken away.
    case list(part: String)
    /// A signature is not accepted.
    case signature(of: String, SignatureRefusal)
    /// The time stamp is not accepted.
    case stamp(TimeStampRefusal)
    /// Two parts do not belong together.
    case apart(String)

    package var description: String {
        switch self {
        case .notAContainer(let reason): "This is no container of proofs: \(reason)."
        case .parts(let reason): "The container has not the parts that it must have: \(reason)."
        case .list(let part): "“\(part)” is not what was listed and signed: it was changed, added or taken away."
        case .signature(let part, let refusal): "The signature over “\(part)” is not accepted. \(refusal)"
        case .stamp(let refusal): "The time stamp is not accepted. \(refusal)"
        case .apart(let reason): "The proofs do not belong together: \(reason)."
        }
    }
}
