import Crypto
import Foundation
import Journal
import Logging
import ServiceLifecycle
import Signatures

extension DeliveryService {
    /// Has the signature of a document stamped with the time, once; where no stamp can be had the sending goes on without
    /// one, says so, and the next attempt asks again.
    ///
    /// - Throws: What the journal throws when nothing can be recorded.
    func stamp(_ signature: [UInt8], of delivery: DeliveryRecord, attempt: Int) async throws {
        guard let client = stamps[delivery.destination] else { return }
        let digest = EventLink.hexadecimal(Array(SHA256.hash(data: signature)))
        let kept = try await journal.read { db in try DeliverySignatures(of: delivery.id, in: db).stamp }
        guard kept?.over != digest else { return }
        let event: DeliveryEvent
        do throws(TimeStampRefusal) {
            let (token, stamp) = try await Self.stamped(signature, by: client)
            event = .deliveryStamped(
                DeliveryEvent.Stamped(
                    attempt: attempt, over: digest, token: Data(token).base64EncodedString(), stampedAt: stamp.moment,
                    authority: stamp.name, certificate: stamp.fingerprint))
        } catch {
            logger.warning(
                "delivery.stamp.missing",
                metadata: ["delivery": "\(delivery.id)", "attempt": "\(attempt)", "reason": "\(error)"])
            event = .deliveryUnstamped(DeliveryEvent.Unstamped(attempt: attempt, reason: error.description))
        }
        _ = try await journal.transact(by: .timer, at: environment.now()) { transaction in
            try DeliveryHistory(delivery.id, in: transaction).append([event], in: transaction)
            return true
        }
    }

    /// A shutdown does not wait for the authority.
    private static func stamped(
        _ signature: [UInt8], by client: TimeStampClient
    ) async throws(TimeStampRefusal) -> (token: [UInt8], stamp: TimeStampAuthority.Stamp) {
        let result = await cancelWhenGracefulShutdown { () -> StampResult in
            do throws(TimeStampRefusal) {
                return .success(try await client.stamp(signature))
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }

    private typealias StampResult = Result<(token: [UInt8], stamp: TimeStampAuthority.Stamp), TimeStampRefusal>
}
