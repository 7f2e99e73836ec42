import DirectorySupport
import Foundation
import Testing

@testable import Directory

@Suite("A directory, asked over the wire")
struct DirectoryTests {
    @Test(
        "a person is found by name and password, with name, key and groups; by StartTLS too", arguments: [false, true])
    func found(startTLS: Bool) async throws {
        let slapd = try Slapd()
        let directory = Directory(slapd.server(startTLS: startTLS))
        let person = try #require(try await directory.person(named: "aigerim", password: Slapd.password))
        #expect(person.name == "Айгерім Сапарова")
        #expect(person.groups == Set(["operators", "coordinators"].map(Slapd.group)))
        #expect(person.key.count == 36)
        let again = try await directory.people([person.key, "00000000-0000-0000-0000-000000000000"])
        #expect(again.people == [person.key: person] && again.odd.isEmpty)
    }

    @Test("wrong and empty passwords, strangers, and what would change the filter let nobody in")
    func refused() async throws {
        let slapd = try Slapd()
        let directory = Directory(slapd.server())
        for (name, password) in [
            ("aigerim", "wrong"), ("aigerim", ""), ("", Slapd.password), ("nobody", Slapd.password),
            ("*", Slapd.password), ("aigerim)(uid=*", Slapd.password), ("aigerim*", Slapd.password),
            ("aigerim\u{0}", Slapd.password), ("aigerim", Slapd.password + "\u{0}"),
        ] {
            #expect(try await directory.person(named: name, password: password) == nil, "\(name)")
        }
    }

    @Test("who was taken away is not there any more; who was taken out of a group is not in it")
    func removed() async throws {
        let slapd = try Slapd()
        let directory = Directory(slapd.server())
        let aigerim = try #require(try await directory.person(named: "aigerim", password: Slapd.password))
        let berik = try #require(try await directory.person(named: "berik", password: Slapd.password))
        try slapd.takeOut("aigerim", of: "operators")
        try slapd.remove("berik")
        let people = try await directory.people([aigerim.key, berik.key]).people
        #expect(people[aigerim.key]?.groups == [Slapd.group("coordinators")])
        #expect(people[berik.key] == nil)
    }

    @Test("a directory that is down, foreign, or does not take our account is a fault and no answer")
    func faults() async throws {
        let slapd = try Slapd()
        var foreign = slapd.server()
        foreign.authorityFile = DirectoryServer.systemAuthorities
        var stranger = slapd.server()
        stranger.password = "wrong"
        var elsewhere = slapd.server()
        elsewhere.base = "ou=nowhere," + Slapd.suffix
        var nameless = slapd.server()
        nameless.address = nameless.address.replacing("127.0.0.1", with: "127.0.0.2")
        for (server, step) in [
            (foreign, DirectoryFault.Step.connection), (stranger, .account), (elsewhere, .search),
            (nameless, .connection),
        ] {
            let fault = await #expect(throws: DirectoryFault.self) {
                try await Directory(server).person(named: "aigerim", password: Slapd.password)
            }
            #expect(fault?.step == step && fault?.isOfOne == false, "\(fault?.description ?? "-")")
        }
        slapd.stop()
        let fault = await #expect(throws: DirectoryFault.self) { try await Directory(slapd.server()).people(["x"]) }
        #expect(fault?.step == .connection)
        try slapd.start()
        #expect(try await Directory(slapd.server()).person(named: "berik", password: Slapd.password) != nil)
    }

    @Test("one that accepts and says nothing is given up within its seconds", .timeLimit(.minutes(20)))
    func silent() async throws {
        let silent = try SilentServer()
        for scheme in ["ldaps", "ldap"] {
            var server = DirectoryServer(address: "\(scheme)://127.0.0.1:\(silent.port)", base: "x")
            server.seconds = 1
            let fault = await #expect(throws: DirectoryFault.self) { try await Directory(server).people(["x"]) }
            #expect(fault?.step == .connection)
        }
    }
}

@Suite("What a fault of a directory is about")
struct DirectoryFaultTests {
    @Test(
        "an odd result is that of one person; no answer, no rights, no base and being busy are those of everybody",
        arguments: [
            (DirectoryFault.Step.search, Int32(80), true), (.password, 80, true), (.search, 34, true),
            (.search, 11, true),
            (.search, -1, false), (.password, -5, false), (.search, 50, false), (.search, 32, false),
            (.search, 51, false), (.password, 52, false), (.connection, 80, false), (.account, 49, false),
        ])
    func isOfOne(step: DirectoryFault.Step, code: Int32, isOfOne: Bool) {
        #expect(DirectoryFault(step: step, code: code, reason: "").isOfOne == isOfOne)
    }
}

@Suite("Filters of a directory")
struct DirectoryFilterTests {
    @Test("what is typed stays a value")
    func escaped() {
        #expect(DirectoryFilter.filled("(uid={name})", name: "a*)(\\\u{0}ә") == "(uid=a\\2a\\29\\28\\5c\\00\\d3\\99)")
        #expect(
            DirectoryFilter.keyed("(uid={name})", attribute: "entryUUID", key: "a-1") == "(&(entryUUID=a-1)(uid=*))")
    }

    @Test(
        "a pattern is whole and has a place for the name",
        arguments: [
            ("(uid={name})", true), ("(&(uid={name})(!(a=b)))", true), ("uid={name}", false), ("(uid=x)", false),
            ("(uid={name}", false), ("(uid={name}))(", false), ("(a={name})(b=c)", false), ("", false),
        ])
    func pattern(text: String, isPattern: Bool) { #expect(DirectoryFilter.isPattern(text) == isPattern) }
}

/// Something that takes connections and never says a word.
private final class SilentServer {
    private let socket: Int32
    let port: UInt16

    init() throws {
        socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let (socket, length) = (socket, size)
        let bound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                bind(socket, pointer, length) == 0 && listen(socket, 8) == 0 && getsockname(socket, pointer, &size) == 0
            }
        }
        guard bound else { throw SlapdSilence() }
        port = UInt16(bigEndian: address.sin_port)
    }

    deinit { close(socket) }

    private struct SlapdSilence: Error {}
}
