import Attachments
import CanonicalJSON
import HummingbirdCore
import Journal

/// The one maker of keys by which a form that is sent twice is known as the same.
///
/// Every form that changes something carries a random word (`HTML.postForm` writes it). What the word stands for is
/// everything that was sent, as it was typed, and the files by their digests; never what was made of it: a field that means
/// “now” means another moment at the second click. Sent again as it was, the form is answered as before and nothing happens
/// twice; sent again with other words, it is refused, so that nothing is lost in silence.
enum FormKey {
    /// The name of the hidden field.
    static let fieldName = "key"

    /// A word for one sending of a form.
    static func random(_ randomBytes: (Int) -> [UInt8]) -> String {
        randomBytes(16).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }
}

extension WebRequest {
    /// The key under which what this form asks for is done once; nil where the form carries none.
    /// - Parameters:
    ///   - actor: in whose name it is done; a key is known to nobody else.
    ///   - part: which part of it, where one form asks for several things that are recorded one after the other.
    /// - Throws: `SiteError` where the word is longer than one of ours.
    func formKey(of actor: Actor, part: String = "") throws -> CommandKey? {
        let word = form.exactly(FormKey.fieldName)
        guard !word.isEmpty else { return nil }
        guard word.utf8.count <= 64 else { throw SiteError(.badRequest, "The key of the form is none of ours.") }
        let files = (multipart?.files ?? [:]).mapValues { JSON.array($0.map { .string($0.digest) }) }
        let content = JSON.array([
            .string(request.uri.path), form.sent(without: [FormKey.fieldName, FormToken.fieldName]), .object(files),
        ])
        return CommandKey("form/\(actor)/\(word)\(part.isEmpty ? "" : "/" + part)", content: content.bytes)
    }
}
