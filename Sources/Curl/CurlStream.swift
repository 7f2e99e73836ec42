import CLibcurl
import Foundation

/// Bytes that go one way, over a connection of their own that is closed when the other side has taken all of them.
///
/// It blocks the calling thread; give it one of those that may block.
package enum CurlStream {
    /// Connects, sends, says good-bye and waits until the other side has closed as well: then it has read all.
    ///
    /// - Parameters:
    ///   - host: The other side, a name or an address.
    ///   - port: Its port.
    ///   - isEncrypted: Whether TLS is spoken, with the other side's certificate verified.
    ///   - certificateAuthorityFile: A PEM file of authorities that replaces the system's.
    ///   - timeout: The longest time for connecting, for each pause while sending, and for the good-bye, in milliseconds.
    /// - Throws: ``CurlError``; ``CurlError/Code/connectionLost`` where the other side did not close, so that it is not known
    ///   what it has read.
    package static func send(
        _ bytes: [UInt8], to host: String, port: Int, isEncrypted: Bool, certificateAuthorityFile: String? = nil,
        timeout: Int = 10_000
    ) throws(CurlError) {
        var request = CurlRequest("\(isEncrypted ? "https" : "http")://\(host):\(port)/")
        request.protocols = [isEncrypted ? .https : .http]
        request.certificateAuthorityFile = certificateAuthorityFile
        request.connectTimeout = .milliseconds(timeout)
        request.timeout = nil
        let socket = try connected(request, bytes, timeout)
        defer { close(socket) }
        // TLS has said good-bye already; the connection does it now, and the other side answers when it has read to there.
        shutdown(socket, Int32(SHUT_WR))
        var piece = [UInt8](repeating: 0, count: 4_096)
        while true {
            guard wait(socket, Int16(POLLIN), timeout) else {
                throw lost("the other side did not close the connection")
            }
            let count = recv(socket, &piece, piece.count, 0)
            if count == 0 { return }
            if count < 0, errno != EINTR { throw lost(String(cString: strerror(errno))) }
        }
    }

    /// Connects and sends all.
    /// - Returns: the socket, which the caller closes.
    private static func connected(
        _ request: CurlRequest, _ bytes: [UInt8], _ timeout: Int
    ) throws(CurlError) -> Int32 {
        var handle = try EasyHandle()
        try handle.apply(request)
        try handle.set(CURLOPT_CONNECT_ONLY, long: 1)
        let result = curl_easy_perform(handle.pointer)
        guard result == CURLE_OK else {
            throw CurlError(result, detail: handle.errorText, mayHaveHadEffect: false, status: nil)
        }
        let socket = Int32(truncatingIfNeeded: handle.socket)
        guard socket >= 0 else { throw lost("there is no connection") }
        var offset = 0
        while offset < bytes.count {
            var sent = 0
            let result = bytes.withUnsafeBytes { all in
                curl_easy_send(handle.pointer, all.baseAddress?.advanced(by: offset), all.count - offset, &sent)
            }
            offset += sent
            if result == CURLE_AGAIN {
                guard wait(socket, Int16(POLLOUT), timeout) else { throw lost("the other side takes no more") }
            } else if result != CURLE_OK {
                throw CurlError(result, detail: handle.errorText, mayHaveHadEffect: true, status: nil)
            }
        }
        // The handle says good-bye and closes its own; this one goes on hearing the other side.
        let kept = dup(socket)
        guard kept >= 0 else { throw lost(String(cString: strerror(errno))) }
        return kept
    }

    private static func wait(_ socket: Int32, _ event: Int16, _ timeout: Int) -> Bool {
        var state = pollfd(fd: socket, events: event, revents: 0)
        while true {
            let ready = poll(&state, 1, Int32(timeout))
            if ready < 0, errno == EINTR { continue }
            return ready > 0
        }
    }

    private static func lost(_ reason: String) -> CurlError {
        CurlError(.connectionLost, "The connection broke before all was taken: \(reason).", mayHaveHadEffect: true)
    }
}

extension CurlStream {
    /// Sends datagrams (UDP), each for itself; nothing tells whether one arrives.
    /// - Throws: ``CurlError`` where there is no way to the host.
    package static func datagrams(_ datagrams: [[UInt8]], to host: String, port: Int) throws(CurlError) {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_DGRAM.rawValue)
        var found: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(host, "\(port)", &hints, &found) == 0, let address = found else {
            throw CurlError(.hostNotFound, "The host “\(host)” was not found.")
        }
        defer { freeaddrinfo(found) }
        let socket = socket(address.pointee.ai_family, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard socket >= 0 else { throw lost(String(cString: strerror(errno))) }
        defer { close(socket) }
        for datagram in datagrams {
            let count = sendto(
                socket, datagram, datagram.count, 0, address.pointee.ai_addr, address.pointee.ai_addrlen)
            guard count == datagram.count else { throw lost(String(cString: strerror(errno))) }
        }
    }
}
