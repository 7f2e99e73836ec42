import ArgumentParser
import Testing

@testable import Commands

@Suite("Command lines that are not understood")
struct ArgumentTests {
    /// A command line and what is said of it.
    struct Wrong: Sendable, CustomTestStringConvertible {
        let arguments: [String]
        let said: String
        var testDescription: String { arguments.joined(separator: " ") }

        init(_ line: String, _ said: String) {
            arguments = line.split(separator: " ").map { $0 == "_" ? " " : String($0) }
            self.said = said
        }
    }

    static let table = [
        Wrong("nonsense", "nonsense"), Wrong("complaints nonsense", "nonsense"),
        Wrong("accounts add a --name A --role boss", "“boss” is no role: use"),
        Wrong("accounts add a --name A --role operator,boss", "“boss” is no role"),
        Wrong("accounts add a --name A", "--role"), Wrong("accounts add --name A --role operator", "login"),
        Wrong("accounts role a --role _", "is no role"),
        Wrong("accounts disable a --reason _", "--reason must say why"),
        Wrong("accounts tokens issue a --label _", "--label must say"),
        Wrong("calendar show next", "year"), Wrong("calendar adopt", "--reason"), Wrong("calendar undo", "--reason"),
        Wrong("cards list --state asleep", "--state “asleep” is no state"),
        Wrong("cards list --flag red", "--flag “red” is no flag"),
        Wrong("cards edit S0288 a.yaml --reason r", "--edition"),
        Wrong("cards edit S0288 a.yaml --reason r --edition one", "one"), Wrong("cards difference S0288 1", "later"),
        Wrong("clock explain --from 19.03.2026 --term x", "--from takes a date as 2026-03-19"),
        Wrong("clock explain --from 2026-02-30 --term x", "“2026-02-30” is none"),
        Wrong("clock explain --from 2026-03-19 --term soon", "“soon” is no term"),
        Wrong("clock review onboarding/1 rule --outcome perhaps --reason r", "--outcome takes met or late"),
        Wrong("clock review onboarding/1 rule --outcome met --reason r --lapse soon", "--lapse takes a date"),
        Wrong("complaints import a.csv --format xml", "--format takes csv or json, not “xml”"),
        Wrong("complaints list --status asleep", "--status takes open, answered, withdrawn or annulled"),
        Wrong("complaints list --limit 0", "--limit takes a number from 1"),
        Wrong("complaints list --limit=-1", "--limit takes a number from 1"),
        Wrong("complaints read", "Give the words, or --file"),
        Wrong("complaints read words --file a", "Give the words, or"),
        Wrong("complaints read words --language de", "--language takes kk, ru or en"),
        Wrong("complaints read words --date today", "--date “today” is no day"),
        Wrong(
            "complaints answer 2026-000001 --outcome happy", "--outcome takes satisfied, partly, rejected or explained"),
        Wrong("complaints answer 2026-000001 --outcome satisfied --at noon", "“noon” is no moment: write it as 2026-"),
        Wrong("complaints answer 2026-000001 --outcome satisfied --at 2026-03-19", "“2026-03-19” is no moment"),
        Wrong("complaints extend 2026-000001 --days five --reason r", "five"),
        Wrong("complaints correct 2026-000001 --reason r", "--at must say when it really happened"),
        Wrong("complaints correct 2026-000001 --reason r --at 2026-03-18T16:00:00Z --what all", "closing or filing"),
        Wrong("complaints annul 2026-000001 --as wrong --reason r", "--as takes duplicate or erroneous"),
        Wrong("complaints annul 2026-000001 --as duplicate --reason r", "--of names the original"),
        Wrong("complaints annul 2026-000001 --as erroneous --of 2026-000002 --reason r", "--of names the original"),
        Wrong("complaints annul 2026-000001 --as erroneous --reason r --at 2026-03-18T16:00:00Z", "leave --at out"),
        Wrong("complaints assign 2026-000001", "Give --to with the officer, or --release"),
        Wrong("complaints assign 2026-000001 --to a --release", "Give --to with the officer, or --release"),
        Wrong("complaints assign 2026-000001 --release --at 2026-03-18T16:00:00Z", "leave --at out"),
        Wrong("complaints classify 2026-000001 --kind weather --reason r", "--kind “weather” is unknown"),
        Wrong("complaints classify 2026-000001 --kind order --reason r --at 2026-03-18T16:00:00Z", "leave --at out"),
        Wrong("deliveries list --phase lost", "--phase “lost” is unknown"),
        Wrong("deliveries list --limit 10001", "--limit takes a number from 1 to 10000"),
        Wrong("deliveries requeue report-2026-10-1", "--reason"),
        Wrong("demo generate --complaints 0", "--complaints is at least 1"),
        Wrong("demo generate --months 121", "--months from 1 to 120"),
        Wrong("demo generate --through 2026-13", "--through takes a month as 2026-10, not “2026-13”"),
        Wrong(
            "letters new --kind poem --case onboarding/1",
            "--kind takes request, reminder, notice, protocol, complaint, cards, filings, not “poem”"),
        Wrong("letters list --stage lost", "--stage takes draft, finished, signed, dropped, not “lost”"),
        Wrong("plan amend 2026 1 --act a --reason r --request soon", "“soon” is no date"),
        Wrong("plan amend 2026 1 --act a --reason r --acceptance 2026-02-29", "“2026-02-29” is no date"),
        Wrong("plan approve 2026 --act a --at noon", "“noon” is no moment"),
        Wrong("plan send 2026 1 --number n --start=-1", "--start takes a number from 0"),
        Wrong("registry bodies --kind royal", "--kind “royal” is unknown"),
        Wrong("registry bodies --language de", "--language takes kk, ru or en, not “de”"),
        Wrong("registry services --language de", "--language takes kk, ru or en, not “de”"),
        Wrong("report figures 2026-13", "“2026-13” is no period"),
        Wrong("report seal october", "“october” is no period"),
        Wrong("report export 2026-10 --format xls", "xls"),
        Wrong("report export 2026-10 --language de", "--language takes kk, ru or en, not “de”"),
        Wrong("requests list --state asleep", "--state takes planned, sendingFailed, sent"),
        Wrong("requests send 1 --number n --again bored", "--again takes lost, wrong-address or failed"),
        Wrong("requests receive 1 --proof p --at noon", "“noon” is no moment"),
        Wrong("requests submit 1 --signed --missing colour", "“colour” is no field of the form"),
        Wrong("requests sign 1 --side both --position p", "--side takes centre or body"),
        Wrong("requests correct 1 --entry 1 --reason r", "--at or --on must say"),
        Wrong("requests correct 1 --entry 1 --reason r --on soon", "“soon” is no date"),
        Wrong("requests change --text t", "--body names the body"),
        Wrong("requests change --text t --body MIA --kind refusal-notice", "--kind does not take “refusal-notice”"),
        Wrong("requests change --text t --body MIA --on soon", "“soon” is no date"),
        Wrong("requests change --text t --body MIA --details d.json", "--details goes with the end"),
        Wrong("requests change --text t --kind responsible-person-change --end 1", "--details names the file"),
        Wrong("requests refuse 1 --ground whim --text t", "--ground takes state-secret"),
        Wrong("search eval --cards a --queries b --without luck", "--without “luck” is no step"),
        Wrong("serve --accept-loss _", "--accept-loss takes the reason"),
        Wrong("triage eval --complaints a --without luck", "--without “luck” is no part"),
        Wrong("triage eval --complaints a --date soon", "--date “soon” is no day"),
        Wrong("agency --certificate a --key b --fault fire", "--fault “fire” is none"),
    ]

    @Test("each is refused before anything is opened, with what to do and exit code 64", arguments: table)
    func refused(_ wrong: Wrong) throws {
        let error = #expect(throws: (any Error).self) { try Bailanys.parseAsRoot(wrong.arguments) }
        let refusal = try #require(error)
        #expect(Bailanys.exitCode(for: refusal) == .validationFailure)
        #expect(Bailanys.fullMessage(for: refusal).contains(wrong.said), "\(Bailanys.fullMessage(for: refusal))")
    }
}
