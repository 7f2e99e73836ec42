import Casework
import Contacts
import Journal
import Languages
import WorkingDays

/// Demo calls of some working days: at the hours when people call, about the services they ask about most.
package struct DemoContacts: Sendable {
    /// One call from its beginning to its end.
    package struct Call: Sendable {
        /// When it began.
        package let startedAt: Moment
        /// How long it lasted, in seconds.
        package let seconds: Int
        /// How and in which language.
        package let started: ContactStarted
        /// What happened during it.
        package let happened: [Contact.Command]
        /// How it ended.
        package let outcome: ContactOutcome
    }

    private let registry: DemoRegistry
    private let seed: UInt64
    private let zone: CivilZone

    /// A generator over the real registry.
    package init(registry: DemoRegistry, seed: UInt64, zone: CivilZone = .almaty) {
        self.registry = registry
        self.seed = seed
        self.zone = zone
    }

    /// About `count` calls over `days`, in the order of time; none that would end after `asOf`.
    /// - Throws: `CalendarError` where the calendar does not cover the days.
    package func calls(
        _ count: Int, on days: ClosedRange<CivilDate>, calendar: WorkingCalendar, asOf: Moment
    ) throws -> [Call] {
        let dates = (0...days.upperBound.dayNumber - days.lowerBound.dayNumber).map(days.lowerBound.adding(days:))
        let daySums = sums(of: try dates.map { try calendar.isWorkingDay($0) ? 1 : 0.12 })
        let hourSums = sums(of: DemoComplaints.hours)
        let services = servicesAskedMostFirst()
        let serviceSums = sums(of: services.indices.map { 1 / (Double($0) + 4) })
        return (0..<count).compactMap { index -> Call? in
            var random = DemoRandom(seed: seed, 7, UInt64(index))
            let date = dates[random.place(bySums: daySums)]
            let minutes = random.place(bySums: hourSums) * 60 + random.below(60)
            let startedAt = zone.start(of: date)
                .adding(milliseconds: Int64(minutes) * 60_000 + Int64(random.below(60_000)))
            let service = services[random.place(bySums: serviceSums)]
            let call = call(at: startedAt, service: service, &random)
            return startedAt.adding(milliseconds: Int64(call.seconds) * 1_000) < asOf ? call : nil
        }.sorted { $0.startedAt < $1.startedAt }
    }

    /// The codes of all services, those whose card is written in full before the others, else in no order.
    private func servicesAskedMostFirst() -> [String] {
        var random = DemoRandom(seed: seed, 8, 0)
        var codes = registry.services.map(\.code)
        for index in codes.indices { codes.swapAt(index, index + random.below(codes.count - index)) }
        return codes.filter(registry.described.contains) + codes.filter { !registry.described.contains($0) }
    }

    private func call(at startedAt: Moment, service: String, _ random: inout DemoRandom) -> Call {
        let language: Language = random.happens(0.56) ? .kk : .ru
        let share = random.fraction()
        let outcome: ContactOutcome =
            share < 0.74
            ? .answeredByCard
            : share < 0.86 ? .answeredWithoutCard : share < 0.91 ? .handedOver : share < 0.96 ? .nothingFound : .dropped
        var happened: [Contact.Command] = [
            .describe(ContactDescribed(topic: outcome == .handedOver ? .technical : .service, service: service))
        ]
        if outcome == .answeredByCard {
            happened.append(.tell(ContactCardTold(card: service, edition: 1, language: language)))
        }
        return Call(
            startedAt: startedAt, seconds: 40 + random.below(outcome == .dropped ? 30 : 260),
            started: ContactStarted(channel: random.happens(0.9) ? .phone : .chat, language: language),
            happened: happened, outcome: outcome)
    }
}

extension ContactDesk {
    /// Records a demo call as if it had been taken down while it lasted.
    package func record(_ call: DemoContacts.Call, by actor: Actor) async throws {
        let id = try await casework.transact(by: actor, at: call.startedAt) { session in
            let id = try ContactRecord.nextNumber(in: session.today.year, from: session.db)
            try session.perform(.start(call.started), on: Contact.self, id: id, isNew: true)
            try session.perform(call.happened, on: try session.load(Contact.self, id: id))
            return id
        }
        let endedAt = call.startedAt.adding(milliseconds: Int64(call.seconds) * 1_000)
        try await perform([.close(call.outcome, .person)], on: id, by: actor, at: endedAt)
    }
}
