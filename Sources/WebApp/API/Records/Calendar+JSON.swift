import CanonicalJSON
import Casework
import Journal
import Rulebook
import WorkingDays

extension CalendarPreview {
    /// What a change of the calendar moves, for programs; of the cases the first thousand.
    package var json: JSON {
        .object([
            "moves": .number(moves), "appearing": .number(appearing), "vanishing": .number(vanishing),
            "targets": .number(targets),
            "differences": .array(
                differences.map { change in
                    .members([
                        "date": .date(change.date), "before": .text(change.old?.kind.rawValue),
                        "after": .text(change.new?.kind.rawValue),
                    ])
                }),
            "cases": .array(
                cases.prefix(1_000).map { stream, recalculation in
                    .object([
                        "case": .string(stream.rawValue),
                        "moves": .array(
                            recalculation.moves.map { move in
                                .object([
                                    "rule": .string(move.clock), "from": .date(move.from), "to": .date(move.to),
                                ])
                            }),
                    ])
                }),
        ])
    }
}

extension WorkingCalendar {
    /// The calendar for programs: the days of a year, or of all years, that differ from the plain week.
    /// - Throws: an error of the encoding.
    package func json(year: Int?, editions: [CalendarEdition]) throws -> JSON {
        .object([
            "edition": .number(editions.first?.edition ?? 0), "firstYear": .number(years.lowerBound),
            "lastYear": .number(years.upperBound),
            "days": .array(
                try exceptions.filter { year == nil || $0.date.year == year }.map {
                    try JSON(parsing: CanonicalCoding.encode($0))
                }),
            "editions": .array(
                editions.map { edition in
                    .object([
                        "edition": .number(edition.edition), "adoptedAt": .moment(edition.adoptedAt),
                        "actor": .string(edition.actor), "reason": .string(edition.reason),
                    ])
                }),
        ])
    }
}
