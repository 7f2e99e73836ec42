/// A small wrapper over the system's libcurl; it knows nothing of contact centres.
///
/// It decides how a request is put on the wire safely: the peer's certificate is always verified, only the protocols
/// named by the request are spoken, redirects and proxies of the environment are not followed, every answer has a byte
/// limit. It refuses to know what is sent, why, and whether to try again: that is for the caller, to whom every
/// ``CurlError`` says whether the request may already have had an effect.
///
/// One ``CurlSession`` owns one thread with one curl multi handle. libcurl's handles live on that thread only, so no C
/// pointer is ever shared. A task that awaits ``CurlSession/send(_:)`` blocks nothing, and cancelling it aborts the
/// transfer.
///
/// Start reading at ``CurlRequest``, then ``CurlSession``; the loop is in `CurlWorker.swift`.
import CLibcurl

/// The process-wide set-up of libcurl, which must run once before anything else.
enum CurlLibrary {
    /// What `curl_global_init` answered; `CURLE_OK` unless the machine is out of memory or entropy.
    static let status: CURLcode = curl_global_init(Int(CURL_GLOBAL_DEFAULT))
}
