import CanonicalJSON
import Curl
import Foundation
import WorkingDays

/// A letter to one person, whole: the document of a delivery whose module keeps it sealed.
///
/// The outbox and the journal hold only its digest; `salt` makes that digest say nothing of the address.
package struct PersonalLetter: Codable, Hashable, Sendable {
    /// The recipient's address.
    package var to: String
    /// The subject line.
    package var subject: String
    /// The text.
    package var text: String
    /// Random digits.
    package var salt: String

    /// A letter from its parts.
    package init(to: String, subject: String, text: String, salt: String) {
        self.to = to
        self.subject = subject
        self.text = text
        self.salt = salt
    }

    /// The letter as the bytes of a document.
    package func bytes() throws -> [UInt8] { try CanonicalCoding.encode(self) }

    /// Whether a text can be a mail address: one @, nothing that could begin another header or another recipient.
    package static func isAddress(_ text: String) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard text.utf8.count <= 254, parts.count == 2, !parts[0].isEmpty, parts[1].contains("."),
            !parts[1].hasPrefix("."), !parts[1].hasSuffix(".")
        else { return false }
        let allowed = Set(
            "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.!#$%&'*+/=?^_`{|}~-@".unicodeScalars)
        return text.unicodeScalars.allSatisfy(allowed.contains)
    }
}

/// Sends personal letters, each to the address that stands in it.
package struct PersonalMailTransport: Transport {
    private let relay: SMTPTransport.Destination
    private let session: CurlSession
    private let now: @Sendable () -> Moment

    /// A transport over one relay; the recipients of `relay` are not used.
    package init(_ relay: SMTPTransport.Destination, session: CurlSession, now: @escaping @Sendable () -> Moment) {
        self.relay = relay
        self.session = session
        self.now = now
    }

    package func deliver(_ parcel: Parcel) async -> AttemptOutcome {
        let letter: PersonalLetter
        do {
            letter = try CanonicalCoding.decode(PersonalLetter.self, from: parcel.bytes)
        } catch {
            return .failed(AttemptFailure(.permanent, "The document is no letter."))
        }
        guard PersonalLetter.isAddress(letter.to) else {
            return .failed(AttemptFailure(.permanent, "The letter has no usable address."))
        }
        let sentAt = now()
        var destination = relay
        destination.recipients = [letter.to]
        let domain = relay.sender.split(separator: "@").last.map(String.init) ?? "localhost"
        let messageID = "\(parcel.idempotencyKey)@\(domain)"
        let message = MIMEMessage(
            sender: relay.sender, recipients: [letter.to], subject: letter.subject, text: letter.text,
            attachmentName: "", attachmentType: "", attachment: [], date: sentAt, messageID: messageID)
        let outcome = await SMTPTransport.send(
            message, to: destination, over: session, receipt: (messageID, sentAt, parcel.digest),
            onProgress: parcel.onProgress)
        guard case .failed(var failure) = outcome else { return outcome }
        // What a relay says often repeats the address, and this goes into the journal.
        failure.message = failure.message.replacingOccurrences(of: letter.to, with: "‹address›")
        return .failed(failure)
    }
}
