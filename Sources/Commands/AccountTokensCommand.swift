import Accounts
import ArgumentParser
import CanonicalJSON
import ContactCentre
import WorkingDays

extension AccountsCommand {
    /// `bailanys accounts tokens`: tokens for programs that call the JSON API.
    struct Tokens: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "tokens", abstract: "Tokens for programs that act in the name of an account.",
            discussion: """
                A program sends its token as “Authorization: Bearer …” to /api/v1; it may do what the account may do.
                Example: bailanys accounts tokens issue exchange --label "forum export"
                """,
            subcommands: [List.self, Issue.self, Revoke.self])

        /// `bailanys accounts tokens list`.
        struct List: OfficeCommand {
            static let configuration = CommandConfiguration(
                commandName: "list", abstract: "List the valid tokens of an account.",
                discussion: "Example: bailanys accounts tokens list exchange --json")
            @OptionGroup var options: OfficeOptions
            @OptionGroup var account: AccountName

            func run(in office: Office) async throws {
                let tokens = try await office.centre.accounts.tokens(
                    of: try await account.number(in: office), by: office.authority, at: office.now)
                try await office.list(tokens, \.json) { token in
                    let rights = token.scope.map { $0.map(\.rawValue).sorted().joined(separator: ",") } ?? "all"
                    let used = token.wasUsed ? "last used \(token.lastSeenAt)" : "not used yet"
                    return
                        "\(token.id)\t\(token.label)\tissued \(token.createdAt)\t\(used)\tends \(token.endsAt)\trights \(rights)"
                }
            }
        }

        /// `bailanys accounts tokens issue`.
        struct Issue: OfficeCommand {
            static let configuration = CommandConfiguration(
                commandName: "issue", abstract: "Issue a token and print it once.",
                discussion: """
                    Without --right it may do all that the account may, also what the account may later. The page “Roles and rights” \
                    names the rights; their codes are those of “bailanys accounts tokens list”.
                    Example: bailanys accounts tokens issue exchange --label "forum export"
                    Example: bailanys accounts tokens issue exchange --label "forum" --right readComplaints --days 90
                    """)
            @OptionGroup var options: OfficeOptions
            @OptionGroup var account: AccountName
            @Option(help: "What it is for.") var label: String
            @Option(name: .customLong("right"), help: "A right that it has at most; may be given several times.")
            var rights: [String] = []
            @Option(help: "After how many days it ends (1-365).") var days: Int?

            func validate() throws {
                if label.allSatisfy(\.isWhitespace) {
                    throw ValidationError("--label must say what the token is for.")
                }
                for right in rights where Permission(rawValue: right) == nil {
                    let known = Permission.allCases.map(\.rawValue).joined(separator: ", ")
                    throw ValidationError("--right “\(right)” is none of: \(known).")
                }
            }

            func run(in office: Office) async throws {
                let token = try await office.centre.accounts.issueToken(
                    for: try await account.number(in: office), label: label,
                    scope: rights.isEmpty ? nil : Set(rights.compactMap(Permission.init)), days: days,
                    by: office.authority, at: office.now)
                office.output.note("The token is shown once; keep it where nobody else reads.")
                office.answer(.object(["token": .string(token.text)]), token.text)
            }
        }

        /// `bailanys accounts tokens revoke`.
        struct Revoke: OfficeCommand {
            static let configuration = CommandConfiguration(
                commandName: "revoke", abstract: "End one token.",
                discussion: "Example: bailanys accounts tokens revoke exchange 3fa94c01d2e7")
            @OptionGroup var options: OfficeOptions
            @OptionGroup var account: AccountName
            @Argument(help: "The identifier of the token, from the list.") var token: String

            func run(in office: Office) async throws {
                try await office.centre.accounts.revokeToken(
                    token, of: try await account.number(in: office), by: office.authority, at: office.now)
                office.answer(.object(["revoked": .string(token)]), "Recorded.")
            }
        }
    }
}

extension TokenListing {
    /// The token for scripts.
    fileprivate var json: JSON {
        .object([
            "id": .string(id), "label": .string(label), "issuedAt": .string(createdAt.description),
            "lastUsedAt": .string(lastSeenAt.description), "endsAt": .string(endsAt.description),
            "rights": scope.map { .array($0.map(\.rawValue).sorted().map(JSON.string)) } ?? .null,
        ])
    }
}
