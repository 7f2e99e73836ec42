import Languages
import Onboarding
import Registry
import WorkingDays

/// The steps that a demonstration records for a line of the demo plan: most bodies in time, some late, some not yet done.
package struct DemoOnboarding: Sendable {
    private let calendar: WorkingCalendar
    private let zone: CivilZone
    private let today: CivilDate

    /// Steps as they would stand on a day.
    package init(calendar: WorkingCalendar, zone: CivilZone, today: CivilDate) {
        self.calendar = calendar
        self.zone = zone
        self.today = today
    }

    /// The steps of one request that have happened by today, in their order; the same for the same line.
    ///
    /// Every fourth line is answered late, so that there are breaches to look at; the words say that it is demo data.
    /// - Throws: `CalendarError` where a year is missing.
    package func steps(of line: String, requestOn: CivilDate, card: String) throws -> [InformationRequestCommand] {
        let number = Int(line) ?? 0
        let isLate = number % 4 == 3
        func at(_ date: CivilDate, _ hour: Int) -> Moment {
            zone.start(of: date).adding(milliseconds: Int64(hour) * 3_600_000)
        }
        let received = try calendar.date(adding: 1, to: requestOn)
        let appointed = try calendar.date(adding: isLate ? 4 : 1 + number % 2, to: received)
        let submitted = try calendar.date(adding: number % 7 == 5 ? 6 : 2 + number % 2, to: appointed)
        let trained = try calendar.date(adding: 3 + number % 2, to: submitted)
        let signed = try calendar.date(adding: 1, to: trained)
        let live = try calendar.date(adding: 6, to: signed)
        let all: [(date: CivilDate, command: InformationRequestCommand)] = [
            (requestOn, .send(RequestSent(number: "ДЕМО-\(line)", channel: "documentolog"), at: at(requestOn, 10))),
            (received, .receive(RequestReceived(proof: "ДЕМО вх. \(line)"), at: at(received, 9))),
            (appointed, .appoint(ResponsiblePersonAppointed(order: "ДЕМО бұйрық \(line)"), at: at(appointed, 15))),
            (submitted, .submit(InformationSubmitted(isSignedByHead: true, isComplete: true), at: at(submitted, 16))),
            (submitted, .enter(InformationEntered(card: card, edition: 1), at: at(submitted, 18))),
            (trained, .train(StepNote(text: "ДЕМО"), at: at(trained, 11))),
            (signed, .sign(ProtocolSigned(side: .centre, position: "ДЕМО"), at: at(signed, 10))),
            (signed, .sign(ProtocolSigned(side: .body, position: "ДЕМО"), at: at(signed, 12))),
            (live, .goLive(at: at(live, 9))),
        ]
        return all.prefix { $0.date < today }.map(\.command)
    }

    /// Who answers for a body in the demonstration; the same at every start.
    package func responsiblePerson(of body: String) -> ResponsiblePersonDetails {
        let number = body.utf8.reduce(7) { ($0 * 31 + Int($1)) % 1_000_003 }
        let person = DemoPerson(number: number, seed: 1_414, language: .kk, region: Localized(kk: "", ru: ""))
        return ResponsiblePersonDetails(name: person.name, position: "ДЕМО", phone: person.phone, email: person.email)
    }
}
