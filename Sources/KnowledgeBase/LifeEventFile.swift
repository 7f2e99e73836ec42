import Foundation
import Languages
import Rulebook
import Yams

extension LifeEvents {
    /// Reads the files `L….yaml` of a folder; none where there is no such folder.
    /// - Throws: `RulebookLoadError` with every fault of every file, each with its line; `CocoaError`.
    package static func load(folder: String) throws -> LifeEvents {
        let files = FileManager.default
        guard files.fileExists(atPath: folder) else { return .none }
        var events: [LifeEvent] = []
        var problems: [RulebookProblem] = []
        for name in try files.contentsOfDirectory(atPath: folder).sorted() where name.hasSuffix(".yaml") {
            let bytes = try Data(contentsOf: URL(fileURLWithPath: folder + "/" + name))
            let (event, found) = read(String(decoding: bytes, as: UTF8.self), file: name)
            problems += found
            if let event { events.append(event) }
        }
        guard problems.isEmpty else { throw RulebookLoadError(problems: problems) }
        return LifeEvents(events)
    }

    /// The event of a text, and everything that is wrong with it.
    /// - Parameter file: the name of the file, which must be the event's code.
    package static func read(_ text: String, file: String) -> (event: LifeEvent?, problems: [RulebookProblem]) {
        var list = ProblemList(file: file)
        guard let root = list.compose(text, "a life event") else { return (nil, list.problems) }
        let event = LifeEventReader(root: root).event(file, &list)
        return (list.problems.isEmpty ? event : nil, list.problems)
    }
}

/// Reads the fields of one life event.
private struct LifeEventReader {
    let root: Node

    func event(_ file: String, _ list: inout ProblemList) -> LifeEvent {
        let fields = YAMLFields(
            root, name: "the life event", line: 1, keys: ["code", "content", "title", "summary", "says", "steps"], &list
        )
        let code = fields.text("code", "name it L01, L02 and so on", &list)
        if code + ".yaml" != file {
            list.add(
                fields["code"]?.line ?? 1, "the file of “\(code)” must be called \(code).yaml: rename one of them.")
        }
        let content: Card.Content = fields.choice("content", &list) ?? .illustrative
        if content == .registryOnly {
            list.add(fields["content"]?.line ?? 1, "a life event is illustrative or confirmed: write one of them.")
        }
        let says = ["kk", "ru"].flatMap { fields["says"]?[$0]?.texts ?? [] }
        if says.isEmpty {
            list.add(fields["says"]?.line ?? 1, "“says” is empty: write how callers tell it, in kk and ru.")
        }
        let nodes = fields["steps"]?.sequence.map(Array.init) ?? []
        if nodes.count < 2 {
            list.add(fields["steps"]?.line ?? 1, "“steps” needs two services at least: write them in order.")
        }
        return LifeEvent(
            code: code, content: content, title: Self.both(fields, "title", &list),
            summary: Self.both(fields, "summary", &list), says: says, steps: nodes.map { Self.step($0, &list) })
    }

    private static func step(_ node: Node, _ list: inout ProblemList) -> LifeEvent.Step {
        let fields = YAMLFields(
            node, name: "the step", line: node.line, keys: ["card", "what", "who", "by", "where"], &list)
        return LifeEvent.Step(
            card: fields.text("card", "name the card, for instance S0121", &list), what: both(fields, "what", &list),
            who: both(fields, "who", &list), by: both(fields, "by", &list),
            place: fields["where"] == nil ? nil : both(fields, "where", &list))
    }

    /// A text in both languages of cards.
    private static func both(_ fields: YAMLFields, _ key: String, _ list: inout ProblemList) -> Localized {
        let own = YAMLFields(
            fields[key], name: "“\(key)” of \(fields.name)", line: fields.line, keys: ["kk", "ru"], &list)
        let advice = "write it in kk and ru"
        return Localized(kk: own.text("kk", advice, &list), ru: own.text("ru", advice, &list))
    }
}
