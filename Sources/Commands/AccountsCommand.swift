import Accounts
import ArgumentParser
import CanonicalJSON
import ContactCentre
import Foundation
import Journal
import WorkingDays

/// `bailanys accounts`: who may sign in, and as what; the same as the page /accounts, for whoever keeps the server.
struct AccountsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "accounts", abstract: "List, add, change and close accounts; tokens for programs.",
        discussion: """
            An account is named by what the person types to sign in, or by its number. Passwords are made up here and \
            printed once; they never stand on the command line. Roles: operator, coordinator, complaintsOfficer, \
            administrator, auditor.
            Example: bailanys accounts add aigerim --name "Айгерім Сапарова" --role operator --role coordinator
            """,
        subcommands: [
            List.self, Add.self, SetRoles.self, Disable.self, Enable.self, ResetPassword.self, ResetSecondFactor.self,
            EndSessions.self, Tokens.self,
        ])

    /// `bailanys accounts list`.
    struct List: OfficeCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "List all accounts with their roles.",
            discussion: "Example: bailanys accounts list\nExample: bailanys accounts list --json")
        @OptionGroup var options: OfficeOptions

        func run(in office: Office) async throws {
            let all = try await office.centre.accounts.all(for: office.authority)
            try await office.list(all, \.json) { listing in
                let account = listing.account
                let names = [listing.loginName, listing.displayName].map { $0.isEmpty ? "–" : $0 }
                let facts = [
                    account.roles.map(\.rawValue).sorted().joined(separator: ","),
                    account.isDisabled ? "disabled" : "open",
                    account.hasSecondFactor ? "second factor" : "password only",
                    account.lastSignInAt.map { "last sign-in \($0)" } ?? "never signed in",
                ]
                return (["\(account.number)"] + names + facts).joined(separator: "\t")
            }
        }
    }

    /// `bailanys accounts add`.
    struct Add: OfficeCommand {
        static let configuration = CommandConfiguration(
            commandName: "add", abstract: "Make an account; prints its password once.",
            discussion: """
                The person has to choose a password of his own at the first sign-in.
                Example: bailanys accounts add aigerim --name "Айгерім Сапарова" --role operator
                """)
        static let mayBegin = true
        @OptionGroup var options: OfficeOptions
        @Argument(help: "What the person types to sign in.") var login: String
        @Option(help: "What others see.") var name: String
        @OptionGroup var roles: RoleNames

        func run(in office: Office) async throws {
            let accounts = office.centre.accounts
            let password = accounts.generatedPassword()
            let number = try await accounts.create(
                loginName: login, displayName: name, password: password, roles: try roles.set,
                mustChangePassword: true, by: office.authority, at: office.now)
            office.show(password: password, number: number, login: login.lowercased())
        }
    }

    /// `bailanys accounts role`.
    struct SetRoles: OfficeCommand {
        static let configuration = CommandConfiguration(
            commandName: "role", abstract: "Give an account its roles, in place of those it has; its sessions end.",
            discussion: "Example: bailanys accounts role aigerim --role coordinator")
        @OptionGroup var options: OfficeOptions
        @OptionGroup var account: AccountName
        @OptionGroup var roles: RoleNames

        func run(in office: Office) async throws {
            try await account.change(in: office) { number, authority in
                try await office.centre.accounts.changeRoles(
                    of: number, to: try roles.set, by: authority, at: office.now)
            }
        }
    }

    /// `bailanys accounts disable`.
    struct Disable: OfficeCommand {
        static let configuration = CommandConfiguration(
            commandName: "disable", abstract: "Keep somebody out from now on; his sessions and tokens end.",
            discussion: "Example: bailanys accounts disable aigerim --reason \"left on 1 October\"")
        @OptionGroup var options: OfficeOptions
        @OptionGroup var account: AccountName
        @Option(help: "Why; the journal keeps it.") var reason: String

        func validate() throws {
            if reason.allSatisfy(\.isWhitespace) { throw ValidationError("--reason must say why.") }
        }

        func run(in office: Office) async throws {
            try await account.change(in: office) { number, authority in
                try await office.centre.accounts.disable(number, reason: reason, by: authority, at: office.now)
            }
        }
    }

    /// `bailanys accounts enable`.
    struct Enable: OfficeCommand {
        static let configuration = CommandConfiguration(
            commandName: "enable", abstract: "Let somebody in again.",
            discussion: "Example: bailanys accounts enable aigerim")
        @OptionGroup var options: OfficeOptions
        @OptionGroup var account: AccountName

        func run(in office: Office) async throws {
            try await account.change(in: office) { number, authority in
                try await office.centre.accounts.enable(number, by: authority, at: office.now)
            }
        }
    }

    /// `bailanys accounts reset-password`.
    struct ResetPassword: OfficeCommand {
        static let configuration = CommandConfiguration(
            commandName: "reset-password", abstract: "Make up a new password and print it once; all sessions end.",
            discussion: """
                The person has to choose one of his own at the next sign-in. It is also the way back in for an \
                administrator who has lost his password.
                Example: bailanys accounts reset-password admin
                """)
        @OptionGroup var options: OfficeOptions
        @OptionGroup var account: AccountName

        func run(in office: Office) async throws {
            let accounts = office.centre.accounts
            let listing = try await account.listing(in: office)
            let (number, password) = (listing.account.number, accounts.generatedPassword())
            try await accounts.resetPassword(of: number, to: password, by: office.authority, at: office.now)
            office.show(password: password, number: number, login: listing.loginName)
        }
    }

    /// `bailanys accounts reset-second-factor`.
    struct ResetSecondFactor: OfficeCommand {
        static let configuration = CommandConfiguration(
            commandName: "reset-second-factor", abstract: "Remove a second factor, after a telephone was lost.",
            discussion: "Example: bailanys accounts reset-second-factor aigerim")
        @OptionGroup var options: OfficeOptions
        @OptionGroup var account: AccountName

        func run(in office: Office) async throws {
            try await account.change(in: office) { number, authority in
                try await office.centre.accounts.removeSecondFactor(of: number, by: authority, at: office.now)
            }
        }
    }

    /// `bailanys accounts end-sessions`.
    struct EndSessions: OfficeCommand {
        static let configuration = CommandConfiguration(
            commandName: "end-sessions", abstract: "End all sessions and tokens of an account.",
            discussion: "Example: bailanys accounts end-sessions aigerim")
        @OptionGroup var options: OfficeOptions
        @OptionGroup var account: AccountName

        func run(in office: Office) async throws {
            try await account.change(in: office) { number, authority in
                try await office.centre.accounts.endSessions(of: number, by: authority, at: office.now)
            }
        }
    }
}
