import CanonicalJSON
import Complaints
import Registry
import WorkingDays

/// What a program sends whole, to the JSON interface or in a file of the command line: one reading of it for both.

extension ComplaintFiling {
    /// The members that a filing may have; only `channel`, `kind` and `subject` must be there.
    ///
    /// An applicant who leaves no name and no contacts is registered like any other: the term runs from the filing (LSS
    /// art. 25), and the monthly report shows contacts where there are some (797 §18).
    private static let members = [
        "forumNumber", "channel", "kind", "service", "body", "region", "place", "language", "subject", "contacts",
        "filedAt",
    ]

    /// Reads a filing.
    /// - Parameter now: when it was filed where it does not say so itself.
    /// - Throws: an error that names each member which is missing, wrong or not known.
    package init(sent json: JSON, at now: Moment) throws {
        let fields = try APIFields(json, Self.members)
        let contacts = try fields.object("contacts", ["name", "phone", "email", "address", "iin"])
        self.init(
            forumNumber: try fields.optionalText("forumNumber"), channel: try fields.text("channel"),
            kind: try fields.choice("kind", ComplaintKind.self), service: try fields.optionalText("service"),
            body: try fields.optionalText("body"), region: try fields.optionalText("region"),
            place: try fields.optionalText("place"), language: try fields.optionalText("language"),
            subject: try fields.text("subject"),
            contacts: ComplaintContacts(
                name: try contacts.optionalText("name"), phone: try contacts.optionalText("phone"),
                email: try contacts.optionalText("email"), address: try contacts.optionalText("address"),
                iin: try contacts.optionalText("iin")),
            filedAt: try fields.moment("filedAt", or: now))
    }
}

extension ResponsiblePersonDetails {
    /// Reads who answers for a body; only `email` may be left out.
    /// - Throws: an error that names each member which is missing, wrong or not known.
    package init(sent json: JSON) throws { try self.init(APIFields(json, Self.members)) }

    static let members = ["name", "position", "phone", "email"]

    init(_ fields: APIFields) throws {
        self.init(
            name: try fields.text("name"), position: try fields.text("position"), phone: try fields.text("phone"),
            email: try fields.optionalText("email") ?? "")
    }
}
