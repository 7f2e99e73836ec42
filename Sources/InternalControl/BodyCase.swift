import WorkingDays

/// By which way a complaint came to the body, as its list says.
package enum BodyCaseSource: String, CaseIterable, Codable, Hashable, Sendable {
    /// The forum of the open government.
    case forum
    /// The Unified Contact Centre 1414.
    case centre
    /// The portal of electronic government or another information system.
    case portal
    /// The body's own office.
    case office
    /// Letter or e-mail.
    case mail
    /// Anything else.
    case other
}

/// A case of a body's own list as it is kept: no name and no contact, and of the identity of the applicant a keyed number alone.
package struct BodyCase: Codable, Hashable, Sendable {
    /// The body's own number of it, by which the lines of a list are told apart.
    package var own: String
    /// Its number on the forum.
    package var forum: String?
    /// The number that the centre gave it: `2026-000123`.
    package var number: String?
    /// The day on which it was filed.
    package var filedOn: CivilDate
    /// The day under which the body counts it, where that is another one.
    package var countedOn: CivilDate?
    /// The code of the service.
    package var service: String?
    /// About what it is: `order`, `standard`, `employees`, `other`.
    package var kind: String?
    /// By which way it came.
    package var source: BodyCaseSource?
    /// The day of the body's answer.
    package var answeredOn: CivilDate?
    /// Who complained, as the vault knows him by his IIN: a keyed hash.
    package var person: String?

    /// A case from its parts.
    package init(
        own: String, forum: String? = nil, number: String? = nil, filedOn: CivilDate, countedOn: CivilDate? = nil,
        service: String? = nil, kind: String? = nil, source: BodyCaseSource? = nil, answeredOn: CivilDate? = nil,
        person: String? = nil
    ) {
        self.own = own
        self.forum = forum
        self.number = number
        self.filedOn = filedOn
        self.countedOn = countedOn
        self.service = service
        self.kind = kind
        self.source = source
        self.answeredOn = answeredOn
        self.person = person
    }

    /// The day under which the body counts it.
    package var countedDay: CivilDate { countedOn ?? filedOn }
}

/// A body's list as it is kept: its cases by their own numbers, so that the order in which they came says nothing.
package struct BodyCaseList: Codable, Hashable, Sendable {
    /// The name of the form of the document.
    package static let schema = "bailanys/body-list/1"
    /// How many cases a list holds at most.
    package static let mostCases = 5_000

    /// The form of the document.
    package let schema: String
    /// The discrepancy that it is about: `78-1mk_2022-Q1_MJ_16`.
    package let discrepancy: String
    /// The cases, by their own numbers.
    package let cases: [BodyCase]

    /// A list; the same cases in any order make the same one.
    package init(discrepancy: String, cases: [BodyCase]) {
        schema = Self.schema
        self.discrepancy = discrepancy
        self.cases = cases.sorted { $0.own < $1.own }
    }
}
