import Foundation

/// An address of the internet protocol, of version 4 or 6; one of version 4 that is written as one of 6 is of 4.
package struct NetworkAddress: Hashable, Sendable {
    /// 4 or 16 bytes.
    package let bytes: [UInt8]

    /// Reads an address as proxies write it: bare, in brackets, with a port or a zone; nil for anything else.
    package init?(_ text: some StringProtocol) {
        var text = text.trimmingCharacters(in: .whitespaces)
        if text.hasPrefix("[") {
            guard let end = text.firstIndex(of: "]") else { return nil }
            text = String(text[text.index(after: text.startIndex)..<end])
        } else if text.count(where: { $0 == ":" }) == 1 {
            text = String(text.prefix { $0 != ":" })
        }
        text = String(text.prefix { $0 != "%" })
        var (four, six) = (in_addr(), in6_addr())
        if inet_pton(AF_INET, text, &four) == 1 {
            bytes = withUnsafeBytes(of: four) { Array($0) }
        } else if inet_pton(AF_INET6, text, &six) == 1 {
            let all = withUnsafeBytes(of: six) { Array($0) }
            let isMapped = all.prefix(10).allSatisfy { $0 == 0 } && all[10] == 0xFF && all[11] == 0xFF
            bytes = isMapped ? Array(all.suffix(4)) : all
        } else {
            return nil
        }
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    /// The same with all but the first bits cleared.
    package func network(bits: Int) -> NetworkAddress {
        NetworkAddress(
            bytes: bytes.enumerated().map { index, byte in
                let kept = min(8, max(0, bits - index * 8))
                return kept == 8 ? byte : byte & ~(0xFF >> UInt8(kept))
            })
    }

    /// Whom attempts are counted by: the address, or in version 6 the network of 64 bits that one customer has.
    package var customer: String { bytes.count == 4 ? text : "\(network(bits: 64).text)/64" }

    /// What the access log holds: enough to see where a storm comes from, not who it was.
    package var neighbourhood: String {
        bytes.count == 4 ? "\(network(bits: 24).text)/24" : "\(network(bits: 48).text)/48"
    }

    /// The usual spelling.
    package var text: String {
        var buffer = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        let family = bytes.count == 4 ? AF_INET : AF_INET6
        guard inet_ntop(family, bytes, &buffer, socklen_t(buffer.count)) != nil else { return "" }
        return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// Whether it is this very machine.
    package var isLoopback: Bool {
        bytes.count == 4 ? bytes[0] == 127 : bytes == [UInt8](repeating: 0, count: 15) + [1]
    }
}

/// The proxies of one's own, whose word for the address of the client is believed.
package struct TrustedProxies: Hashable, Sendable {
    private struct Network: Hashable {
        let address: NetworkAddress
        let bits: Int
    }

    private var networks: [Network] = []

    /// No proxy is believed.
    package init() {}

    /// Proxies by address or network: `127.0.0.1`, `10.0.0.0/8`, `::1`.
    /// - Throws: `ProxyError` for what is none.
    package init(_ texts: [String]) throws {
        networks = try texts.map { text in
            let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
            guard let address = NetworkAddress(parts[0]) else { throw ProxyError(text: text) }
            let most = address.bytes.count * 8
            guard let bits = parts.count == 1 ? most : Int(parts[1]), (0...most).contains(bits),
                address.network(bits: bits) == address
            else { throw ProxyError(text: text) }
            return Network(address: address, bits: bits)
        }
    }

    private func trusts(_ address: NetworkAddress) -> Bool {
        networks.contains {
            $0.address.bytes.count == address.bytes.count && address.network(bits: $0.bits) == $0.address
        }
    }

    /// The address of the client: of the peer and those that the proxies noted the right-most that is no proxy of ours.
    ///
    /// What stands further left was sent by the client and says nothing; a word that is no address ends the search.
    /// - Parameter noted: the values of `X-Forwarded-For`, in their order.
    package func client(peer: String, noted: [String]) -> NetworkAddress? {
        guard var client = NetworkAddress(peer) else { return nil }
        for hop in noted.flatMap({ $0.split(separator: ",") }).reversed().prefix(32) {
            guard trusts(client), let before = NetworkAddress(hop) else { return client }
            client = before
        }
        return client
    }
}

/// A proxy was named by something that is no address.
package struct ProxyError: Error, CustomStringConvertible {
    let text: String

    package var description: String {
        "“\(text)” is no address or network of a proxy: write 127.0.0.1, 10.0.0.0/8 or ::1."
    }
}
