import Casework
import Crypto
import Delivery
import Foundation
import InternalControl
import Journal
import Proofs
import Reporting
import Signatures
import WorkingDays

extension ContactCentre {
    /// A sealed report that was taken, with everything that proves it, in one file (docs/proof.md).
    ///
    /// The container holds what was sent, contacts opened; who takes such a copy out, and what for, is recorded before he is
    /// given it.
    /// - Parameters:
    ///   - desk: the desk of its form.
    ///   - revision: the revision; nil for the last.
    ///   - reason: what the copy is for; asked for where the report names an applicant.
    ///   - readable: the same report for people, as a workbook and on pages, which prove nothing by themselves; nil for none.
    /// - Throws: `Refusal` that says which proof is missing: a container never holds less than three.
    package func container(
        of period: ReportPeriod, by desk: any PeriodDesk, revision: Int?,
        readable: (workbook: [UInt8]?, pages: [UInt8]?), reason: String?,
        by actor: Actor
    ) async throws -> ProofContainer {
        let sealed = try await desk.report(period).state.sealed
        guard let revision = revision ?? sealed.last?.revision,
            let atRest = sealed.first(where: { $0.revision == revision })?.digest
        else { throw ContainerRefusal.unknown("There is no such sealed report: see `bailanys report list`.") }
        let kind = desk.kind
        let kept = try await kept(kind, subject: "\(period)/\(revision)")
        var parts = try kept.parts()
        (parts.workbook, parts.pages) = readable
        guard let document = try await desk.subject.document(for: kept.delivery),
            EventLink.hexadecimal(Array(SHA256.hash(data: document))) == kept.delivery.digest
        else {
            throw ContainerRefusal.changed(
                "The report cannot be made again as it was sent, since a person in it was erased: only the receiver has that copy."
            )
        }
        parts.report = document
        let namesPeople = atRest != kept.delivery.digest
        let isReasonGiven = reason?.contains { !$0.isWhitespace } == true
        guard isReasonGiven || !namesPeople else {
            throw ContainerRefusal.reasonMissing(
                "The container holds the contacts of applicants: say what the copy is for; it is recorded.",
                field: "reason")
        }
        let container = try packed(parts)
        guard let reason, isReasonGiven else { return container }
        _ = try await journal.transact(by: actor, at: now()) { [outbox] transaction in
            try outbox.noteCopy(of: kept.delivery.id, reason: reason, in: transaction)
            return true
        }
        return container
    }

    /// A sealed explanation of a discrepancy that was taken, with everything that proves it, in one file (797 §20). It names nobody, so
    /// that no reason is asked for.
    /// - Parameters:
    ///   - number: the number of the discrepancy.
    ///   - revision: the revision; nil for the last.
    ///   - pages: the same on pages, for people; nil for none.
    /// - Throws: `Refusal` that says which proof is missing.
    package func container(
        ofExplanation number: String, revision: Int?, pages: [UInt8]?
    ) async throws -> ProofContainer {
        let sealed = try await internalControl.discrepancy(number).state.sealed
        guard let revision = revision ?? sealed.last?.revision, sealed.contains(where: { $0.revision == revision })
        else {
            throw ContainerRefusal.unknown(
                "There is no such sealed explanation: see `bailanys discrepancies show \(number)`.")
        }
        let kept = try await kept(internalControl.kind, subject: "\(number)/\(revision)")
        var parts = try kept.parts()
        parts.pages = pages
        guard let document = try await internalControl.document(for: kept.delivery),
            EventLink.hexadecimal(Array(SHA256.hash(data: document))) == kept.delivery.digest
        else {
            throw ContainerRefusal.changed("The explanation is not there as it was sent: only the receiver has it.")
        }
        parts.report = document
        return try packed(parts)
    }

    /// What is kept of the delivery of a document that was confirmed.
    private func kept(_ kind: String, subject: String) async throws -> Kept {
        let kept = try await journal.read { db -> Kept? in
            let deliveries = try DeliveryRecord.fetchAll(kind: kind, subject: subject, in: db)
            guard let delivery = deliveries.first(where: { $0.phase == .delivered }) else { return nil }
            return Kept(
                delivery: delivery, signatures: try DeliverySignatures(of: delivery.id, in: db),
                sending: try DeliverySending(of: delivery.id, in: db))
        }
        guard let kept else {
            throw ContainerRefusal.notReceived("The receiver has not confirmed this report yet: there is no receipt.")
        }
        return kept
    }

    /// Parts in one file, signed by the pair that is in place now.
    private func packed(_ parts: ProofParts) throws -> ProofContainer {
        guard let files = settings.signing else {
            throw ContainerRefusal.signing("Nothing signs here now: set “signature-key” and “signature-certificate”.")
        }
        do throws(SigningFault) {
            let now = now()
            return try ProofContainer(parts, packedBy: files.signer(at: now), at: now)
        } catch {
            throw ContainerRefusal.signing("The container cannot be signed: \(error)")
        }
    }

    /// What the journal keeps of a delivery that was confirmed.
    private struct Kept: Sendable {
        let delivery: DeliveryRecord
        let signatures: DeliverySignatures
        let sending: DeliverySending?

        /// The proofs; the report itself is put in afterwards.
        func parts() throws -> ProofParts {
            guard let sent = signatures.sent, let signature = Self.bytes(sent.cms) else {
                throw ContainerRefusal.unsigned(
                    "This report was sent without a signature: it proves who sent it to nobody. Set “signature-key”.")
            }
            guard let receipt = signatures.receipt, let document = Self.bytes(receipt.document),
                let cms = Self.bytes(receipt.cms)
            else {
                throw ContainerRefusal.receiptUnsigned(
                    "The receipt of this report was taken without a signature: it binds its giver to nothing. Set “agency-signature-authority”."
                )
            }
            guard let sending, signatures.received?.head == sending.head else {
                throw ContainerRefusal.headUntold(
                    "The receipt does not repeat the head of the journal that the sending made: the report was sent by an edition before December 2026, or to a receiver that keeps none."
                )
            }
            return ProofParts(
                report: [], signature: signature, stamp: (signatures.stamp?.token).flatMap(Self.bytes),
                receipt: document, receiptSignature: cms, sending: sending.record)
        }

        private static func bytes(_ base64: String) -> [UInt8]? { Data(base64Encoded: base64).map { Array($0) } }
    }
}
