import Foundation
import Synchronization

/// A mail server for tests: takes mails on a free loopback port, one connection after the other, and keeps what it was told.
package final class MailCatcher: Sendable {
    /// What a client said.
    package struct Caught: Sendable {
        /// The commands, in order, without line ends.
        package var commands: [String] = []
        /// The message, dot-stuffing undone, lines ended by CRLF.
        package var message = ""
    }

    /// The port it listens on.
    package let port: Int
    private let listener: Int32
    private let caught = Mutex(Caught())
    private let whole = Mutex<[Caught]>([])

    /// Starts to listen.
    ///
    /// - Parameters:
    ///   - refusing: The start of a command that is answered with 550, for instance "RCPT".
    ///   - connections: How many connections are taken.
    package init(refusing: String? = nil, connections: Int = 1) throws {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isListening = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                bind(listener, pointer, size) == 0 && listen(listener, 8) == 0
                    && getsockname(listener, pointer, &size) == 0
            }
        }
        guard isListening else { throw POSIXError(.EADDRINUSE) }
        self.listener = listener
        port = Int(UInt16(bigEndian: address.sin_port))
        Thread { [self] in
            for _ in 0..<connections { serve(refusing: refusing) }
            close(listener)
        }.start()
    }

    /// The mails that came whole, in their order.
    package var mails: [Caught] { whole.withLock { $0 } }

    /// What has been heard so far.
    package var heard: Caught { caught.withLock { $0 } }

    private func serve(refusing: String?) {
        let peer = accept(listener, nil, nil)
        guard peer >= 0, let stream = fdopen(peer, "r") else { return }
        defer { fclose(stream) }
        func say(_ line: String) {
            let bytes = Array((line + "\r\n").utf8)
            _ = send(peer, bytes, bytes.count, Int32(MSG_NOSIGNAL))
        }
        var isData = false
        var line: UnsafeMutablePointer<CChar>?
        var capacity = 0
        defer { free(line) }
        say("220 catcher")
        while getline(&line, &capacity, stream) > 0, let line {
            let text = String(String(cString: line).filter { !$0.isNewline })
            if isData {
                if text == "." {
                    isData = false
                    let mail = caught.withLock { $0 }
                    whole.withLock { $0.append(mail) }
                    say("250 kept")
                } else {
                    let unstuffed = text.hasPrefix(".") ? String(text.dropFirst()) : text
                    caught.withLock { $0.message += unstuffed + "\r\n" }
                }
                continue
            }
            caught.withLock { heard in
                // The next letter on the same connection, or on the next.
                if text.hasPrefix("MAIL"), !heard.message.isEmpty { heard = Caught() }
                heard.commands.append(text)
            }
            if let refusing, text.hasPrefix(refusing) {
                say("550 no")
            } else if text.hasPrefix("DATA") {
                isData = true
                say("354 go on")
            } else if text.hasPrefix("QUIT") {
                say("221 bye")
                return
            } else {
                say("250 ok")
            }
        }
    }
}
