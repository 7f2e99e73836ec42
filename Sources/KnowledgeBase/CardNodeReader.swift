import Languages
import Registry
import Yams

/// Makes a card of the nodes of a file, collecting what is wrong instead of stopping at it.
struct CardNodeReader {
    typealias Key = Card.CodingKeys

    /// Where the fields stand.
    private(set) var lines: [String: Int] = [:]
    private(set) var problems: [CardFileProblem] = []
    let mapping: Node.Mapping
    private let file: String

    init(_ mapping: Node.Mapping, file: String) {
        self.mapping = mapping
        self.file = file
        for (key, _) in mapping { if let name = key.string { lines[name] = key.mark?.line ?? 0 } }
    }

    /// The problems in the order of the lines.
    var sorted: [CardFileProblem] { problems.sorted { ($0.line, $0.message) < ($1.line, $1.message) } }

    mutating func problem(_ line: Int, _ message: String) {
        problems.append(CardFileProblem(file: file, line: line, message: message))
    }

    func line(_ node: Node, else key: Key) -> Int { node.mark?.line ?? lines[key.rawValue] ?? 0 }

    /// The card; nil where a field without which there is none is missing or wrong.
    mutating func card() -> Card? {
        let known = Set(Key.allCases.map(\.rawValue))
        for (key, _) in mapping where !known.contains(key.string ?? "") {
            problem(
                key.mark?.line ?? 0,
                "“\(key.string ?? "?")” is no field of a card: known are \(known.sorted().joined(separator: ", ")).")
        }
        let code = required(.code)
        let sphere = required(.sphere)
        let owner = required(.owner)
        var content: Card.Content?
        if let text = required(.content) {
            content = Card.Content(rawValue: text)
            if content == nil {
                let names = Card.Content.allCases.map(\.rawValue).joined(separator: ", ")
                problem(lines[Key.content.rawValue] ?? 0, "“\(text)” is no content: known are \(names).")
            }
        }
        let title = text(.title)
        if title == nil, mapping[Key.title.rawValue] == nil {
            problem(1, "the field “title” is missing: give the name of the service in Kazakh and in Russian.")
        }
        if let code, !file.isEmpty, file != code + ".yaml" {
            problem(
                lines[Key.code.rawValue] ?? 1,
                "the file is called “\(file)” but its code is “\(code)”: name it \(code).yaml, or correct the code.")
        }
        let rest = (
            registerCode: scalar(.registerCode), egovCode: scalar(.egovCode), region: scalar(.region),
            channels: channels(), stated: stated(), documents: list(.documents), grounds: list(.refusalGrounds),
            keywords: list(.keywords)
        )
        let texts = Dictionary(
            [
                Key.summary, .provider, .recipients, .term, .fee, .result, .place, .schedule, .legalBasis, .complaint,
                .contacts,
            ].map { ($0, text($0)) }, uniquingKeysWith: { first, _ in first })
        guard let code, let sphere, let owner, let content, let title else { return nil }
        func said(_ key: Key) -> CardText? { texts[key] ?? nil }
        return Card(
            code: code, registerCode: rest.registerCode, egovCode: rest.egovCode, content: content, title: title,
            summary: said(.summary), sphere: sphere, owner: owner, region: rest.region, provider: said(.provider),
            recipients: said(.recipients), channels: rest.channels, documents: rest.documents, term: said(.term),
            fee: said(.fee), result: said(.result), refusalGrounds: rest.grounds, place: said(.place),
            schedule: said(.schedule), legalBasis: said(.legalBasis), complaint: said(.complaint),
            contacts: said(.contacts), keywords: rest.keywords, stated: rest.stated)
    }

    /// The text of a node; one with characters that cannot be seen is noted as a problem and taken without them.
    mutating func plain(_ node: Node, _ key: Key) -> String? {
        guard let text = node.scalar?.string else { return nil }
        guard text.deceives else { return text }
        problem(
            line(node, else: key),
            "“\(key.rawValue)” holds control characters, or such as turn the direction of reading: remove them.")
        return text.withoutDeceivingCharacters
    }

    private mutating func scalar(_ key: Key) -> String? {
        guard let node = mapping[key.rawValue] else { return nil }
        guard let text = plain(node, key), !text.isEmpty else {
            problem(line(node, else: key), "“\(key.rawValue)” must be one word: write it, or leave the field out.")
            return nil
        }
        return text
    }

    private mutating func required(_ key: Key) -> String? {
        if mapping[key.rawValue] == nil { problem(1, "the field “\(key.rawValue)” is missing: add it.") }
        return scalar(key)
    }

    /// The nodes of the two languages of a field.
    private mutating func languages(_ key: Key) -> [(name: String, node: Node)]? {
        guard let node = mapping[key.rawValue] else { return nil }
        guard let pair = node.mapping, !pair.isEmpty else {
            problem(
                line(node, else: key),
                "“\(key.rawValue)” must be given as kk and ru: write “\(key.rawValue): {kk: …, ru: …}”.")
            return nil
        }
        var found: [(name: String, node: Node)] = []
        for (language, value) in pair {
            guard let name = language.string, name == "kk" || name == "ru" else {
                problem(
                    language.mark?.line ?? line(node, else: key),
                    "“\(language.string ?? "?")” in “\(key.rawValue)” is no language of cards: write kk or ru.")
                continue
            }
            found.append((name, value))
        }
        return found
    }

    private mutating func text(_ key: Key) -> CardText? {
        guard let pair = languages(key) else { return nil }
        var text = CardText()
        for (name, node) in pair {
            guard let words = plain(node, key), words.contains(where: { !$0.isWhitespace }) else {
                problem(line(node, else: key), "“\(key.rawValue)” in \(name) is no text: write it, or leave it out.")
                continue
            }
            if name == "kk" { text.kk = words } else { text.ru = words }
        }
        return text.kk == nil && text.ru == nil ? nil : text
    }

    private mutating func list(_ key: Key) -> LocalizedList? {
        guard let pair = languages(key) else { return nil }
        var list = LocalizedList()
        for (name, node) in pair {
            guard let items = node.sequence else {
                problem(
                    line(node, else: key), "“\(key.rawValue)” in \(name) must be a list: begin each point with “- ”.")
                continue
            }
            var points: [String] = []
            for item in items {
                if let point = plain(item, key), point.contains(where: { !$0.isWhitespace }) {
                    points.append(point)
                } else {
                    problem(
                        line(item, else: key), "a point of “\(key.rawValue)” in \(name) is no text: write it in quotes."
                    )
                }
            }
            if name == "kk" { list.kk = points } else { list.ru = points }
        }
        return list
    }

    private mutating func channels() -> [String]? {
        guard let node = mapping[Key.channels.rawValue] else { return nil }
        guard let items = node.sequence else {
            problem(line(node, else: .channels), "“channels” must be a list such as [portal, psc]: write it so.")
            return nil
        }
        return items.compactMap { item in
            if let channel = item.scalar?.string, ServiceChannel(rawValue: channel) != nil { return channel }
            let names = ServiceChannel.allCases.map(\.rawValue).sorted().joined(separator: ", ")
            problem(
                line(item, else: .channels), "“\(item.scalar?.string ?? "?")” is no channel: known are \(names).")
            return nil
        }
    }
}
