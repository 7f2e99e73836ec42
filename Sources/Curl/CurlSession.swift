import CLibcurl
import Foundation

/// Sends requests on one thread of its own and keeps connections open between them.
///
/// Create one for the life of the program or of a service. Dropping the last reference, or ``close()``, ends the
/// thread; requests under way then fail with ``CurlError/Code/cancelled``.
///
/// ```swift
/// let session = try CurlSession()
/// let answer = try await session.send(CurlRequest("https://agency.example/reports/v1"))
/// ```
package final class CurlSession: Sendable {
    private let mailbox: CurlMailbox

    /// Starts a session and its thread.
    ///
    /// - Parameters:
    ///   - connectionsPerHost: How many connections to one host may be open at once; further requests wait.
    /// - Throws: ``CurlError/Code/other`` if libcurl cannot start.
    package init(connectionsPerHost: Int = 4) throws(CurlError) {
        guard CurlLibrary.status == CURLE_OK, let multi = curl_multi_init() else {
            throw CurlError(.other, "libcurl could not be started: the machine is out of memory.")
        }
        _ = shim_multi_set_long(multi, CURLMOPT_MAX_HOST_CONNECTIONS, connectionsPerHost)
        let mailbox = CurlMailbox(multi: multi)
        self.mailbox = mailbox
        let address = UInt(bitPattern: multi)
        let thread = Thread {
            guard let multi = UnsafeMutableRawPointer(bitPattern: address) else { return }
            CurlWorker(multi: multi, mailbox: mailbox).run()
        }
        thread.name = "curl"
        thread.start()
    }

    deinit {
        mailbox.close()
    }

    /// Sends a request and waits for its whole answer, whatever its status.
    ///
    /// Cancelling the calling task aborts the transfer.
    ///
    /// - Throws: ``CurlError`` if there is no whole answer; it says whether the request may have had an effect.
    package func send(_ request: CurlRequest) async throws(CurlError) -> CurlResponse {
        let id = mailbox.register()
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { answer in
                mailbox.submit(CurlMailbox.Submission(id: id, request: request, answer: answer))
            }
        } onCancel: {
            mailbox.cancel(id)
        }
        return try result.get()
    }

    /// Ends every request under way and the thread; later requests fail at once.
    package func close() {
        mailbox.close()
    }
}
