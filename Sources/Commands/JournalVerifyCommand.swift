import ArgumentParser
import Blocking
import CanonicalJSON
import ContactCentre
import Journal
import WebApp

/// `bailanys journal verify`.
struct JournalVerifyCommand: OfficeCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Check every event against the hash chain.",
        discussion: """
            Exit code 1 and the first bad position where something is wrong. Nothing is written: a backup on a medium \
            that is for reading only can be verified as it lies there.
            With --against a folder of receipts (those of “bailanys report receipts”, or the folder of the Agency's \
            store) every head of the journal that a receipt repeats is looked for: a journal that was written anew, \
            however well its new chain fits, is found out. Keep such a folder where whoever keeps the journal cannot write.
            Example: bailanys journal verify --json
            Example: bailanys journal verify --against /mnt/agency --authority agency-ca.pem
            """)
    @OptionGroup var options: OfficeOptions
    @Option(help: ArgumentHelp("Receipts that others gave, to hold the journal against.", valueName: "folder"))
    var against: String?
    @Option(help: ArgumentHelp("PEM file of who vouches for the signatures of the receipts.", valueName: "file"))
    var authority: String?

    func validate() throws {
        if authority != nil, against == nil { throw ValidationError("--authority goes with --against.") }
    }

    func run() async throws {
        guard let folder = try dataFolderAtRest() else { return try await forward() }
        let output = StandardOutput()
        let progress = WorkProgress(output, .pieces("events verified"))
        let receipts = try await against.mapAsync { folder in
            try await ToldReceipts.read(pathHere(folder), authority: authority.map(pathHere))
        }
        let found = try await Blocking.long.run {
            try Journal.verify(folder.journal, told: receipts?.heads ?? []) { progress.reached($0, of: $1) }
        }
        try Self.tell(found, receipts, writesJSON: json, to: output)
    }

    func run(in office: Office) async throws {
        let journal = office.centre.journal
        let progress = WorkProgress(office.output, .pieces("events verified"))
        let receipts = try await against.mapAsync { folder in
            try await ToldReceipts.read(office.path(folder), authority: authority.map(office.path))
        }
        let found = try await Blocking.long.run { cancellation in
            let total = try journal.head().position
            let told = receipts?.heads ?? []
            let found = try journal.verify(told: told) { position in
                progress.reached(position, of: total)
                try cancellation.check()
            }
            if found.firstBad != nil { return found }
            // Where the journal is on a server, that one counts, and the file is its copy.
            return try journal.verifyAuthority(told: told) { _ in try cancellation.check() } ?? found
        }
        try Self.tell(found, receipts, writesJSON: office.writesJSON, to: office.output)
    }

    private static func tell(
        _ found: JournalVerification, _ receipts: ToldReceipts?, writesJSON: Bool, to output: any CommandOutput
    ) throws {
        let bad = found.firstBad
        var members: [String: JSON] = [
            "checked": .int(found.checked), "head": .string(found.head),
            "firstBad": bad.map { .object(["position": .int($0.position), "reason": .string($0.reason)]) } ?? .null,
        ]
        members["against"] = receipts.map { .object($0.members(found.told)) }
        let words =
            bad.map {
                "Position \($0.position) is bad: \($0.reason). The \(found.checked) events before it are right."
            } ?? "All \(found.checked) events are right. Head: \(found.head)"
        if writesJSON {
            output.line(JSON.members(members).text)
        } else {
            output.line(words)
            receipts?.lines(found.told).forEach(output.line)
        }
        if bad != nil || receipts?.isContradicted(found.told) == true { throw ExitCode(1) }
    }
}

extension Optional {
    /// What `transform` makes of the value, where there is one.
    fileprivate func mapAsync<Value>(_ transform: (Wrapped) async throws -> Value) async throws -> Value? {
        guard let value = self else { return nil }
        return try await transform(value)
    }
}
