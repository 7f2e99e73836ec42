import CanonicalJSON
import Foundation
import TestSupport
import Testing

@Suite("Filings at the command line")
struct FilingsCommandTests {
    private let program = Program()
    private let folder = Repository.path + "/Tests/Fixtures/filings/"

    @Test("A filing without fault ends with 0 and says nothing in JSON; no data folder is made")
    func good() throws {
        let outcome = try program.run(
            "filings", "check", folder + "78-1mk-openpyxl.xlsx", "--form", "78-1mk", "--body", "MJ", "--period",
            "2022-Q1", "--json")
        #expect(outcome.status == 0 && outcome.output.isEmpty, "\(outcome.output) \(outcome.errors)")
        let told = try program.run(
            "filings", "check", folder + "106-1mq.csv", "--form", "106-1mq", "--body", "MJ", "--period", "2014-03",
            "--language", "ru")
        #expect(told.status == 0 && told.output.contains("0 faults, 0 doubts"))
    }

    @Test("A filing with faults ends with 1, each fault an object with its ten members")
    func bad() throws {
        let outcome = try program.run(
            "filings", "check", folder + "78-1mk.csv", "--form", "78-1mk", "--body", "MJ", "--period", "2022-Q2",
            "--json")
        #expect(outcome.status == 1)
        let faults = try outcome.output.split(separator: "\n").map { try JSON(parsing: Array($0.utf8)) }
        #expect(!faults.isEmpty && faults.allSatisfy { $0["fault"] == .string("period") })
        let members: Set = ["fault", "rule", "level", "row", "column", "sheet", "cell", "found", "wanted", "text"]
        for fault in faults { #expect(members.isSubset(of: Set((fault.object ?? [:]).keys))) }
    }

    @Test("A form that there is not, a period of another length and a file that is not there are said in a sentence")
    func refused() throws {
        func run(_ form: String, _ period: String, _ file: String = "78-1mk.csv") throws -> Program.Outcome {
            try program.run("filings", "check", folder + file, "--form", form, "--body", "MJ", "--period", period)
        }
        let form = try run("78-9mk", "2022-Q1")
        #expect(form.status == 64 && form.errors.contains("106-1mq"))
        let period = try run("78-1mk", "2022-03")
        #expect(period.status == 64 && period.errors.contains("2022-Q1"))
        let file = try run("78-1mk", "2022-Q1", "nothing.xlsx")
        #expect(file.status == 1 && file.errors.contains("no such file"))
    }

    @Test("The forms are listed with the marks of what is read and what is ours")
    func forms() throws {
        let all = try program.run("filings", "forms", "--json")
        #expect(all.status == 0 && all.output.split(separator: "\n").count == 6)
        let one = try program.run("filings", "forms", "--form", "78-2mk")
        #expect(one.output.contains(" · cut · ") && one.output.contains(" · doubt · ours · "))
    }
}
