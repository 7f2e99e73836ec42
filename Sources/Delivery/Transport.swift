import Journal

/// A way of getting a document to another system.
package protocol Transport: Sendable {
    /// Makes one attempt; an attempt that is cancelled ends as ``AttemptFailure/Kind/interrupted``.
    func deliver(_ parcel: Parcel) async -> AttemptOutcome
}

/// What a transport is given for one attempt.
package struct Parcel: Sendable {
    /// The key that is the same for every attempt.
    package var idempotencyKey: String
    /// Where at the destination, for instance "monthly/2026-03".
    package var path: String
    /// The media type of the document.
    package var mediaType: String
    /// The document.
    package var bytes: [UInt8]
    /// The SHA-256 of `bytes`, in hexadecimal digits.
    package var digest: String
    /// The detached CMS signature over `bytes`, in DER; nil where the destination is sent none.
    package var signature: [UInt8]?
    /// The head of the journal that the receiver is told: the event by which the first attempt began; nil where there is none.
    package var head: ToldHead?
    /// Told how many bytes of how many are sent.
    package var onProgress: (@Sendable (_ sent: Int64, _ total: Int64) -> Void)?

    /// A parcel from its parts.
    package init(
        idempotencyKey: String, path: String, mediaType: String, bytes: [UInt8], digest: String,
        signature: [UInt8]? = nil, head: ToldHead? = nil,
        onProgress: (@Sendable (_ sent: Int64, _ total: Int64) -> Void)? = nil
    ) {
        self.idempotencyKey = idempotencyKey
        self.path = path
        self.mediaType = mediaType
        self.bytes = bytes
        self.digest = digest
        self.signature = signature
        self.head = head
        self.onProgress = onProgress
    }
}
