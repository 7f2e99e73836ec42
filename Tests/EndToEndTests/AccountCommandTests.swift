import CanonicalJSON
import Foundation
import Testing

@Suite("Accounts at the command line")
struct AccountCommandTests {
    private let program = Program()

    /// The objects of a list, one a line.
    private func list(_ outcome: Program.Outcome) throws -> [JSON] {
        #expect(outcome.status == 0, "\(outcome.errors)")
        return try outcome.output.split(separator: "\n").map { try JSON(parsing: Array($0.utf8)) }
    }

    private func object(_ outcome: Program.Outcome) throws -> JSON {
        #expect(outcome.status == 0, "\(outcome.errors)")
        return try JSON(parsing: outcome.output)
    }

    @Test("An account is made, changed, closed and opened again; the list says so")
    func life() throws {
        let made = try object(
            program.run("accounts", "add", "Aigerim", "--name", "Айгерім", "--role", "administrator", "--json"))
        #expect(made["login"]?.string == "aigerim")
        let password = try #require(made["password"]?.string)
        #expect(password.count == 24)
        _ = try program.run("accounts", "add", "root", "--name", "Root", "--role", "administrator")
        #expect(try program.run("accounts", "role", "aigerim", "--role", "operator", "--role", "auditor").status == 0)
        #expect(try program.run("accounts", "disable", "aigerim", "--reason", "left").status == 0)
        let listed = try list(program.run("accounts", "list", "--json"))
        #expect(listed.count == 2)
        #expect(listed.first?["roles"] == .array([.string("auditor"), .string("operator")]))
        #expect(listed.first?["isDisabled"] == .bool(true))
        #expect(try program.run("accounts", "enable", "1").status == 0)
        let reset = try object(program.run("accounts", "reset-password", "aigerim", "--json"))
        #expect(reset["password"]?.string != password)
    }

    @Test("What cannot be done is said in a sentence, with exit code 1; what is not understood, with 64")
    func refused() throws {
        _ = try program.run("accounts", "add", "root", "--name", "Root", "--role", "administrator")
        let last = try program.run("accounts", "disable", "root", "--reason", "x")
        #expect(last.status == 1 && last.errors.contains("nobody who can manage accounts"))
        let unknown = try program.run("accounts", "enable", "nobody")
        #expect(unknown.status == 1 && unknown.errors.contains("bailanys accounts list"))
        let role = try program.run("accounts", "add", "x-y-z", "--name", "X", "--role", "king")
        #expect(role.status == 64 && role.errors.contains("complaintsOfficer"))
        let taken = try program.run("accounts", "add", "root", "--name", "Root", "--role", "operator")
        #expect(taken.status == 1 && taken.errors.contains("login name"))
    }

    @Test("A token for a program is issued, listed and revoked")
    func tokens() throws {
        _ = try program.run("accounts", "add", "exchange", "--name", "Forum", "--role", "complaintsOfficer")
        let issued = try program.run("accounts", "tokens", "issue", "exchange", "--label", "forum export")
        #expect(issued.output.trimmingCharacters(in: .newlines).count == 43)
        let listed = try list(program.run("accounts", "tokens", "list", "exchange", "--json"))
        #expect(listed.map { $0["label"] } == [.string("forum export")])
        let id = try #require(listed.first?["id"]?.string)
        #expect(try program.run("accounts", "tokens", "revoke", "exchange", id).status == 0)
        #expect(try program.run("accounts", "tokens", "revoke", "exchange", id).status == 1)
        let narrow = try program.run(
            "accounts", "tokens", "issue", "exchange", "--label", "n", "--right", "readComplaints", "--days", "30")
        #expect(narrow.status == 0, "\(narrow.errors)")
        let rights = try list(program.run("accounts", "tokens", "list", "exchange", "--json")).map { $0["rights"] }
        #expect(rights == [.array([.string("readComplaints")])])
        let more = try program.run(
            "accounts", "tokens", "issue", "exchange", "--label", "n", "--right", "manageAccounts")
        #expect(more.status == 1 && more.errors.contains("only such as the account has"))
        #expect(try program.run("accounts", "tokens", "issue", "exchange", "--label", "n", "--right", "x").status == 64)
        #expect(try program.run("accounts", "disable", "exchange", "--reason", "left").status == 0)
        let refused = try program.run("accounts", "tokens", "issue", "exchange", "--label", "again", "--json")
        #expect(refused.status == 1 && refused.output.isEmpty)
        let problem = try JSON(parsing: refused.errors.trimmingCharacters(in: .newlines))
        #expect(problem["code"] == .string("conflict"))
        #expect(problem["detail"]?.string?.contains("is closed") == true)
    }
}
