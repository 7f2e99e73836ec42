import Correspondence
import Foundation
import TestSupport
import Testing

@Suite("Files of letters that are wrong")
struct TemplateFileTests {
    /// A file that is wrong, and what is said of it.
    struct Fault: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let file: String
        /// What stands in the file instead of another text; nil where there is no file.
        let change: (from: String, to: String)?
        let said: String

        init(_ description: String, _ file: String, _ from: String, _ to: String, says said: String) {
            testDescription = description
            self.file = file
            change = (from, to)
            self.said = said
        }

        init(missing file: String) {
            testDescription = "\(file) is missing"
            self.file = file
            change = nil
            said = "\(file) cannot be read: put the file there."
        }
    }

    private static let faults = [
        Fault(missing: "notice.yaml"), Fault(missing: "letterhead.yaml"),
        Fault(
            "another kind", "reminder.yaml", "kind: reminder", "kind: request", says: "reminder.yaml:2: “kind” must be"),
        Fault(
            "an unknown key", "request.yaml", "cite: ", "sight: ", says: "request.yaml:3: the key “sight” is unknown"),
        Fault(
            "an unknown key of a language", "request.yaml", "  subject: О", "  subjekt: О",
            says: "the key “subjekt” is unknown: use one of addressee, subject, text."),
        Fault(
            "a text that is missing", "request.yaml", "  addressee: \"{body}\"\n  subject: О", "  subject: О",
            says: "“addressee” of ru is missing: write it."),
        Fault(
            "a text that is empty", "request.yaml", "  addressee: \"{body}\"\n  subject: О",
            "  addressee: \"\"\n  subject: О", says: "“addressee” of ru is missing: write it."),
        Fault(
            "a field of another kind", "request.yaml", "({code})", "({due})",
            says: "request.yaml:9: the field {due} is unknown here: use one of approval, body, code"),
        Fault(
            "a field on the only line of a block", "request.yaml", "  addressee: \"{body}\"\n  subject: О",
            "  addressee: |-\n    {who}\n  subject: О", says: "request.yaml:22: the field {who}"),
        Fault("no YAML", "request.yaml", "kk:", "kk: [", says: "request.yaml:"),
        Fault("one key twice", "request.yaml", "cite: 797 §4", "cite: 797 §4\ncite: 797 §5", says: "request.yaml:"),
        Fault(
            "a word of the letterhead that is missing", "letterhead.yaml", "\nnone:\n", "\nnothing:\n",
            says: "letterhead.yaml: “none” is missing: write it in kk and ru."),
        Fault(
            "a word of the letterhead in one language", "letterhead.yaml", "  ru: документ\n", "",
            says: "“document” is missing: write it in kk and ru."),
        Fault(
            "a field that the letterhead does not fill in", "letterhead.yaml", "от {date}, дело", "от {day}, дело",
            says: "letterhead.yaml:23: the field {day} is unknown here: use one of case, date."),
        Fault(
            "a field where the letterhead has none", "letterhead.yaml", "  ru: нет", "  ru: нет {case}",
            says: "the field {case} is unknown here: no field is filled in."),
    ]

    @Test("each fault is named with its file, its line and what to do", arguments: faults)
    func fault(_ fault: Fault) throws {
        let folder = TemporaryFolder()
        let real = Repository.path + "/schedules/letters"
        for name in try FileManager.default.contentsOfDirectory(atPath: real) {
            try FileManager.default.copyItem(atPath: real + "/" + name, toPath: folder.file(name))
        }
        let path = folder.file(fault.file)
        if let (from, to) = fault.change {
            let text = try String(contentsOfFile: path, encoding: .utf8)
            try #require(text.contains(from), "\(from) does not stand in \(fault.file)")
            let change = try #require(text.range(of: from))
            try text.replacingCharacters(in: change, with: to).write(toFile: path, atomically: true, encoding: .utf8)
        } else {
            try FileManager.default.removeItem(atPath: path)
        }
        let error = #expect(throws: LetterTemplateError.self) { try LetterTemplates.load(folder: folder.path) }
        let said = try #require(error)
        #expect(said.description.contains(fault.said), "\(said)")
        for problem in said.problems { #expect(problem.hasPrefix(folder.path)) }
    }

    @Test("faults of several files are all named at once")
    func several() throws {
        let folder = TemporaryFolder()
        try "kind: request".write(toFile: folder.file("request.yaml"), atomically: true, encoding: .utf8)
        let error = #expect(throws: LetterTemplateError.self) { try LetterTemplates.load(folder: folder.path) }
        for part in ["letterhead.yaml", "notice.yaml", "reminder.yaml", "protocol.yaml", "language kk", "language ru"] {
            #expect(error?.description.contains(part) == true, "\(part)")
        }
    }
}
