import CanonicalJSON
import Testing

@testable import Agency

@Suite("The receiver takes the reports from stage data")
struct StageReportRulesTests {
    private static let violations = """
        {"schema":"bailanys/violation-report/1","period":"2026-03","revision":1,
        "violations":{"total":3,"byService":[{"kind":"central","body":"MIA","service":"S1","count":3}]},
        "technical":{"total":1,"byService":[{"kind":"central","body":"MIA","service":"S1","count":1}]}}
        """

    private static func form(_ schema: String, _ columns: Int, total: Int = 2) -> String {
        let entries = (1...columns).map {
            "\"\($0)\":{\"total\":\(total),\"lines\":[{\"body\":\"MIA\",\"service\":\"S1\",\"count\":2}]}"
        }
        return
            "{\"schema\":\"\(schema)\",\"period\":\"2026-Q1\",\"revision\":1,\"columns\":{\(entries.joined(separator: ","))}}"
    }

    private func paths(_ text: String, _ kind: String, _ period: String) throws -> [String]? {
        switch ReportRules.check(try JSON(parsing: text), kind: kind, period: period) {
        case nil: nil
        case .success: []
        case .failure(let invalid): invalid.errors.map(\.path)
        }
    }

    @Test("each kind is taken as it is made")
    func taken() throws {
        #expect(try paths(Self.violations, "violations", "2026-03") == [])
        #expect(try paths(Self.form("bailanys/form-3mk/1", 13), "3mk", "2026-Q1") == [])
        #expect(try paths(Self.form("bailanys/form-4mk/1", 9), "4mk", "2026-Q1") == [])
        #expect(try paths(Self.violations, "5mk", "2026-03") == nil)
    }

    @Test(
        "a total that is not the sum of its list, more technical ones than violations, a missing column: refused with the path"
    )
    func refused() throws {
        #expect(
            try paths(Self.violations.replacing("\"total\":3", with: "\"total\":4"), "violations", "2026-03")
                == ["/violations/total"])
        let more = Self.violations.replacing("\"total\":1", with: "\"total\":5").replacing(
            "\"count\":1", with: "\"count\":5")
        #expect(try paths(more, "violations", "2026-03") == ["/technical/total"])
        #expect(try paths(Self.violations, "violations", "2026-04") == ["/period"])
        #expect(try paths(Self.violations, "3mk", "2026-03")?.contains("/schema") == true)
        #expect(try paths(Self.form("bailanys/form-3mk/1", 12), "3mk", "2026-Q1") == ["/columns/13/lines"])
        #expect(try paths(Self.form("bailanys/form-4mk/1", 9, total: 1), "4mk", "2026-Q1")?.count == 9)
    }
}
