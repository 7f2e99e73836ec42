import ArgumentParser
import Backup
import CanonicalJSON
import WebApp

/// A command that could not do what was asked, in one sentence for the person.
struct CommandFailure: Error, CustomStringConvertible {
    let description: String
    /// What it is for a script; the codes are those of the JSON interface.
    let kind: ErrorKind

    init(_ description: String, _ kind: ErrorKind = .unprocessable) {
        self.description = description
        self.kind = kind
    }
}

/// How a failure is told: a sentence, or where JSON was asked for one object that a script can read.
enum FailureReport {
    /// The line for the standard error; nil where everything has been said.
    static func line(for error: any Error, to arguments: [String]) -> String? {
        if error is ExitCode { return nil }
        guard arguments.contains("--json") else { return "Error: \(Bailanys.message(for: error))" }
        let status = Bailanys.exitCode(for: error)
        var members: [String: JSON]
        if status == .validationFailure {
            members = ["code": .string("usage"), "detail": .string(Bailanys.message(for: error))]
        } else {
            members = ProblemDocument.members(kind(of: error), error)
        }
        members["exitCode"] = .int(Int64(status.rawValue))
        return JSON.object(members).text
    }

    private static func kind(of error: any Error) -> ErrorKind {
        switch error {
        case let failure as CommandFailure: failure.kind
        case let error as BackupError: error.kind
        default: ErrorKind(error)
        }
    }
}
