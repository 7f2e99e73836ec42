import CanonicalJSON
import Casework
import Correspondence
import Crypto
import Delivery
import GRDB
import Journal
import Languages
import Registry
import Spreadsheets
import WorkingDays

/// The body's own list: its template, how it is read and taken, how its cases get their causes.
extension InternalControlDesk {
    /// The services of the register by code and by name, as a list may name them.
    package func listedServices(in db: Database) throws -> [String: String] {
        var services: [String: String] = [:]
        for (code, name) in try Registry.serviceNames(in: db).sorted(by: { $0.key < $1.key }) {
            for words in [code, name.kk, name.ru] where !words.isEmpty {
                let folded = BodyListReader.fold(words)
                services[folded] = services[folded] ?? code
            }
        }
        return services
    }

    /// The template of the list of a discrepancy, with the body and the period filled in.
    /// - Throws: `Refusal` where there is no such discrepancy.
    package func listBlank(_ number: String, in language: Language) async throws -> BodyListBlank {
        let state = try await discrepancy(number).state
        guard let figures = state.figures, let id = FilingID(figures.filing) else { throw Self.noDiscrepancy }
        let form = try form(of: id)
        let (body, services) = try await casework.journal.read { db in
            var filter = ServiceFilter()
            filter.owner = id.body
            return (
                try Registry.localizedName(of: id.body, on: id.period.last, in: db),
                try Registry.services(filter, in: db).map(\.name)
            )
        }
        return BodyListBlank(
            number, form, row: figures.row, id.period, body: body ?? Localized(kk: id.body, ru: id.body),
            services: services, told: figures.figures.last?.theirs, in: language)
    }

    /// Reads a file as the list of a discrepancy. Nothing is kept; the identity in a line is a keyed number from here on.
    ///
    /// Reads a workbook of up to the limits of `Spreadsheet`: call it off the threads that answer people.
    /// - Throws: `Refusal` where the file cannot be opened at all.
    package func readList(
        _ source: ByteSource, of number: String, on today: CivilDate, services: [String: String],
        identify: @escaping (String) -> String
    ) throws -> BodyListReader.Outcome {
        do {
            return try BodyListReader.read(source, number, today: today, services: services, identify: identify)
        } catch let error as SpreadsheetError {
            throw InternalControlRefusal.fileUnreadable("The file cannot be read: \(error).", field: "document")
        }
    }

    /// Takes a list that has no fault; the same cases again change nothing.
    /// - Parameter file: the SHA-256 of the file, which itself is not kept.
    /// - Throws: `Refusal`; `JournalError.conflict` where somebody else said something after `expected`.
    package func takeList(
        _ list: BodyCaseList, _ outcome: BodyListReader.Outcome, file: String, channel: FilingNote.Channel,
        by actor: Actor, at now: Moment, expecting expected: Int? = nil, once key: CommandKey? = nil
    ) async throws {
        let bytes = try CanonicalCoding.encode(list)
        _ = try await casework.transact(by: actor, at: now, once: key) { session in
            let digest = try DocumentTable.store(bytes, in: session.db)
            let taken = DiscrepancyList(
                file: file, list: digest, cases: list.cases.count, unknownServices: outcome.unknownServices,
                channel: channel)
            return try session.perform(
                .list(taken), on: Discrepancy.self, id: list.discrepancy, expecting: expected
            ).version
        }
    }

    /// The same for a body, by its link.
    /// - Throws: `Refusal`.
    package func takeList(
        _ list: BodyCaseList, _ outcome: BodyListReader.Outcome, file: String, by link: BodyLinkRecord,
        at now: Moment, once key: CommandKey? = nil
    ) async throws {
        try Self.require(try await discrepancy(list.discrepancy).state.figures?.body, of: link)
        try await takeList(
            list, outcome, file: file, channel: .link, by: BodyLinkDesk.actor(of: link), at: now, once: key)
    }

    /// Gives open cases their cause: one, or as many as have the same; each goes into the case with what speaks for it.
    /// - Parameters:
    ///   - keys: the keys of the cases, all of one side.
    ///   - cause: the code of the cause.
    ///   - text: what a person adds; may be empty, since what settles it stands with each case.
    /// - Throws: `Refusal`; `JournalError.conflict` where somebody else said something after `expected`.
    package func confirmCases(
        _ keys: [String], cause: String, text: String, on number: String, by actor: Actor, at now: Moment,
        expecting expected: Int? = nil, once key: CommandKey? = nil
    ) async throws {
        _ = try await casework.transact(by: actor, at: now, once: key) { session in
            let found = try session.load(Discrepancy.self, id: number)
            guard let comparison = try cases(found.state, in: session.db) else {
                throw InternalControlRefusal.listMissing("There is no list of the body: take it first.")
            }
            let open = Dictionary(uniqueKeysWithValues: comparison.open.map { ($0.key, $0) })
            let wanted = Set(keys).sorted()
            guard let side = wanted.first.flatMap({ open[$0]?.side }) else {
                throw wanted.isEmpty
                    ? InternalControlRefusal.casesMissing("Choose at least one case.", field: "case") : Self.caseGone
            }
            let chosen = try wanted.map { key in
                guard let one = open[key], one.side == side else { throw Self.caseGone }
                return one
            }
            let confirmed = DiscrepancyCause(
                cause: cause, units: chosen.map(\.units).reduce(0, +), text: text,
                complaints: chosen.compactMap { $0.ours?.facts.id }.sorted(), side: side,
                cases: chosen.map {
                    ExplainedCase(key: $0.key, theirs: $0.theirs?.own, ours: $0.ours?.facts.id, facts: $0.facts)
                })
            if let expected, expected != found.version {
                throw JournalError.conflict(stream: found.stream, expected: expected)
            }
            return try session.perform([.confirm(confirmed, rules: rules)], on: found).version
        }
    }

    /// Sees that each case of the list has its cause before a discrepancy is settled.
    func requireCauses(_ state: DiscrepancyState, in db: Database) throws {
        guard let comparison = try casesIfFew(state, in: db) else { return }
        let entries = state.caseEntries
        let left = comparison.open.count { $0.side != .moved && entries[$0.key] == nil }
        guard left == 0 else {
            throw InternalControlRefusal.casesOpen(
                "\(left) cases of the two lists have no cause yet: confirm one for each.")
        }
    }

    private static var caseGone: Refusal {
        InternalControlRefusal.caseGone(
            "A case that was chosen is none of the open ones any more: look at them again.", field: "case")
    }
    static var noDiscrepancy: Refusal {
        InternalControlRefusal.unknown("There is no such discrepancy: check the number.")
    }
}
