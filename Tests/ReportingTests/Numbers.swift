import Forms
import Journal
import Reporting
import WorkingDays

/// The numbers of the monthly report by the names that tests speak of.
extension ReportNumber {
    static let opening = ReportNumber("opening")
    static let received = ReportNumber("received")
    static let closed = ReportNumber("closed")
    static let closing = ReportNumber("closing")
    static let forum = ReportNumber("forum")
    static let reviewed = ReportNumber("reviewed")
    static let withinTerm = ReportNumber("withinTerm")
    static let pastTerm = ReportNumber("pastTerm")
    static let overdueFromEarlier = ReportNumber("overdueFromEarlier")

    static func violations(bodyKind: String? = nil, body: String? = nil) -> ReportNumber {
        ReportNumber("violations", keys: [bodyKind, body].compactMap(\.self))
    }

    static func orderAndStandard(service: String? = nil) -> ReportNumber {
        ReportNumber("orderAndStandard", keys: [service].compactMap(\.self))
    }

    static func employees(bodyKind: String? = nil) -> ReportNumber {
        ReportNumber("employees", keys: [bodyKind].compactMap(\.self))
    }
}

extension FormFigures {
    var opening: Int { self["opening"] ?? -1 }
    var received: Int { self["received"] ?? -1 }
    var closed: Int { self["closed"] ?? -1 }
    var closing: Int { self["closing"] ?? -1 }
    var forum: Int { self["forum"] ?? -1 }
    var withinTerm: Int { self["withinTerm"] ?? -1 }
    var pastTerm: Int { self["pastTerm"] ?? -1 }
    var averageHundredths: Int? { self["averageHundredths"] }
    var longest: Int? { self["longest"] }
    var violations: Int { self["violations"] ?? -1 }
    var overdueFromEarlier: Int { self["overdueFromEarlier"] ?? -1 }
    var orderAndStandard: Int { self["orderAndStandard"] ?? -1 }
    var employees: Int { self["employees"] ?? -1 }
    var isBalanced: Bool { opening + received == closed + closing }
    var violationsByBody: [Part] { parts(of: "violations") }
    var violationsByKind: [String: Int] { byFirstKey("violations") }
    var byService: [String: Int] { byFirstKey("orderAndStandard") }
    var employeesByKind: [String: Int] { byFirstKey("employees") }

    private func byFirstKey(_ row: String) -> [String: Int] {
        Dictionary(uniqueKeysWithValues: parts(of: row, depth: 1).map { ($0.keys[0], $0.count) })
    }
}

extension FormFigures.Part {
    init(kind: String, body: String, count: Int) { self.init(keys: [kind, body], count: count) }

    var kind: String { keys[0] }
    var body: String { keys[1] }
}
