import Curl
import WorkingDays

/// Sends a document by mail; the relay's acceptance is all the receipt there is.
///
/// Mail has no idempotency: an attempt that was cut off at the wrong moment may arrive twice. Both copies then carry
/// the same `Message-ID`.
package struct SMTPTransport: Transport {
    /// A relay and those who get the mail.
    package struct Destination: Sendable, Hashable {
        /// The relay, "smtps://host:465" or "smtp://host:587" (upgraded by STARTTLS).
        package var address: String
        /// The sender's address.
        package var sender: String
        /// The recipients' addresses.
        package var recipients: [String]
        /// User name and password for the relay.
        package var credentials: CurlCredentials?
        /// A PEM file of the authorities that vouch for the relay; nil for the system's.
        package var certificateAuthorityFile: String?
        /// Whether the relay may be spoken to without TLS: right only on the same machine.
        package var allowsPlainConnection = false
        /// The longest time for a whole attempt.
        package var timeout: Duration = .seconds(120)

        /// A relay with the usual settings.
        package init(address: String, sender: String, recipients: [String]) {
            self.address = address
            self.sender = sender
            self.recipients = recipients
        }
    }

    /// What people read around the document.
    package struct Letter: Sendable, Hashable {
        /// The subject line.
        package var subject: String
        /// The text.
        package var text: String
        /// The name of the attached file.
        package var attachmentName: String

        /// A letter from its parts.
        package init(subject: String, text: String, attachmentName: String) {
            self.subject = subject
            self.text = text
            self.attachmentName = attachmentName
        }
    }

    private let destination: Destination
    private let session: CurlSession
    private let now: @Sendable () -> Moment
    private let letter: @Sendable (Parcel) -> Letter

    /// A transport to one relay.
    package init(
        _ destination: Destination, session: CurlSession, now: @escaping @Sendable () -> Moment,
        letter: @escaping @Sendable (Parcel) -> Letter
    ) {
        self.destination = destination
        self.session = session
        self.now = now
        self.letter = letter
    }

    package func deliver(_ parcel: Parcel) async -> AttemptOutcome {
        let sentAt = now()
        let domain = destination.sender.split(separator: "@").last.map(String.init) ?? "localhost"
        let messageID = "\(parcel.idempotencyKey)@\(domain)"
        let letter = letter(parcel)
        let message = MIMEMessage(
            sender: destination.sender, recipients: destination.recipients, subject: letter.subject, text: letter.text,
            attachmentName: letter.attachmentName, attachmentType: parcel.mediaType, attachment: parcel.bytes,
            date: sentAt, messageID: messageID)
        return await Self.send(
            message, to: destination, over: session, receipt: (messageID, sentAt, parcel.digest),
            onProgress: parcel.onProgress)
    }

    /// Hands a message to the relay.
    /// - Parameter receipt: what stands for a receipt: the message's id, the time and the digest of the document.
    static func send(
        _ message: MIMEMessage, to destination: Destination, over session: CurlSession,
        receipt: (number: String, at: Moment, digest: String),
        onProgress: (@Sendable (_ sent: Int64, _ total: Int64) -> Void)?
    ) async -> AttemptOutcome {
        var request = CurlRequest(destination.address, body: .bytes(message.bytes))
        request.protocols = [.smtp, .smtps]
        request.certificateAuthorityFile = destination.certificateAuthorityFile
        request.credentials = destination.credentials
        request.timeout = destination.timeout
        request.mail = CurlMail(
            sender: destination.sender, recipients: destination.recipients,
            allowsPlainConnection: destination.allowsPlainConnection)
        if let onProgress {
            request.onProgress = { onProgress($0.sent, $0.toSend) }
        }
        do throws(CurlError) {
            _ = try await session.send(request)
            return .received(DeliveryReceipt(number: receipt.number, receivedAt: receipt.at, digest: receipt.digest))
        } catch {
            return .failed(AttemptFailure(error))
        }
    }
}
