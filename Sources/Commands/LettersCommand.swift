import ArgumentParser
import Attachments
import Blocking
import CanonicalJSON
import Casework
import ContactCentre
import Correspondence
import Foundation
import Journal
import WebApp
import WorkingDays

/// `bailanys letters`: outgoing letters.
struct LettersCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "letters", abstract: "Write, number and print letters to bodies and to the Agency.",
        subcommands: [New.self, List.self, Show.self, Finish.self, PDF.self])

    /// `bailanys letters new`.
    struct New: OfficeCommand {
        static let configuration = CommandConfiguration(
            commandName: "new", abstract: "Begin a letter about a case from its template.",
            discussion: "Example: bailanys letters new --kind request --case onboarding/2026-7-MNE")
        @OptionGroup var options: OfficeOptions
        @Option(help: "request, reminder, notice or protocol.") var kind: String
        @Option(name: .customLong("case"), help: "The case: onboarding/… or refusal-notice/….") var about: String

        func validate() throws { try Written.word(kind, of: "--kind", LetterKind.self) }

        func run(in office: Office) async throws {
            let kind: LetterKind = try Written.word(kind, of: "--kind")
            let id = try await office.centre.letters.draft(
                kind, about: StreamID(about), by: office.actor, at: office.now)
            office.answer(.object(["id": .string(id)]), id)
        }
    }

    /// `bailanys letters list`.
    struct List: OfficeCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "List letters, the latest first.",
            discussion: "Example: bailanys letters list --stage draft")
        @OptionGroup var options: OfficeOptions
        @Option(help: "draft, finished, signed or dropped; all unless given.") var stage: String?

        func validate() throws {
            if let stage { try Written.word(stage, of: "--stage", LetterStage.self) }
        }

        func run(in office: Office) async throws {
            let chosen = stage.flatMap { LetterStage(rawValue: $0) }
            let letters = try await office.centre.journal.read {
                try LetterRecord.fetch(.init(chosen), limit: 1_000, in: $0)
            }
            try await office.list(letters, \.json) { letter in
                "\(letter.id)\t\(letter.outgoing ?? "–")\t\(letter.stage.rawValue)\t\(letter.kind.rawValue)\t\(letter.body)\t\(letter.subject.ru)"
            }
        }
    }

    /// `bailanys letters show`.
    struct Show: OfficeCommand {
        static let configuration = CommandConfiguration(
            commandName: "show", abstract: "Print the texts of a letter.",
            discussion: "Example: bailanys letters show 2026-000001")
        @OptionGroup var options: OfficeOptions
        @Argument(help: "The number of the draft, for instance 2026-000001.") var id: String

        func run(in office: Office) async throws {
            let state = try await office.centre.casework.load(Letter.self, id: id).state
            guard let letter = state.drafted else {
                throw CommandFailure("There is no letter \(id): see “bailanys letters list”.", .notFound)
            }
            if json { return office.output.line(letter.json(id, state.finished).text) }
            office.output.line(state.finished.map { "№ \($0.outgoing), \($0.date)" } ?? "draft")
            for text in [letter.kk, letter.ru] {
                for line in ["", text.addressee, text.subject, ""] { office.output.line(line) }
                for line in text.text.split(separator: "\n", omittingEmptySubsequences: false) {
                    office.output.line(String(line))
                }
            }
        }
    }

    /// `bailanys letters finish`.
    struct Finish: OfficeCommand {
        static let configuration = CommandConfiguration(
            commandName: "finish", abstract: "Give a letter its outgoing number and keep its PDF.",
            discussion: "Example: bailanys letters finish 2026-000001")
        @OptionGroup var options: OfficeOptions
        @Argument(help: "The number of the draft.") var id: String

        func run(in office: Office) async throws {
            let finished = try await office.centre.letters.finish(id, by: office.actor, at: office.now)
            office.answer(
                .object([
                    "id": .string(id), "outgoing": .string(finished.outgoing), "date": .date(finished.date),
                    "document": .string(finished.document),
                ]), "№ \(finished.outgoing), PDF \(finished.document)")
        }
    }

    /// `bailanys letters pdf`.
    struct PDF: OfficeCommand {
        static let configuration = CommandConfiguration(
            commandName: "pdf", abstract: "Write the PDF of a letter to a file; of a draft as it would be.",
            discussion: "Example: bailanys letters pdf 2026-000001 --to letter.pdf")
        @OptionGroup var options: OfficeOptions
        @Argument(help: "The number of the draft.") var id: String
        @Option(help: "The file to write.") var to: String

        func run(in office: Office) async throws {
            let state = try await office.centre.casework.load(Letter.self, id: id).state
            var bytes: [UInt8] = []
            if let finished = state.finished {
                for try await piece in try await office.centre.attachments.open(finished.document) { bytes += piece }
            } else {
                bytes = try await office.centre.letters.pdf(of: state, date: office.centre.casework.today(office.now))
            }
            let path = try office.path(to)
            try await Blocking.brief.run { [bytes] in try OutputFile.replace(path, with: bytes) }
            office.answer(.object(["id": .string(id), "file": .string(path)]), path)
        }
    }
}

extension LetterRecord {
    /// The letter for scripts.
    fileprivate var json: JSON {
        .members([
            "id": .string(id), "kind": .string(kind.rawValue), "case": .string(about.rawValue),
            "body": .string(body), "subject": .object(["kk": .string(subject.kk), "ru": .string(subject.ru)]),
            "stage": .string(stage.rawValue), "outgoing": .text(outgoing), "date": .date(date),
            "document": .text(document), "scan": .text(scan),
        ])
    }
}

extension LetterDrafted {
    /// The texts of a letter for scripts.
    fileprivate func json(_ id: String, _ finished: LetterFinished?) -> JSON {
        func texts(_ text: LetterText) -> JSON {
            .object([
                "addressee": .string(text.addressee), "subject": .string(text.subject), "text": .string(text.text),
            ])
        }
        return .members([
            "id": .string(id), "outgoing": .text(finished?.outgoing), "date": .date(finished?.date),
            "document": .text(finished?.document), "kk": texts(kk), "ru": texts(ru),
        ])
    }
}
