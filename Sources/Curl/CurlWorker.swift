import CLibcurl

/// The loop of a session's thread: takes requests, lets libcurl move their bytes, answers.
///
/// It waits in `curl_multi_poll` until a socket is ready, a time limit is near or the mailbox wakes it.
final class CurlWorker {
    /// The longest sleep; libcurl wakes earlier for its own time limits.
    private static let longestPollMilliseconds: Int32 = 60_000

    private let multi: UnsafeMutableRawPointer
    private let mailbox: CurlMailbox
    private var running: [UInt64: (transfer: Transfer, answer: CurlMailbox.Answer)] = [:]
    private var ids: [UnsafeMutableRawPointer: UInt64] = [:]

    init(multi: UnsafeMutableRawPointer, mailbox: CurlMailbox) {
        self.multi = multi
        self.mailbox = mailbox
    }

    /// Works until the mailbox is closed, then frees the multi handle.
    func run() {
        while true {
            let mail = mailbox.take()
            for submission in mail.submissions { start(submission) }
            if mail.isClosing { break }
            for id in mail.cancelled { cancel(id) }
            var stillRunning: Int32 = 0
            curl_multi_perform(multi, &stillRunning)
            collect()
            curl_multi_poll(multi, nil, 0, Self.longestPollMilliseconds, nil)
        }
        for id in Array(running.keys) { cancel(id) }
        for submission in mailbox.end() { submission.answer.resume(returning: .failure(CurlMailbox.closed)) }
        curl_multi_cleanup(multi)
    }

    private func start(_ submission: CurlMailbox.Submission) {
        do throws(CurlError) {
            let transfer = try Transfer(submission.request)
            let added = curl_multi_add_handle(multi, transfer.handle.pointer)
            guard added == CURLM_OK else {
                throw CurlError(
                    .other, "libcurl could not take the request: \(String(cString: curl_multi_strerror(added))).")
            }
            running[submission.id] = (transfer, submission.answer)
            ids[transfer.handle.pointer] = submission.id
        } catch {
            mailbox.finish(submission.id)
            submission.answer.resume(returning: .failure(error))
        }
    }

    private func cancel(_ id: UInt64) {
        // Not found: cancelled before it was submitted; the mailbox keeps the note until the request is here.
        guard let entry = running[id] else { return }
        let error = entry.transfer.cancelled()
        finish(id, .failure(error))
    }

    private func collect() {
        var waiting: Int32 = 0
        while let message = curl_multi_info_read(multi, &waiting) {
            guard message.pointee.msg == CURLMSG_DONE, let easy = message.pointee.easy_handle, let id = ids[easy],
                let entry = running[id]
            else { continue }
            // Read the result now: removing the handle frees the message.
            finish(id, entry.transfer.outcome(shim_message_result(message)))
        }
    }

    private func finish(_ id: UInt64, _ result: Result<CurlResponse, CurlError>) {
        guard let entry = running.removeValue(forKey: id) else { return }
        ids[entry.transfer.handle.pointer] = nil
        curl_multi_remove_handle(multi, entry.transfer.handle.pointer)
        mailbox.finish(id)
        entry.answer.resume(returning: result)
    }
}
