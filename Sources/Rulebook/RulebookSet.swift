import WorkingDays

/// All loaded rulebooks.
package struct RulebookSet: Hashable, Sendable {
    /// The editions, by book and first day.
    package let editions: [RulebookEdition]
    /// The book that a centre has chosen for a procedure, where several have it.
    package private(set) var chosen: [String: String] = [:]

    /// A set of editions in which nothing was chosen.
    init(editions: [RulebookEdition]) {
        self.editions = editions
    }

    /// The same law with a book chosen for a procedure: new cases run under its edition of the day, and on days before it under
    /// the edition that ran then. Cases that have begun keep theirs.
    /// - Throws: `RulebookLoadError` where no edition of the book has the procedure.
    package func choosing(_ book: String, for procedure: String) throws(RulebookLoadError) -> RulebookSet {
        guard editions.contains(where: { $0.book == book && $0.procedure(procedure) != nil }) else {
            let books = Set(editions.filter { $0.procedure(procedure) != nil }.map(\.book)).sorted()
            throw RulebookLoadError(problems: [
                RulebookProblem(
                    file: "schedules/rulebooks", line: 0,
                    message:
                        "No rulebook “\(book)” has the procedure \(procedure): choose one of \(books.joined(separator: ", "))."
                )
            ])
        }
        var set = self
        set.chosen[procedure] = book
        return set
    }

    /// The editions that have a procedure, in the order of the set.
    package func editions(of procedure: String) -> [RulebookEdition] {
        editions.filter { $0.procedure(procedure) != nil }
    }

    /// Reads rulebook files, and refuses all of them when anything is wrong with one.
    ///
    /// - Parameters:
    ///   - files: the name and the YAML text of each file.
    ///   - knownEvents: the names of the events that the feature modules make.
    /// - Throws: `RulebookLoadError` with every problem found.
    package static func load(
        files: [(name: String, text: String)], knownEvents: Set<String>
    ) throws(RulebookLoadError) -> RulebookSet {
        var problems: [RulebookProblem] = []
        var editions: [(edition: RulebookEdition, file: String)] = []
        for file in files {
            var reader = RulebookReader(file: file.name, knownEvents: knownEvents)
            if let edition = reader.read(file.text) { editions.append((edition, file.name)) }
            problems += reader.problems
        }
        editions.sort { ($0.edition.book, $0.edition.from) < ($1.edition.book, $1.edition.from) }
        for (earlier, later) in zip(editions, editions.dropFirst()) where earlier.edition.book == later.edition.book {
            if let message = validityProblem(earlier.edition, later.edition) {
                problems.append(RulebookProblem(file: later.file, line: 0, message: message))
            }
        }
        guard problems.isEmpty else {
            throw RulebookLoadError(problems: problems.sorted { ($0.file, $0.line) < ($1.file, $1.line) })
        }
        return RulebookSet(editions: editions.map(\.edition))
    }

    /// The edition with this id ("797@2013-08-06"), or nil.
    package func edition(_ id: String) -> RulebookEdition? {
        editions.first { $0.id == id }
    }

    /// The edition of a book to run on a day: the one in force, else the one that runs by default; nil when neither.
    package func edition(book: String, on date: CivilDate) -> RulebookEdition? {
        editions.first { $0.book == book && $0.isInForce(on: date) }
            ?? editions.last { $0.book == book && $0.runsByDefault }
    }

    /// The procedure with this name on a day, from whichever book has it; nil when there is none.
    package func procedure(_ id: String, on date: CivilDate) -> Procedure? {
        if let book = chosen[id], let procedure = edition(book: book, on: date)?.procedure(id) { return procedure }
        for book in Set(editions.map(\.book)).sorted() {
            if let procedure = edition(book: book, on: date)?.procedure(id) { return procedure }
        }
        return nil
    }

    /// What is wrong between two editions of one book that follow each other; nil when nothing is.
    private static func validityProblem(_ earlier: RulebookEdition, _ later: RulebookEdition) -> String? {
        guard let end = earlier.to, end < later.from else {
            return """
                The edition from \(later.from) overlaps the edition \(earlier.id) of the same rulebook: end that one on \
                \(later.from.adding(days: -1)).
                """
        }
        guard end.adding(days: 1) == later.from else {
            return """
                Between \(end), when the edition \(earlier.id) ends, and \(later.from) no edition of the rulebook is in \
                force: close the gap.
                """
        }
        return nil
    }
}
