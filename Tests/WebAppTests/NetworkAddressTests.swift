import Testing
import WebApp

@Suite("Whose address a request has")
struct NetworkAddressTests {
    @Test(
        "an address is read as proxies write it",
        arguments: [
            ("192.0.2.7", "192.0.2.7"), (" 192.0.2.7:4711", "192.0.2.7"), ("2001:db8::1", "2001:db8::1"),
            ("[2001:DB8:0::1]:443", "2001:db8::1"), ("::ffff:192.0.2.7", "192.0.2.7"), ("fe80::1%eth0", "fe80::1"),
            ("unknown", nil), ("", nil), ("192.0.2", nil), ("[::1", nil), ("a.example", nil),
        ] as [(String, String?)])
    func reading(text: String, address: String?) { #expect(NetworkAddress(text)?.text == address) }

    @Test(
        "attempts are counted by the customer, the access log names the neighbourhood",
        arguments: [
            ("192.0.2.7", "192.0.2.7", "192.0.2.0/24"),
            ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64", "2001:db8:1::/48"),
            ("2001:db8:1:2:ffff::", "2001:db8:1:2::/64", "2001:db8:1::/48"),
        ])
    func counted(text: String, customer: String, neighbourhood: String) throws {
        let address = try #require(NetworkAddress(text))
        #expect(address.customer == customer && address.neighbourhood == neighbourhood)
    }

    @Test(
        "the client is the right-most that is no proxy of ours; what it says of itself is not believed",
        arguments: [
            ([], "10.0.0.1", ["1.1.1.1"], "10.0.0.1"),
            (["10.0.0.1"], "10.0.0.1", [], "10.0.0.1"),
            (["10.0.0.1"], "10.0.0.1", ["203.0.113.9"], "203.0.113.9"),
            (["10.0.0.1"], "10.0.0.1", ["1.1.1.1, 203.0.113.9"], "203.0.113.9"),
            (["10.0.0.1"], "10.0.0.1", ["1.1.1.1", "203.0.113.9"], "203.0.113.9"),
            (["10.0.0.0/8"], "10.0.0.1", ["1.1.1.1, 203.0.113.9, 10.2.3.4"], "203.0.113.9"),
            (["10.0.0.0/8"], "192.0.2.1", ["203.0.113.9"], "192.0.2.1"),
            (["10.0.0.0/8"], "10.0.0.1", ["203.0.113.9, garbage"], "10.0.0.1"),
            (["10.0.0.0/8"], "10.0.0.1", ["10.0.0.9"], "10.0.0.9"),
            (["::1"], "::1", ["2001:db8::7"], "2001:db8::7"),
            (["127.0.0.1"], "::ffff:127.0.0.1", ["203.0.113.9:5555"], "203.0.113.9"),
        ])
    func hops(proxies: [String], peer: String, noted: [String], client: String) throws {
        #expect(try TrustedProxies(proxies).client(peer: peer, noted: noted)?.text == client)
    }

    @Test(
        "a proxy that is no address is refused",
        arguments: ["localhost", "10.0.0.0/33", "10.0.0.1/8", "::1/129", "/8", ""])
    func refused(text: String) {
        #expect(throws: ProxyError.self) { try TrustedProxies([text]) }
    }
}
