import WorkingDays

/// One thing that an administrator watches, and how it stands.
package struct HealthLine: Hashable, Sendable {
    /// What is watched.
    package enum Subject: String, CaseIterable, Sendable {
        case writer, disk, integrity, clock, backup, offsite, drill, outbox, deliveries, calendar, audit
    }

    /// How it stands.
    package enum Level: String, CaseIterable, Sendable {
        /// All right.
        case good
        /// It works, and somebody should see to it.
        case attention
        /// It does not work, or what is kept is in danger.
        case fault
    }

    /// What is watched.
    package let subject: Subject
    /// How it stands.
    package let level: Level
}

extension CentreFigures {
    /// Everything that is watched in this centre, what is at fault first.
    /// - Parameter today: the day by the centre's calendar.
    package func health(on today: CivilDate) -> [HealthLine] {
        let words = words
        let lines = HealthLine.Subject.allCases.compactMap { subject -> HealthLine? in
            level(of: subject, words[subject.rawValue], on: today).map { HealthLine(subject: subject, level: $0) }
        }
        let order = [HealthLine.Level.fault, .attention, .good]
        return order.flatMap { level in lines.filter { $0.level == level } }
    }

    private func level(of subject: HealthLine.Subject, _ word: String?, on today: CivilDate) -> HealthLine.Level? {
        switch subject {
        case .deliveries: return (deliveries["dead"] ?? 0) > 0 ? .attention : .good
        case .calendar:
            guard let lastCalendarYear, lastCalendarYear >= today.year else { return .fault }
            // From November the plan of the next year needs it.
            return lastCalendarYear == today.year && today.month >= 11 ? .attention : .good
        case .audit: return auditBehind.map { $0 > 1_000 ? .attention : .good }
        case .writer, .disk, .integrity, .clock, .backup, .offsite, .drill, .outbox:
            return switch word {
            case nil: nil
            case "ok": .good
            case "late", "old", "none": .attention
            default: .fault
            }
        }
    }
}
