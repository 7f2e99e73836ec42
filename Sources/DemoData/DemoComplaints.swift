import CSV
import Complaints
import Languages
import Rulebook
import WorkingDays

/// What demo complaints are asked for.
package struct DemoOptions: Hashable, Sendable {
    /// How many complaints.
    package var complaints: Int
    /// Over how many months.
    package var months: Int
    /// The last of these months.
    package var through: CivilMonth
    /// Nothing happens after this moment: what would be answered later is still open.
    package var asOf: Moment
    /// What decides everything that is left to chance.
    package var seed: UInt64
    /// Whether some of the last answers are held up, so that on every day some complaints are overdue.
    package var holdsUp = false

    /// Options from their parts.
    package init(complaints: Int, months: Int, through: CivilMonth, asOf: Moment, seed: UInt64) {
        self.complaints = complaints
        self.months = months
        self.through = through
        self.asOf = asOf
        self.seed = seed
    }
}

/// Makes demo complaints in the order of their filing, as the forum would export them.
package struct DemoComplaints {
    private let options: DemoOptions
    private let registry: DemoRegistry
    private let reviews: DemoReviews
    private let zone = CivilZone.almaty
    private var random: DemoRandom
    private let services: [DemoRegistry.Service]
    private let serviceSums: [Double]
    private let regionSums: [Double]
    private let hourSums: [Double]
    /// The days of the period and how much of all complaints has come in by the end of each.
    private let days: [(date: CivilDate, share: Double)]
    private var dayIndex = 0
    private var made = 0
    private var waiting: [Int] = []

    /// A generator over the real registry, law and calendar.
    /// - Throws: `CalendarError` where the calendar does not cover the months.
    package init(
        _ options: DemoOptions, registry: DemoRegistry, rulebooks: RulebookSet, calendar: WorkingCalendar
    ) throws {
        self.options = options
        self.registry = registry
        reviews = DemoReviews(rulebooks: rulebooks, calendar: calendar, zone: .almaty, seed: options.seed)
        var random = DemoRandom(seed: options.seed, 1, 0)
        var services = registry.services
        for index in services.indices { services.swapAt(index, index + random.below(services.count - index)) }
        self.services = services
        serviceSums = sums(of: services.indices.map { 1 / (Double($0) + 6) })
        regionSums = sums(of: registry.regions.map { Self.crowds[$0.code] ?? 1 })
        hourSums = sums(of: Self.hours)
        var month = options.through
        for _ in 1..<max(1, options.months) { month = month.previous }
        var total = 0.0
        var days: [(date: CivilDate, share: Double)] = []
        var date = month.first
        while date <= options.through.last {
            let isWorking = try calendar.isWorkingDay(date)
            let weekday = isWorking ? [1.25, 1.15, 1.1, 1.05, 0.9, 0.8, 0.8][date.weekday.rawValue - 1] : 0.3
            total += weekday * (0.85 + 0.3 * random.fraction())
            days.append((date, total))
            date = date.adding(days: 1)
        }
        self.days = days.map { ($0.date, $0.share / total) }
        self.random = random
    }

    /// The first line of the table.
    package static let header = writer.row(ForumColumn.names)
    private static let writer = CSVWriter(lineEnd: .unix, defuses: false)

    /// The next complaint as a line of the table; nil after the last.
    package mutating func next() throws -> [UInt8]? {
        guard let texts = try nextTexts() else { return nil }
        var line: [UInt8] = []
        line.reserveCapacity(640)
        Self.writer.append(texts, to: &line)
        return line
    }

    /// Writes the whole table in pieces of some hundred kilobytes.
    package mutating func write(to write: ([UInt8]) throws -> Void) throws {
        var piece = Self.header
        while let line = try next() {
            piece += line
            if piece.count > 1 << 18 {
                try write(piece)
                piece.removeAll(keepingCapacity: true)
            }
        }
        try write(piece)
    }

    /// The texts of the next complaint in the order of `ForumColumn.allCases`.
    mutating func nextTexts() throws -> [String]? {
        while waiting.isEmpty {
            guard dayIndex < days.count else { return nil }
            let until = Int((days[dayIndex].share * Double(options.complaints)).rounded())
            let count = max(0, until - made)
            waiting = (0..<count).map { _ in
                (random.place(bySums: hourSums) * 60 + random.below(60)) * 60_000 + random.below(60_000)
            }
            waiting.sort(by: >)
            dayIndex += 1
        }
        let filedAt = zone.start(of: days[dayIndex - 1].date).adding(milliseconds: Int64(waiting.removeLast()))
        // Nobody complains in the future: what the month would still bring is left out.
        guard filedAt <= options.asOf else { return nil }
        made += 1
        return try complaint(made, filedAt: filedAt)
    }

    private mutating func complaint(_ number: Int, filedAt: Moment) throws -> [String] {
        let date = zone.civilDate(of: filedAt)
        let region = registry.regions[random.place(bySums: regionSums)]
        let service = services[random.place(bySums: serviceSums)]
        let kind = Self.kinds[random.place(bySums: Self.kindSums)]
        let language: Language = random.happens(0.58) ? .kk : .ru
        let body = body(for: service, in: region.code, on: date)
        let people = max(1, options.complaints * 17 / 20)
        let person = DemoPerson(
            number: random.below(people), seed: options.seed, language: language, region: region.name)
        var review = try reviews.review(filedAt: filedAt, body: body, asOf: options.asOf, &random) { random in
            // Complaints about employees of a district go to the akimat of the region anyway.
            kind != "employees" && random.happens(0.5) ? "A" + region.code : service.owner
        }
        if options.holdsUp, number % 6 == 0, let at = review.answeredAt, at > Self.heldUpSince(options.asOf) {
            (review.answeredAt, review.outcome) = (nil, nil)
        }
        let subject = DemoTexts.text(kind, language, service: service.name, &random)
        func time(_ moment: Moment?) -> String { moment.map { Self.time($0, zone) } ?? "" }
        let transferred = review.transfer.flatMap { registry.bodies[$0.body] == nil ? nil : $0 }
        return [
            "DEMO-\(options.seed)-" + DemoPerson.digits(number, 7), time(filedAt), kind, service.code, body.code,
            region.code, "", language.rawValue, person.name, person.iin, person.phone, person.email, person.address,
            subject, time(review.answeredAt), review.outcome ?? "",
            review.extension.map { String($0.days) } ?? "", time(review.extension?.at), time(review.toldAt),
            transferred?.body ?? "",
            time(transferred?.at), time(review.withdrawnAt),
        ]
    }

    /// Twelve days before a moment.
    private static func heldUpSince(_ moment: Moment) -> Moment { moment.adding(milliseconds: -12 * 86_400_000) }

    private mutating func body(
        for service: DemoRegistry.Service, in region: String, on date: CivilDate
    ) -> DemoRegistry.Body {
        var code = service.owner
        if random.happens(0.012) {
            code = "APS"
        } else if service.provider == "Государственная корпорация" || random.happens(0.15) {
            code = "G" + region
        } else if random.happens(0.45) {
            code = "A" + region
            if let districts = registry.districts[region], random.happens(0.6) { code = random.pick(districts).code }
        }
        for candidate in [code, service.owner, "APS"] {
            if let body = registry.bodies[candidate], body.exists(on: date) { return body }
        }
        return DemoRegistry.Body(code: "APS", kind: "agency", level: "", region: "republic", from: nil, to: nil)
    }

    /// A local time with its offset, without milliseconds.
    private static func time(_ moment: Moment, _ zone: CivilZone) -> String {
        let text = zone.iso8601(moment).utf8
        return String(decoding: Array(text.prefix(19)) + Array(text.suffix(6)), as: UTF8.self)
    }

    private static let kinds = ["order", "standard", "employees", "other"]
    private static let kindSums = sums(of: [45, 27, 18, 10])
    /// How much comes in in each hour of the day.
    static let hours: [Double] = [
        0.5, 0.3, 0.2, 0.1, 0.1, 0.2, 0.6, 1.5, 3.5, 7, 9, 9, 7.5, 6, 7.5, 8, 8, 7, 5, 4.5, 4, 3.5, 2.5, 1.2,
    ]
    /// How many people live where, roughly; the others have one million each.
    private static let crowds: [String: Double] = [
        "75": 4, "71": 2.6, "79": 1.8, "61": 2, "19": 1.5, "31": 1.2, "35": 1.3, "47": 0.9, "62": 0.25, "15": 1,
    ]
}
