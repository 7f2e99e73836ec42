/// Signatures of documents: detached CMS (RFC 5652), as `openssl cms` writes and checks them; and time stamps over them
/// (RFC 3161), as `openssl ts` does.
///
/// Decides whether a key and its certificate may sign at a moment, signs bytes with them, and says who signed bytes that
/// came with a signature. It never signs with a key that does not belong to the certificate, nor outside the time for
/// which the certificate was given; whoever asks is told why, in a sentence. It refuses to know what a document is, where
/// it goes, and what follows from a wrong signature.
///
/// Start reading at ``SigningFiles`` (what lies on the disk), then ``Signer`` (signing) and ``SignatureAuthority``
/// (checking); ``TimeStampQuery`` (asking for the time) and ``TimeStampAuthority`` (checking the answer).
import X509
