import ArgumentParser
import CanonicalJSON
import Complaints
import ContactCentre
import Rulebook
import WebApp

extension RulebookCommand {
    /// `bailanys rulebook compare`: the same complaints under two editions.
    struct Compare: OfficeCommand {
        static let configuration = CommandConfiguration(
            commandName: "compare", abstract: "Show the same complaints under two editions of the rules.",
            discussion: """
                Nothing is recorded, and no complaint changes its edition: it is what cases like those of the centre would be \
                under the other one. Look at it before complaint-rules or routing-table is set in bailanys.yaml. Without \
                --number all complaints that wait for an answer are compared, and those listed of which something differs.
                Example: bailanys rulebook compare
                Example: bailanys rulebook compare --number 2026-000123 --to ssl-appc@2021-07-01 --json
                Example: bailanys rulebook compare --table complaints@2013-04-15
                """)
        @OptionGroup var options: OfficeOptions
        @Option(help: "The one edition; the one under which new complaints begin, unless given.") var from: String?
        @Option(help: "The other edition; the newest other one, unless given.") var to: String?
        @Option(help: "An edition of the routing table: who would answer by it.") var table: String?
        @Option(help: "One complaint.") var number: String?
        @Flag(help: "List those too of which nothing differs.") var all = false

        func run(in office: Office) async throws {
            let desk = office.centre.complaints
            let (left, right) = try desk.editions(from, to, at: office.now)
            var chosen: RoutingTable?
            if let table {
                chosen = desk.routing.edition(table)
                guard chosen != nil else {
                    throw CommandFailure(
                        "There is no edition “\(table)” of the routing table: choose one of \(desk.routing.editions.map(\.edition).joined(separator: ", ")).",
                        .notFound)
                }
            }
            let compared = try await desk.compare(left, right, table: chosen, number: number, at: office.now)
            if let number, compared.isEmpty { throw CommandFailure("There is no complaint \(number).", .notFound) }
            let shown = compared.filter { all || number != nil || $0.differs }
            try await office.list(shown, { $0.json }, line: Self.line)
            let moved = compared.count { $0.differs }
            guard !json else { return }
            office.output.line(
                "\(left.id) and \(right.id)\(chosen.map { ", \($0.edition)" } ?? ""): of \(compared.count) complaints \(moved) would differ. Nothing was recorded."
            )
        }

        /// A complaint in a line: both last days, and what else differs.
        static func line(_ one: ComparedComplaint) -> String {
            func side(_ side: ComplaintUnderLaw) -> String {
                let due = side.due.map { "\($0)" } ?? "–"
                let refused = side.refused.isEmpty ? "" : ", refused: " + side.refused.joined(separator: "; ")
                return "\(due) \(side.standing.rawValue)\(refused)"
            }
            var line = "\(one.number)\t\(one.body)\t\(side(one.left))\t\(side(one.right))"
            if let answer = one.answer, one.movesToAnother {
                line += "\t\(one.first) → \(answer.address) (\(answer.rule))"
            }
            return line
        }
    }
}

extension ComparedComplaint {
    /// The comparison for scripts.
    fileprivate var json: JSON {
        .object([
            "number": .string(number), "body": .string(body), "differs": .bool(differs), "left": left.json,
            "right": right.json,
            "answer": answer.map { answer in
                .object([
                    "first": .string(first.description), "body": .string(answer.address.description),
                    "rule": .string(answer.rule), "edition": .string(answer.edition),
                ])
            } ?? .null,
        ])
    }
}

extension ComplaintUnderLaw {
    fileprivate var json: JSON {
        .object([
            "edition": .string(edition), "registeredOn": .date(registeredOn), "due": .date(due),
            "clock": clock.map(JSON.string) ?? .null, "standing": .string(standing.rawValue),
            "refused": .array(refused.map(JSON.string)), "unknown": .array(unknown.map(JSON.string)),
        ])
    }
}
