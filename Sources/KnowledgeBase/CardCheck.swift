import GRDB

/// What the registry knows, to which a card is held: its service, its body, its sphere, its region.
struct CardCheck {
    private let services: Set<String>
    private let spheres: Set<String>
    private let bodies: Set<String>
    private let regions: Set<String>

    init(in db: Database) throws {
        services = try Set(String.fetchAll(db, sql: "SELECT code FROM service"))
        spheres = try Set(String.fetchAll(db, sql: "SELECT DISTINCT sphere FROM service"))
        bodies = try Set(String.fetchAll(db, sql: "SELECT code FROM body"))
        regions = try Set(String.fetchAll(db, sql: "SELECT code FROM region"))
    }

    /// What of a card the registry does not know, at the places of the form.
    func faults(of card: Card) -> [CardFormFault] {
        func fault(_ field: CardFormField, _ isKnown: Bool) -> CardFormFault? {
            isKnown ? nil : CardFormFault(place: field.rawValue, kind: .notRegistered)
        }
        return [
            fault(.sphere, spheres.contains(card.sphere)), fault(.owner, bodies.contains(card.owner)),
            fault(.region, card.region.map(regions.contains) ?? true),
        ].compactMap(\.self)
    }

    /// Whether the register has the service of a card.
    func knows(_ code: String) -> Bool { services.contains(code) }

    /// What of a card the registry does not know.
    func problems(of reading: CardFile.Reading, file: String) -> [CardFileProblem] {
        let card = reading.card
        func problem(_ key: Card.CodingKeys, _ message: String) -> CardFileProblem {
            CardFileProblem(file: file, line: reading.lines[key.rawValue] ?? 1, message: message)
        }
        var problems: [CardFileProblem] = []
        if !services.contains(card.code) {
            problems.append(problem(.code, "the register has no service “\(card.code)”: correct the code."))
        }
        if !spheres.contains(card.sphere) {
            problems.append(
                problem(.sphere, "no service of the register is of the sphere “\(card.sphere)”: correct it."))
        }
        if !bodies.contains(card.owner) {
            problems.append(problem(.owner, "the register has no body “\(card.owner)”: correct the code."))
        }
        if let region = card.region, !regions.contains(region) {
            problems.append(
                problem(.region, "the register has no region “\(region)”: correct the code, or leave it out."))
        }
        return problems.sorted { $0.line < $1.line }
    }
}
