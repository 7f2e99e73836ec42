/// Why a delivery was not queued, requeued or configured.
package enum DeliveryError: Error, Hashable, CustomStringConvertible {
    /// The address of a destination is not one of https.
    case addressNotHTTPS(String)
    /// There is no delivery of this identity.
    case unknown(DeliveryID)
    /// Only a delivery that was given up can be put back.
    case notDead(DeliveryID)
    /// Putting a delivery back needs a reason.
    case reasonMissing

    package var description: String {
        switch self {
        case .addressNotHTTPS(let address):
            "The destination's address “\(address)” does not begin with https://; reports leave over TLS only."
        case .unknown(let id): "There is no delivery “\(id)”."
        case .notDead(let id): "The delivery “\(id)” was not given up, so it need not be put back."
        case .reasonMissing: "Say why the delivery is put back; the reason is kept in the journal."
        }
    }
}
