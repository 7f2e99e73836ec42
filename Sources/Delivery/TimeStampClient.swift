import Curl
import Signatures

/// Asks a time stamping authority (RFC 3161) when bytes were there; every answer is checked before it is worth anything.
package struct TimeStampClient: Sendable {
    private let address: String
    private let authorityFile: String
    private let session: CurlSession
    private let random: @Sendable (Int) -> [UInt8]
    private let timeout: Duration

    /// A client of one authority.
    ///
    /// - Parameters:
    ///   - address: Where questions are put, http or https; an answer proves itself, whatever way it came.
    ///   - authorityFile: The PEM file of who vouches for the certificate that stamps; read each time.
    ///   - random: Random bytes fit for secrets.
    ///   - timeout: How long an answer may take in all; a sending never waits longer for its stamp.
    package init(
        address: String, authorityFile: String, session: CurlSession, random: @escaping @Sendable (Int) -> [UInt8],
        timeout: Duration = .seconds(15)
    ) {
        self.address = address
        self.authorityFile = authorityFile
        self.session = session
        self.random = random
        self.timeout = timeout
    }

    /// A time stamp over bytes.
    ///
    /// - Returns: The token in DER, and what it says.
    /// - Throws: ``TimeStampRefusal`` with what went wrong; nothing of a wrong answer is used.
    func stamp(
        _ bytes: [UInt8]
    ) async throws(TimeStampRefusal) -> (token: [UInt8], stamp: TimeStampAuthority.Stamp) {
        let authority: TimeStampAuthority
        do throws(SigningFault) {
            authority = try TimeStampAuthority(file: authorityFile)
        } catch {
            throw .unusable("\(error)")
        }
        let query = try TimeStampQuery(about: bytes, random: random(8))
        var request = CurlRequest(address, method: "POST", body: .bytes(query.bytes))
        request.protocols = [.http, .https]
        request.connectTimeout = min(.seconds(5), timeout)
        request.timeout = timeout
        request.responseLimit = TimeStampQuery.answerLimit
        request.headers = [
            CurlHeader("Content-Type", TimeStampQuery.mediaType), CurlHeader("Accept", TimeStampQuery.answerType),
        ]
        let response: CurlResponse
        do throws(CurlError) {
            response = try await session.send(request)
        } catch {
            throw .unusable("the time stamping authority did not answer (\(error.message))")
        }
        guard response.status == 200 else {
            throw .unusable("the time stamping authority answered with the status \(response.status)")
        }
        let token = try query.token(inAnswer: response.body)
        return (token, try await authority.check(token, over: bytes))
    }
}
