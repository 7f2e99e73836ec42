import CanonicalJSON
import Foundation
import TestSupport
import Testing

@testable import Commands

@Suite("Accounts, cards, letters and registers on the command line")
struct HouseCommandTests {
    @Test("an account is made, found by name or number, given roles, closed and opened; its password is shown once")
    func accounts() async throws {
        let office = try await CallerOffice()
        let made = try #require(
            try await office.json("accounts", "add", "Aigerim", "--name", "Айгерім", "--role", "operator,coordinator")
                .first)
        let number = try #require(made["number"]?.int)
        #expect(made["login"]?.string == "aigerim" && (made["password"]?.string?.count ?? 0) >= 12)
        let listed = try await office.run("accounts", "list").lines
        #expect(
            listed.contains { $0.hasPrefix("\(number)\taigerim\tАйгерім\tcoordinator,operator\topen\tpassword only\t") }
        )
        #expect(!listed.joined().contains(try #require(made["password"]?.string)))
        let changed = try await office.json("accounts", "role", "\(number)", "--role", "auditor")
        #expect(changed.first?["roles"]?.array == [.string("auditor")])
        for (command, isDisabled) in [
            (["disable", "AIGERIM", "--reason", "left"], true), (["enable", "aigerim"], false),
        ] {
            #expect(try await office.run(["accounts"] + command).lines == ["Recorded."])
            #expect(try await office.json("accounts", "list").last?["isDisabled"]?.bool == isDisabled)
        }
        let reset = try await office.run("accounts", "reset-password", "aigerim").lines
        #expect(
            reset[0].hasPrefix("Account \(number): sign in as “aigerim” with the password ")
                && reset[0].hasSuffix("once)."))
        #expect(try await office.run("accounts", "end-sessions", "aigerim").lines == ["Recorded."])
    }

    @Test("a token is shown once, listed without its secret, and ended by its name")
    func tokens() async throws {
        let office = try await CallerOffice()
        try await office.run("accounts", "add", "exchange", "--name", "E", "--role", "operator")
        let issued = try await office.run("accounts", "tokens", "issue", "exchange", "--label", "forum")
        #expect(
            issued.lines.count == 1 && issued.notes == ["The token is shown once; keep it where nobody else reads."])
        let listed = try await office.json("accounts", "tokens", "list", "exchange")
        #expect(listed.count == 1 && listed[0]["label"]?.string == "forum")
        let id = try #require(listed[0]["id"]?.string)
        let words = try await office.run("accounts", "tokens", "list", "exchange", "--json").lines.joined()
        #expect(!issued.lines[0].isEmpty && !words.contains(issued.lines[0]))
        #expect(try await office.run("accounts", "tokens", "revoke", "exchange", id).lines == ["Recorded."])
        #expect(try await office.run("accounts", "tokens", "list", "exchange").lines.isEmpty)
        let again = try await office.fails(["accounts", "tokens", "revoke", "exchange", id])
        #expect(again.hasPrefix("Error: "), "\(again)")
    }

    @Test(
        "what accounts do not allow is refused with what to do",
        arguments: [
            (["disable", "nobody", "--reason", "r"], "There is no account “nobody”: see “bailanys accounts list”."),
            (["role", "0", "--role", "auditor"], "There is no account “0”"),
            (["reset-password", ""], "There is no account “”"),
            (["tokens", "list", "99"], "There is no account “99”"), (["disable", "root", "--reason", "r"], "Error: "),
            (["role", "root", "--role", "operator"], "Error: "),
            (["add", "ROOT", "--name", "R", "--role", "operator"], "Error: "),
            (["add", "a b", "--name", "R", "--role", "operator"], "Error: "),
            (["add", "x", "--name", " ", "--role", "operator"], "Error: "),
        ])
    func refusedAccounts(command: [String], said: String) async throws {
        let office = try await CallerOffice()
        try await office.run("accounts", "add", "root", "--name", "Root", "--role", "administrator")
        let head = try office.position()
        let words = try await office.fails(["accounts"] + command)
        #expect(words.contains(said), "\(words)")
        #expect(try office.position() == head)
    }

    @Test("a card is edited from a file, compared, confirmed, marked out of date, withdrawn and shown again")
    func cards() async throws {
        let office = try await CallerOffice()
        let file = URL(fileURLWithPath: Repository.path + "/knowledge/services/S0288.yaml")
        let text = String(decoding: try Data(contentsOf: file), as: UTF8.self)
        try office.put(text.replacing("channels: [portal, psc]", with: "channels: [portal]"), in: "S0288.yaml")
        let edit = [
            "cards", "edit", "S0288", "S0288.yaml", "--edition", "1", "--reason", "letter 5-7/12", "--submission",
        ]
        #expect(try await office.run(edit).lines == ["S0288 is at edition 2."])
        let stale = try await office.fails(edit)
        #expect(stale.hasPrefix("Error: "), "\(stale)")
        let difference = try await office.run("cards", "difference", "S0288", "1", "2").lines
        #expect(difference.count == 1 && difference[0].hasPrefix("channels"), "\(difference)")
        let confirmed = try await office.run(
            "cards", "confirm", "S0288", "--edition", "2", "--body", "MIA", "--document", "letter 8")
        #expect(confirmed.lines == ["Edition 2 of S0288 is confirmed by MIA."])
        let history = try await office.run("cards", "history", "S0288").lines
        #expect(
            history.count == 2 && history[0].hasPrefix("2\t2026-03-19T") && history[0].hasSuffix("by MIA: letter 8"))
        let outdated = try await office.run("cards", "outdate", "S0288", "--reason", "the fee", "--fields", "fee")
        #expect(outdated.lines == ["S0288 is marked out of date."])
        let shown = try await office.run("cards", "show", "S0288")
        #expect(shown.notes[0].hasPrefix("edition 2, ") && shown.notes.contains("out of date (fee): the fee"))
        #expect(try JSON(parsing: Array(shown.lines[0].utf8))["code"]?.string == "S0288")
        #expect(try await office.run("cards", "list", "--flag", "outdated").lines.first?.hasPrefix("S0288\t") == true)
        try await office.run("cards", "withdraw", "S0288", "--reason", "abolished")
        #expect(try await office.run("cards", "list", "--state", "withdrawn").lines.count == 1)
        #expect(try await office.run("search", "find", "S0288").lines.allSatisfy { !$0.hasPrefix("S0288") })
        #expect(try await office.run("search", "find", "S0288", "--withdrawn").lines.first?.hasPrefix("S0288") == true)
        #expect(
            try await office.run("cards", "restore", "S0288", "--reason", "a slip").lines == ["S0288 is shown again."])
    }

    @Test("a card's file that is wrong is named line by line, and what is not there is said")
    func wrongCards() async throws {
        let office = try await CallerOffice()
        try office.put("code: S0288\ncolour: red\ntitle: {kk: \"а\", ru: \"б\"}\nchannels: [pigeon]\n", in: "a.yaml")
        let said = try await office.fails(["cards", "edit", "S0288", "a.yaml", "--edition", "1", "--reason", "r"])
        #expect(said.contains("a.yaml:2: ") && said.contains("a.yaml:4: ") && said.contains("colour"), "\(said)")
        let table: [([String], String)] = [
            (["edit", "S0288", "none.yaml", "--edition", "1", "--reason", "r"], "none.yaml"),
            (["edit", "S0121", "a.yaml", "--edition", "1", "--reason", "r"], "a.yaml:"),
            (["show", "S9999"], "There is no card “S9999”: see “bailanys cards list”."),
            (["history", "S9999"], "There is no card “S9999”"),
            (["difference", "S0288", "1", "9"], "“S0288” has no edition 1 or no edition 9"),
            (["confirm", "S0288", "--edition", "9", "--body", "MIA", "--document", "d"], "Error: "),
            (["confirm", "S0288", "--edition", "1", "--body", "KGD", "--document", "d"], "Error: "),
            (["restore", "S0288", "--reason", "r"], "Error: "), (["import", "none"], "none"),
        ]
        for (command, part) in table {
            let words = try await office.fails(["cards"] + command)
            #expect(words.contains(part), "\(command): \(words)")
        }
        try FileManager.default.createDirectory(atPath: office.there.file("cards"), withIntermediateDirectories: false)
        try FileManager.default.moveItem(atPath: office.there.file("a.yaml"), toPath: office.there.file("cards/a.yaml"))
        let imported = try await office.fails(["cards", "import", "cards"])
        #expect(imported.hasPrefix("0 added, 0 changed, 0 unchanged, 0 kept, 1 refused."), "\(imported)")
        let known = try await office.run("cards", "import", Repository.path + "/knowledge/services")
        #expect(known.lines[0].hasPrefix("0 added, 0 changed, ") && known.lines[0].hasSuffix(" 0 kept, 0 refused."))
    }

    @Test("a letter is begun, shown, numbered and written; what there is not is said")
    func letters() async throws {
        let office = try await CallerOffice()
        try office.put(
            "line,service,body,request_date,acceptance_date,responsible_unit\n1,S0288,MIA,2026-03-19,,Группа\n",
            in: "plan.csv")
        try await office.run("plan", "import", "plan.csv", "--plan", "2026")
        try await office.run("plan", "approve", "2026", "--act", "Order 1")
        let made = try await office.run("letters", "new", "--kind", "request", "--case", "onboarding/2026-1-MIA")
        #expect(made.lines == ["2026-000001"])
        let draft = try await office.run("letters", "show", "2026-000001").lines
        #expect(draft[0] == "draft" && draft.joined().contains("утвержденным Order 1"))
        let preview = try await office.run("letters", "pdf", "2026-000001", "--to", "draft.pdf")
        #expect(preview.lines == [office.there.file("draft.pdf")])
        let finished = try await office.run("letters", "finish", "2026-000001").lines
        #expect(finished[0].hasPrefix("№ 1/2026, PDF "))
        let digest = String(try #require(finished[0].split(separator: " ").last))
        try await office.run("letters", "pdf", "2026-000001", "--to", "letter.pdf")
        let files = ["draft.pdf", "letter.pdf"].map { FileManager.default.contents(atPath: office.there.file($0)) }
        #expect(files.allSatisfy { $0?.starts(with: Data("%PDF-".utf8)) == true } && files[0] != files[1])
        #expect(try await office.json("letters", "list", "--stage", "finished").first?["document"]?.string == digest)
        #expect(try await office.run("letters", "list", "--stage", "draft").lines.isEmpty)
        #expect(try await office.run("letters", "show", "2026-000001").lines[0] == "№ 1/2026, 2026-03-19")
        let table: [([String], String)] = [
            (["show", "2026-000009"], "There is no letter 2026-000009: see “bailanys letters list”."),
            (["pdf", "2026-000009", "--to", "x.pdf"], "There is no such letter"),
            (["finish", "2026-000009"], "There is no such letter"), (["finish", "2026-000001"], "its text stands"),
            (["pdf", "2026-000001", "--to", "none/x.pdf"], "none/x.pdf cannot be written"),
            (["pdf", "2026-000001", "--to", "."], "cannot be written"),
            (["new", "--kind", "request", "--case", "2026-1-MIA"], "there is none “2026-1-MIA”"),
            (["new", "--kind", "protocol", "--case", "onboarding/2026-1-MIA"], "The protocol follows the training"),
        ]
        for (command, part) in table {
            let words = try await office.fails(["letters"] + command)
            #expect(words.contains(part), "\(command): \(words)")
        }
    }

    @Test("registers are taken in from a folder, tried without being taken in, and listed in a language")
    func registry() async throws {
        let office = try await CallerOffice()
        let folder = office.there.file("registers")
        try FileManager.default.copyItem(atPath: Repository.path + "/knowledge", toPath: folder)
        #expect(try await office.run("registry", "import", "registers").lines == ["These files are in already."])
        let path = URL(fileURLWithPath: folder + "/bodies.csv")
        let text = String(decoding: try Data(contentsOf: path), as: UTF8.self)
        let last = try #require(text.split(separator: "\n").last)
        try Data((text + last.replacing(#/^[^,]*/#, with: "") + "\n").utf8).write(to: path)
        let tried = try await office.fails(["registry", "import", "registers", "--dry-run"])
        #expect(tried.contains("bodies.csv"), "\(tried)")
        let missing = try await office.fails(["registry", "import", "none"])
        #expect(missing.contains("none"), "\(missing)")
        let kk = try await office.run("registry", "bodies", "--kind", "agency", "--language", "kk").lines
        let ru = try await office.run("registry", "bodies", "--kind", "agency").lines
        #expect(kk.count == 1 && ru.count == 1 && kk != ru && kk[0].hasPrefix("APS\tagency\t"), "\(kk) \(ru)")
        let codes = try await office.json("registry", "services").compactMap { $0["code"]?.string }
        #expect(codes.contains("S0288") && Set(codes).count == codes.count)
    }

    @Test("stages are taken in once, wrong lines are named, and numbers are kept nowhere")
    func stages() async throws {
        let office = try await CallerOffice()
        try office.put(
            "number,service,stage,date,body\n101001234,S0288,ready,2026-03-18,MIA\n1,S0288,lost,2026-03-18,MIA\n",
            in: "s.csv")
        let said = try await office.fails(["stages", "import", "s.csv"])
        #expect(said.hasPrefix("1 stages taken in, 1 lines refused.\ns.csv, line 3"), "\(said)")
        let again = try await office.run("stages", "import", "s.csv").lines
        #expect(again == ["This table was taken in before; nothing changed."], "\(again)")
        try await office.run("journal", "export", "all.jsonl")
        #expect(!(try office.text(of: "all.jsonl")).contains("101001234"))
        for name in ["none.csv", "."] {
            let words = try await office.fails(["stages", "import", name])
            #expect(words.contains(name), "\(words)")
        }
    }

    @Test("cards are found however the words are typed, and it is told why")
    func search() async throws {
        let office = try await CallerOffice()
        #expect(
            try await office.run("search", "find", "потерял", "паспорт", "--limit", "1").lines.first?.hasPrefix("S0288")
                == true)
        let typed = try await office.run("search", "find", "gfcgjhn", "--limit", "3").lines
        #expect(typed.count == 3 && typed.contains { $0.hasPrefix("S0288") }, "\(typed)")
        let explained = try await office.run("search", "explain", "gfcgjhn").lines
        #expect(explained[0].hasPrefix("gfcgjhn → паспорт"), "\(explained)")
        let json = try #require(try await office.json("search", "find", "паспорт").first)
        #expect(json["hits"]?.array?.first?["code"]?.string != nil && json["isWeak"]?.bool == false)
        let nothing = try await office.run("search", "find", "ъъъъъъъъ", "--exactly")
        #expect(nothing.lines.isEmpty && nothing.notes == ["Nothing was found."])
    }
}
