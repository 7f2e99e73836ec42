import Accounts
import Foundation
import Testing
import WorkingDays

@Suite("One-time codes")
struct OneTimeCodeTests {
    /// Appendix B of RFC 6238: the secret is "12345678901234567890", repeated to the length of the hash.
    @Test(
        "the vectors of RFC 6238 come out",
        arguments: [
            (59, "94287082", "46119246", "90693936"), (1_111_111_109, "07081804", "68084774", "25091201"),
            (1_111_111_111, "14050471", "67062674", "99943326"), (1_234_567_890, "89005924", "91819424", "93441116"),
            (2_000_000_000, "69279037", "90698825", "38618901"), (20_000_000_000, "65353130", "77737706", "47863826"),
        ])
    func vectors(seconds: Int64, sha1: String, sha256: String, sha512: String) {
        let digits = Array("1234567890".utf8)
        func secret(_ count: Int) -> [UInt8] { (0..<count).map { digits[$0 % 10] } }
        let moment = Moment(millisecondsSince1970: seconds * 1_000)
        for (algorithm, length, code) in [
            (OneTimeCode.Algorithm.sha1, 20, sha1), (.sha256, 32, sha256), (.sha512, 64, sha512),
        ] {
            let generator = OneTimeCode(secret: secret(length), algorithm: algorithm, digits: 8)
            #expect(generator.code(step: generator.step(at: moment)) == code)
        }
    }

    @Test("the codes of the periods beside count, older and used ones do not")
    func window() {
        let generator = OneTimeCode(secret: Array("12345678901234567890".utf8))
        let now = Moment(millisecondsSince1970: 1_800_000_000_000)
        let step = generator.step(at: now)
        for (offset, isTaken) in [(-2, false), (-1, true), (0, true), (1, true), (2, false)] as [(Int64, Bool)] {
            let code = generator.code(step: step + offset)
            #expect((generator.match(code, at: now, lastUsed: nil) != nil) == isTaken)
        }
        let code = generator.code(step: step)
        #expect(generator.match(code.prefix(3) + " " + code.suffix(3), at: now, lastUsed: nil) == step)
        #expect(generator.match(code, at: now, lastUsed: step) == nil)
        #expect(generator.match("", at: now, lastUsed: nil) == nil)
        #expect(generator.match("1234567", at: now, lastUsed: nil) == nil)
    }

    @Test(
        "base32 spells as RFC 4648 says",
        arguments: [("f", "MY"), ("fo", "MZXQ"), ("foo", "MZXW6"), ("foobar", "MZXW6YTBOI"), ("", "")])
    func base32(plain: String, spelt: String) {
        #expect(Base32.encode(plain.utf8) == spelt)
        #expect(Base32.decode(spelt.lowercased()) == Array(plain.utf8))
        #expect(Base32.decode("1") == nil)
    }
}

@Suite("Passwords")
struct PasswordTests {
    @Test(
        "a password that is short, common, or holds the name is not taken",
        arguments: [
            ("", PasswordRules.Problem.tooShort), ("elevenchars", .tooShort), ("aaaaaaaaaaaaaaa", .tooCommon),
            ("123456789012", .tooCommon), ("йцукенгшщзхъ1", .tooCommon), ("my aigerim password", .containsName),
            (String(repeating: "abcdefgh", count: 40), .tooLong),
        ])
    func rules(password: String, problem: PasswordRules.Problem) {
        #expect(PasswordRules.problem(with: password, loginName: "aigerim") == problem)
    }

    @Test(
        "a long phrase is taken", arguments: ["тоғыз жолдың торабы", "correct horse battery", "сегіз қырлы, бір сырлы"])
    func phrases(password: String) {
        #expect(PasswordRules.problem(with: password, loginName: "aigerim") == nil)
    }

    @Test("a hash keeps its parameters, and only the right password matches it")
    func hashing() async throws {
        let hasher = PasswordHasher(
            cost: PasswordCost(log2Rounds: 5, blockSize: 8, parallelism: 2), randomBytes: AccountsFixture.randomBytes)
        let hash = try await hasher.hash("тоғыз жол")
        #expect(hash.description.hasPrefix("$scrypt$ln=5,r=8,p=2$"))
        let read = try #require(PasswordHash(hash.description))
        #expect(try await hasher.verify("тоғыз жол", against: read))
        #expect(try await !hasher.verify("тоғыз жолы", against: read))
        #expect(try await !hasher.verify("", against: read))
        #expect(try await !hasher.verify("тоғыз жол", against: nil))
        #expect(try await hasher.hash("тоғыз жол") != hash)
        #expect(!hasher.isOutdated(read))
        #expect(PasswordHasher(cost: .trivial, randomBytes: AccountsFixture.randomBytes).isOutdated(read))
    }

    @Test(
        "a row that somebody forged is not read",
        arguments: [
            "", "$scrypt$ln=30,r=8,p=3$AAAAAAAAAAAAAAAAAAAAAA==$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
            "$scrypt$ln=5,r=8$AAAA$AAAA", "$argon2$x$y$z", "$scrypt$ln=5,r=8,p=1$AAAA$AAAA",
        ])
    func forged(row: String) {
        #expect(PasswordHash(row) == nil)
    }

    @Test("when too many wait, the next is told so instead of waiting")
    func queue() async throws {
        let hasher = PasswordHasher(
            cost: PasswordCost(log2Rounds: 10, blockSize: 8, parallelism: 1), atOnce: 1, longestQueue: 1,
            randomBytes: AccountsFixture.randomBytes)
        let refused = try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 0..<20 {
                group.addTask {
                    do {
                        _ = try await hasher.hash("тоғыз жол")
                        return false
                    } catch is PasswordHasherBusy {
                        return true
                    }
                }
            }
            return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
        }
        #expect(refused > 0)
        _ = try await hasher.hash("тоғыз жол")
    }
}

@Suite("Roles")
struct RoleTests {
    @Test("an auditor changes nothing, and only complaints officers see personal data")
    func separation() {
        let changing: Set<Permission> = [
            .manageCards, .manageRegistry, .changeCalendar, .recordContacts, .requestInformation, .manageRequests,
            .registerComplaints, .manageComplaints, .attachFiles, .sealReports, .deliverReports, .manageAccounts,
            .manageSystem,
        ]
        #expect(Role.auditor.permissions.isDisjoint(with: changing))
        #expect(Role.allCases.filter { $0.permissions.contains(.revealPersonalData) } == [.complaintsOfficer])
        #expect(Role.allCases.filter { $0.permissions.contains(.manageAccounts) } == [.administrator])
    }

    @Test("every permission belongs to some role")
    func coverage() {
        let given = Role.allCases.reduce(into: Set<Permission>()) { $0.formUnion($1.permissions) }
        #expect(given == Set(Permission.allCases))
    }
}
