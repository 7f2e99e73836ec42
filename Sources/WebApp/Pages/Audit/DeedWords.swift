import Accounts
import ContactCentre
import Journal
import Markup

extension View {
    /// What was done, in words, whatever page tells it otherwise; the name of an event that this edition does not know.
    func deed(_ name: String) -> String {
        guard ContactCentre.untoldEvents.contains(name) else { return event(name) }
        return texts.text(TextKey(family: "deed", member: name), language)
    }

    /// Who did it where he is no account, or his account has no name any more.
    func actor(_ actor: String) -> String {
        if actor.hasPrefix("user:") { return t("audit.account", ["number": String(actor.dropFirst(5))]) }
        if actor.hasPrefix("cli:") { return t("audit.commandLine", ["name": String(actor.dropFirst(4))]) }
        return actor == Actor.timer.rawValue ? t("audit.timer") : actor
    }

    /// What else the codes of a deed say: why somebody was not let in, which roles, which list.
    func more(of record: AuditRecord) -> String? {
        if let refusal = record.codes["because"].flatMap(AccountEvent.Refusal.init) {
            return name("signInRefusal", refusal)
        }
        if let roles = record.codes["roles"] {
            return roles.split(separator: ",").compactMap { Role(rawValue: String($0)) }.map { name("role", $0) }
                .joined(separator: ", ")
        }
        if let scope = record.codes["scope"] {
            return scope.split(separator: ",").compactMap { Permission(rawValue: String($0)) }
                .map { name("permission", $0) }.joined(separator: "; ")
        }
        return record.codes["list"].map { "/\($0) · \(record.codes["format"] ?? "")" }
    }

    /// Whether the reader may see what was typed as the reason of a deed: those of a case are for those who may read it.
    func mayRead(_ record: AuditRecord) -> Bool {
        let kind = StreamID(record.stream).kind
        if kind == "submission" { return may(.readComplaints) }
        return ContactCentre.kinds[kind].map { may($0.read) } ?? true
    }
}
