import Accounts
import ArgumentParser
import CanonicalJSON
import ContactCentre
import WebApp
import WorkingDays

/// The account that a command is about.
struct AccountName: ParsableArguments {
    @Argument(help: "What the person types to sign in, or the number of the account.") var account: String

    /// The account.
    /// - Throws: `CommandFailure` where there is none.
    func listing(in office: Office) async throws -> AccountListing {
        let all = try await office.centre.accounts.all(for: office.authority)
        let name = account.lowercased()
        let found =
            all.first { $0.loginName == name && !name.isEmpty } ?? all.first { String($0.account.number) == name }
        guard let found else {
            throw CommandFailure("There is no account “\(account)”: see “bailanys accounts list”.", .notFound)
        }
        return found
    }

    func number(in office: Office) async throws -> Int64 { try await listing(in: office).account.number }

    /// Changes the account, then says so: a script gets the account as it is now.
    func change(
        in office: Office, _ change: (_ number: Int64, _ by: Authority) async throws -> Void
    ) async throws {
        try await change(try await number(in: office), office.authority)
        let changed = try await listing(in: office)
        office.answer(changed.json, "Recorded.")
    }
}

/// The roles that a command gives.
struct RoleNames: ParsableArguments {
    @Option(
        name: .customLong("role"),
        help: "A role; may be given several times: operator, coordinator, complaintsOfficer, administrator, auditor.")
    var names: [String]

    var set: Set<Role> {
        get throws {
            try Set(
                names.flatMap { $0.split(separator: ",") }.map { name in
                    guard let role = Role(rawValue: String(name)) else {
                        let known = Role.allCases.map(\.rawValue).joined(separator: ", ")
                        throw ValidationError("“\(name)” is no role: use \(known).")
                    }
                    return role
                })
        }
    }

    func validate() throws {
        if try set.isEmpty { throw ValidationError("Give at least one --role.") }
    }
}

extension AccountListing {
    /// The account for scripts.
    var json: JSON {
        .object([
            "number": .int(account.number), "login": .string(loginName), "name": .string(displayName),
            "roles": .array(account.roles.map(\.rawValue).sorted().map(JSON.string)),
            "isDisabled": .bool(account.isDisabled), "hasSecondFactor": .bool(account.hasSecondFactor),
            "createdAt": .string(account.createdAt.description),
            "lastSignInAt": account.lastSignInAt.map { .string($0.description) } ?? .null,
        ])
    }
}

extension Office {
    /// In whose name accounts are changed.
    var authority: Authority { Authority(actor: actor, permissions: Set(Permission.allCases)) }

    /// Shows a password that was made up, once.
    func show(password: String, number: Int64, login: String) {
        answer(
            .object(["number": .int(number), "login": .string(login), "password": .string(password)]),
            "Account \(number): sign in as “\(login)” with the password \(password) (shown once).")
    }
}
