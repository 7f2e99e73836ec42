import Casework
import Rulebook
import WorkingDays

/// A complaint as it is filed.
package struct ComplaintFiling: Codable, Hashable, Sendable {
    /// Its number on the forum, where it comes from there.
    package var forumNumber: String?
    /// Where it was filed: `forum`, `phone`, `office`, `mail`.
    package var channel: String
    /// What it is about.
    package var kind: ComplaintKind
    /// The code of the service.
    package var service: String?
    /// The body that it names: its code, or the address of one of its units (`BodyAddress`).
    package var body: String?
    /// The code of the region where the applicant was served.
    package var region: String?
    /// Where he was served: `portal`, `psc`, `office`.
    package var place: String?
    /// His language, `kk` or `ru`.
    package var language: String?
    /// The text.
    package var subject: String
    /// Who complains.
    package var contacts: ComplaintContacts
    /// When it was filed.
    package var filedAt: Moment

    /// A filing from its parts.
    package init(
        forumNumber: String? = nil, channel: String = "forum", kind: ComplaintKind, service: String? = nil,
        body: String? = nil, region: String? = nil, place: String? = nil, language: String? = nil, subject: String,
        contacts: ComplaintContacts, filedAt: Moment
    ) {
        self.forumNumber = forumNumber
        self.channel = channel
        self.kind = kind
        self.service = service
        self.body = body
        self.region = region
        self.place = place
        self.language = language
        self.subject = subject
        self.contacts = contacts
        self.filedAt = filedAt
    }
}

/// Turns filings into registrations: checks them, finds the body, the day of registration and its reason. Pure.
package struct ComplaintIntake: Sendable {
    /// The rules by which the body is found, by the day of filing.
    package let routing: RoutingBook
    /// What is known of bodies and services.
    package let facts: RoutingFacts
    /// The law, for the day of registration.
    package let rulebooks: RulebookSet
    /// The calendar in force.
    package let calendar: WorkingCalendar
    /// Whose wall clock decides.
    package let zone: CivilZone

    /// The registration that a filing makes, still without what is sealed.
    /// - Throws: `Refusal` that names the field; `CalendarError`; `RoutingError`; `CaseworkError.noRulebook`.
    package func registration(of filing: ComplaintFiling, now: Moment) throws -> ComplaintRegistered {
        try check(filing, now: now)
        let filed = zone.civilDate(of: filing.filedAt)
        let registration = try registration(filedAt: filing.filedAt)
        let answer = try routing.route(question(filing, on: filed), by: facts)
        let named = filing.body.map { BodyAddress($0) }
        return ComplaintRegistered(
            body: answer.body, bodyKind: answer.bodyKind, channel: filing.channel, contacts: nil,
            forumNumber: filing.forumNumber, ground: registration.ground, kind: filing.kind,
            language: filing.language, named: named?.code,
            namedKind: named.flatMap { facts.bodies[$0.code]?.kind }, namedUnit: named?.unit, person: nil,
            place: filing.place,
            region: filing.region,
            registeredOn: registration.date,
            reviewer: Reviewer(bodyKind: answer.bodyKind), routing: answer.edition, rule: answer.rule,
            service: filing.service, subject: nil, unit: answer.unit)
    }

    /// What the table is asked about a filing.
    func question(_ filing: ComplaintFiling, on filed: CivilDate) -> RoutingQuestion {
        RoutingQuestion(
            kind: filing.kind, service: filing.service, region: filing.region, place: filing.place,
            named: filing.body, on: filed)
    }

    /// The day on which what is filed at a moment is registered, and why.
    /// - Throws: `CalendarError`; `CaseworkError.noRulebook`.
    package func registration(
        filedAt moment: Moment
    ) throws -> (date: CivilDate, ground: RegistrationRule.Ground) {
        let filed = zone.civilDate(of: moment)
        guard let procedure = rulebooks.procedure("complaint-review", on: filed),
            let edition = rulebooks.edition(procedure.edition)
        else { throw CaseworkError.noRulebook(procedure: "complaint-review", date: filed) }
        return try edition.registration?.registration(filedAt: moment, calendar: calendar, zone: zone)
            ?? (filed, .officeHours)
    }

    /// The body with a code on a day; one that was no more by then is followed to its successor.
    /// - Throws: `Refusal` where the registry does not have it.
    package func body(_ code: String, on date: CivilDate, field: String) throws -> RoutingFacts.Body {
        guard let body = facts.body(code, on: date) else {
            throw ComplaintRefusal.unknownBody(
                "The registry has no body “\(code)”: correct the code, or import the body first.",
                field: field)
        }
        return body
    }

    /// The body that a person has chosen, itself and no other, with its unit.
    /// - Throws: `Refusal` `unknownBody`; `formerBody` where it was no more on the day, which names its successor: whoever chose
    ///   it is asked; `unknownUnit`.
    package func chosenBody(
        _ text: String, on date: CivilDate, field: String
    ) throws -> (body: RoutingFacts.Body, unit: String?) {
        let address = BodyAddress(text)
        let successor = try body(address.code, on: date, field: field)
        guard let body = facts.bodies[address.code], successor.code == body.code, !body.hasEnded(by: date) else {
            throw ComplaintRefusal.formerBody(
                successor.code == address.code
                    ? "“\(address.code)” was no more on \(date): choose another body."
                    : "“\(address.code)” was no more on \(date), its successor is “\(successor.code)”: choose that one if it is meant.",
                field: field)
        }
        try check(address, of: body, field: field)
        return (body, address.unit)
    }

    /// The command that hands a complaint to the body that was chosen.
    ///
    /// Its term runs from the day of registration there, by the same rule as the first: what is handed on in the evening or on
    /// a day off is registered on the next working day (APPC art. 64(3), 76(2)).
    /// - Throws: as `chosenBody`; `CalendarError`; `CaseworkError.noRulebook`.
    package func transfer(
        to text: String, reason: String, at moment: Moment, field: String
    ) throws -> Complaint.Command {
        let (body, unit) = try chosenBody(text, on: zone.civilDate(of: moment), field: field)
        return .transfer(
            body: body.code, unit: unit, bodyKind: body.kind, registeredOn: try registration(filedAt: moment).date,
            reason: reason, at: moment)
    }

    /// Whether a body can have the unit that an address names: a central one a territorial body in a region, a local one of a
    /// district a rural akim.
    private func check(_ address: BodyAddress, of body: RoutingFacts.Body, field: String) throws {
        guard let unit = address.unit else { return }
        let isRight =
            address.isRural
            ? body.kind == "local" && body.level == "district"
            : ["central", "it-body"].contains(body.kind) && unit != "republic" && facts.knowsRegion(unit)
        guard isRight else {
            throw ComplaintRefusal.unknownUnit(
                "“\(body.code)” has no unit “\(unit)”: a central body has territorial ones by region (KMS@71), the akimat of a district rural ones (@rural).",
                field: field)
        }
    }

    private func check(_ filing: ComplaintFiling, now: Moment) throws {
        func refuse(_ field: String, _ reason: String) -> Refusal { ComplaintRefusal.field(reason, field: field) }
        if filing.filedAt > now {
            throw ComplaintRefusal.inFuture(
                "The complaint would be filed in the future: correct the time.", field: "filed_at"
            )
        }
        if let named = filing.body.map({ BodyAddress($0) }) {
            let body = try self.body(named.code, on: zone.civilDate(of: filing.filedAt), field: "body")
            try check(named, of: body, field: "body")
        }
        if let service = filing.service, facts.services[service] == nil {
            throw refuse(
                "service", "The registry has no service “\(service)”: correct the code, or import the service.")
        }
        if let region = filing.region, !facts.knowsRegion(region) {
            throw refuse("region", "There is no region “\(region)”: use a code of knowledge/regions.csv.")
        }
        if let language = filing.language, language != "kk", language != "ru" {
            throw refuse("language", "The language is “\(language)”: write kk or ru.")
        }
        if let place = filing.place, !["portal", "psc", "office"].contains(place) {
            throw refuse("place", "The place is “\(place)”: write portal, psc or office.")
        }
        if let number = filing.forumNumber, number.utf8.count > 64 || number.contains(where: \.isWhitespace) {
            throw refuse("number", "The number of the forum has white space or more than 64 letters: correct it.")
        }
        if filing.subject.utf8.count > Self.longestText {
            throw refuse("subject", "The text is longer than \(Self.longestText) bytes: shorten it.")
        }
        try Self.check(filing.contacts, channel: filing.channel)
    }

    /// Whether contacts can be kept as they are.
    /// - Throws: `Refusal` that names the field.
    package static func check(_ contacts: ComplaintContacts, channel: String) throws {
        func refuse(_ field: String, _ reason: String) -> Refusal { ComplaintRefusal.field(reason, field: field) }
        if let iin = contacts.iin, iin.utf8.count != 12 || !iin.utf8.allSatisfy({ (48...57).contains($0) }) {
            throw refuse("iin", "The IIN does not have 12 digits: correct it, or leave it empty.")
        }
        if let email = contacts.email, !email.utf8.contains(UInt8(ascii: "@")) {
            throw refuse("email", "The e-mail address has no @: correct it, or leave it empty.")
        }
        let fields = [
            ("name", contacts.name), ("phone", contacts.phone), ("email", contacts.email),
            ("address", contacts.address), ("channel", channel),
        ]
        for (field, text) in fields where (text?.utf8.count ?? 0) > 1_000 {
            throw refuse(field, "The text is longer than 1000 bytes: shorten it.")
        }
    }

    /// The longest text of a complaint, in bytes.
    package static let longestText = 64_000
}
