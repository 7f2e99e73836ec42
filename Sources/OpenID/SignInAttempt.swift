import CanonicalJSON
import Crypto
import Foundation
import WorkingDays

/// What a browser keeps between leaving for the provider and coming back: what tells that the answer is one to its question.
///
/// It travels sealed in a cookie, so that nobody who is not let in leaves anything here.
package struct SignInAttempt: Hashable, Sendable {
    /// What the provider gives back with the code.
    let state: String
    /// What stands in the token.
    let nonce: String
    /// What proves to the provider that the code was asked for by us (PKCE).
    let verifier: String
    /// When it began.
    let begun: Moment

    /// How long somebody may take at the provider, in milliseconds.
    static let limit: Int64 = 600_000

    /// A new attempt from random bytes fit for secrets.
    init(randomBytes: (Int) -> [UInt8], at now: Moment) {
        (state, nonce, verifier) = (
            TokenText.text(randomBytes(24)), TokenText.text(randomBytes(24)), TokenText.text(randomBytes(32))
        )
        begun = now
    }

    /// What is shown of the verifier before (RFC 7636, S256).
    var challenge: String { TokenText.text(SHA256.hash(data: Array(verifier.utf8))) }

    /// The attempt as a text that only we can make and read.
    func sealed(with key: SymmetricKey) throws -> String {
        let json = JSON.object([
            "state": .string(state), "nonce": .string(nonce), "verifier": .string(verifier),
            "begun": .int(begun.millisecondsSince1970),
        ])
        let box = try AES.GCM.seal(json.bytes, using: key)
        return TokenText.text(box.combined ?? Data())
    }

    /// Reads what `sealed` wrote.
    /// - Throws: `OpenIDFault` `state` where it is not ours, or too old.
    init(sealed text: String, key: SymmetricKey, at now: Moment) throws(OpenIDFault) {
        do {
            guard let bytes = TokenText.bytes(text) else { throw OpenIDFault(.state, "nothing was begun") }
            let json = try JSON(parsing: Array(try AES.GCM.open(try AES.GCM.SealedBox(combined: bytes), using: key)))
            guard let state = json["state"]?.string, let nonce = json["nonce"]?.string,
                let verifier = json["verifier"]?.string, let begun = json["begun"]?.int
            else { throw OpenIDFault(.state) }
            guard abs(now.millisecondsSince1970 - begun) <= Self.limit else {
                throw OpenIDFault(.state, "too long ago")
            }
            (self.state, self.nonce, self.verifier) = (state, nonce, verifier)
            self.begun = Moment(millisecondsSince1970: begun)
        } catch let fault as OpenIDFault {
            throw fault
        } catch {
            throw OpenIDFault(.state, "it did not begin here, or before a restart")
        }
    }
}
