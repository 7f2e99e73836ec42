extension ReportNumber {
    /// A short name for addresses and programs: `received`, `violations.local.A15`.
    package var name: String {
        switch self {
        case .opening: "opening"
        case .received: "received"
        case .closed: "closed"
        case .closing: "closing"
        case .forum: "forum"
        case .reviewed: "reviewed"
        case .withinTerm: "withinTerm"
        case .pastTerm: "pastTerm"
        case .violations(let kind, let body): Self.name("violations", [kind, body])
        case .overdueFromEarlier: "overdueFromEarlier"
        case .orderAndStandard(let service): Self.name("orderAndStandard", [service])
        case .employees(let kind): Self.name("employees", [kind])
        }
    }

    /// The number with this name, nil where there is none.
    package init?(name: String) {
        let parts = name.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        let plain: [ReportNumber] = [
            .opening, .received, .closed, .closing, .forum, .reviewed, .withinTerm, .pastTerm, .overdueFromEarlier,
        ]
        if let number = plain.first(where: { $0.name == name }) {
            self = number
            return
        }
        switch (parts.first, parts.count) {
        case ("violations", 1...3):
            self = .violations(
                bodyKind: parts.count > 1 ? parts[1] : nil, body: parts.count > 2 ? parts[2] : nil)
        case ("orderAndStandard", 1...2): self = .orderAndStandard(service: parts.count > 1 ? parts[1] : nil)
        case ("employees", 1...2): self = .employees(bodyKind: parts.count > 1 ? parts[1] : nil)
        default: return nil
        }
    }

    private static func name(_ first: String, _ rest: [String?]) -> String {
        ([first] + rest.compactMap { $0 }).joined(separator: ".")
    }
}
