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

    @Test("A blank is written, filled in with nothing it is the form, and no file is replaced")
    func blank() throws {
        let there = TemporaryFolder()
        let file = there.file("blank.xlsx")
        func blank(_ form: String, _ body: String, _ period: String, _ more: String...) throws -> Program.Outcome {
            try program.run(
                ["filings", "blank", file, "--form", form, "--body", body, "--period", period] + more)
        }
        for (form, body, period, named) in [
            ("78-9mk", "MJ", "2022-Q1", "78-9mk"), ("78-1mk", "XX-NONE", "2022-Q1", "XX-NONE"),
            ("78-1mk", "MJ", "2022-03", "2022-03"), ("78-1mk", "MJ", "soon", "soon"),
            ("78-3mk", "MJ", "2022-Q1", "78-3mk"),
        ] {
            let refused = try blank(form, body, period)
            #expect(refused.status == 64 && refused.errors.contains(named), "\(refused.errors)")
        }
        #expect(try blank("78-1mk", "MJ", "2022-Q1", "--language", "en").status == 64)
        #expect(try blank("78-1mk", "MJ", "2022-Q1", "--lines", "-1").status == 64)
        #expect(try blank("78-1mk", "MJ", "2022-Q1", "--after", folder + "78-1mk.csv").status == 64)
        #expect(!FileManager.default.fileExists(atPath: file))
        #expect(try blank("78-1mk", "MJ", "2022-Q1", "--language", "kk").status == 0)
        #expect(try blank("78-1mk", "MJ", "2022-Q1").status != 0)
        let check = try program.run(
            "filings", "check", file, "--form", "78-1mk", "--body", "MJ", "--period", "2022-Q1", "--json")
        let faults = try check.output.split(separator: "\n").map { try JSON(parsing: Array($0.utf8)) }
        #expect(check.status == 1 && faults.allSatisfy { $0["fault"] == .string("empty") })
    }

    @Test("The months that were filed before stand in the blank of the next month")
    func after() throws {
        let there = TemporaryFolder()
        let file = there.file("april.xlsx")
        let made = try program.run(
            "filings", "blank", file, "--form", "106-1mq", "--body", "MJ", "--period", "2014-04", "--after",
            folder + "106-1mq.csv")
        #expect(made.status == 0, "\(made.errors)")
        let check = try program.run(
            "filings", "check", file, "--form", "106-1mq", "--body", "MJ", "--period", "2014-04", "--after",
            folder + "106-1mq.csv", "--json")
        let faults = try check.output.split(separator: "\n").map { try JSON(parsing: Array($0.utf8)) }
        #expect(faults.contains { $0["fault"] == .string("period") })
        #expect(faults.allSatisfy { $0["fault"] == .string("period") || $0["fault"] == .string("empty") }, "\(faults)")
    }

    @Test("A filing comes back marked; the marked workbook is told the same, and no file is replaced")
    func marked() throws {
        let there = TemporaryFolder()
        let file = there.file("back.xlsx")
        func check(_ name: String, _ more: String...) throws -> Program.Outcome {
            try program.run(
                ["filings", "check", name, "--form", "78-1mk", "--body", "MJ", "--period", "2022-Q2", "--json"] + more)
        }
        let first = try check(folder + "78-1mk.csv", "--marked", file, "--language", "ru")
        #expect(first.status == 1 && FileManager.default.fileExists(atPath: file))
        let second = try check(file, "--language", "ru")
        #expect(first.output.split(separator: "\n").count == second.output.split(separator: "\n").count)
        #expect(try check(folder + "78-1mk.csv", "--marked", file).errors.contains("exists already"))
    }
}
