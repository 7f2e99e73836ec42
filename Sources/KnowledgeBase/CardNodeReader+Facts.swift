import CanonicalJSON
import CardSearch
import Registry
import WorkingDays
import Yams

// Facts of a card, each a small mapping: `- {fact: fee, mci: 0.25, case: lost, source: "…", since: 2026-01-01}`.
extension CardNodeReader {
    /// The facts; nil where there are none.
    mutating func stated() -> [CardFact]? {
        guard let node = mapping[Key.stated.rawValue] else { return nil }
        guard let items = node.sequence, !items.isEmpty else {
            problem(line(node, else: .stated), "“facts” must be a list of facts: begin each with “- fact: …”.")
            return nil
        }
        return items.compactMap { fact($0) }
    }

    private mutating func fact(_ node: Node) -> CardFact? {
        let line = line(node, else: .stated)
        guard let mapping = node.mapping else {
            problem(line, "a point of “facts” must be fields such as “fact: fee”: write them.")
            return nil
        }
        var values: [CardFact.CodingKeys: (text: String, line: Int)] = [:]
        var text: CardText?
        for (key, value) in mapping {
            guard let name = key.string.flatMap(CardFact.CodingKeys.init(rawValue:)) else {
                let known = CardFact.CodingKeys.allCases.map(\.rawValue).sorted().joined(separator: ", ")
                problem(key.mark?.line ?? line, "“\(key.string ?? "?")” is no field of a fact: known are \(known).")
                continue
            }
            if name == .text {
                text = words(value, line)
            } else if let scalar = value.scalar?.string, !scalar.isEmpty {
                values[name] = (scalar, value.mark?.line ?? line)
            } else {
                problem(
                    value.mark?.line ?? line,
                    "“\(name.rawValue)” of a fact must be one word: write it, or leave it out.")
            }
        }
        func value<Value>(
            _ key: CardFact.CodingKeys, _ expected: String, _ read: (String) -> Value?, _ reader: inout Self
        ) -> Value? {
            guard let (text, line) = values[key] else { return nil }
            if let value = read(text) { return value }
            reader.problem(line, "“\(text)” is no “\(key.rawValue)” of a fact: \(expected).")
            return nil
        }
        let facts = ServiceFact.allCases.map(\.rawValue).joined(separator: ", ")
        let kind = value(.fact, "known are \(facts)", ServiceFact.init(rawValue:), &self)
        if values[.fact] == nil { problem(line, "a fact says what it answers: write “fact: fee”; known are \(facts).") }
        if values[.source] == nil { problem(line, "a fact says where it is known from: add “source: …”.") }
        let cases = ServiceCase.allCases.map(\.rawValue).joined(separator: ", ")
        let channels = ServiceChannel.allCases.map(\.rawValue).sorted().joined(separator: ", ")
        guard let kind else { return nil }
        var fact = CardFact(kind, source: values[.source]?.text ?? "")
        fact.about = value(.about, "known are \(cases)", ServiceCase.init(rawValue:), &self)
        fact.channel = value(.channel, "known are \(channels)", { ServiceChannel(rawValue: $0)?.rawValue }, &self)
        fact.term = value(.term, "write “5 working days”, “10 calendar days” or “at once”", Self.term, &self)
        fact.mci = value(.mci, "write a number such as 0.25", { DecimalText($0) }, &self)
        fact.tenge = value(.tenge, "write a number such as 1202.54", { DecimalText($0) }, &self)
        fact.percent = value(.percent, "write a number such as 3", { DecimalText($0) }, &self)
        fact.isFree = value(.isFree, "write true, or leave it out", { $0 == "true" ? true : nil }, &self)
        fact.since = value(.since, "write a day such as 2026-01-01", { CivilDate($0) }, &self)
        fact.until = value(.until, "write a day such as 2026-12-31", { CivilDate($0) }, &self)
        fact.text = text
        check(fact, line)
        return fact
    }

    private static func term(_ text: String) -> Term? {
        guard let term = Term(parsing: text) else { return nil }
        switch term {
        case .workingDays, .calendarDays, .atOnce: return term
        case .dayOfNextMonth, .waiting, .onDate: return nil
        }
    }

    private mutating func check(_ fact: CardFact, _ line: Int) {
        if !fact.hasValue {
            problem(line, "a fact has a value or words: add one of mci, tenge, percent, free, term, text.")
        }
        let money = [fact.mci != nil, fact.tenge != nil, fact.percent != nil, fact.isFree != nil].count { $0 }
        if money > 1 { problem(line, "a fee is told one way: keep one of mci, tenge, percent, free.") }
        if money > 0, fact.fact != .fee { problem(line, "only a fee has mci, tenge, percent or free: correct “fact”.") }
        if fact.term != nil, fact.fact != .term { problem(line, "only the fact “term” has a term: correct “fact”.") }
        if let since = fact.since, let until = fact.until, until < since {
            problem(line, "“until” is before “since”: correct the days.")
        }
    }

    private mutating func words(_ node: Node, _ line: Int) -> CardText? {
        guard let pair = node.mapping, !pair.isEmpty else {
            problem(line, "“text” of a fact must be given as kk and ru: write “text: {kk: …, ru: …}”.")
            return nil
        }
        var text = CardText()
        for (language, value) in pair {
            guard let words = plain(value, .stated), words.contains(where: { !$0.isWhitespace }) else {
                problem(line, "“text” of a fact is no text: write it, or leave it out.")
                continue
            }
            switch language.string {
            case "kk": text.kk = words
            case "ru": text.ru = words
            default: problem(line, "“\(language.string ?? "?")” in “text” is no language of cards: write kk or ru.")
            }
        }
        return text.kk == nil && text.ru == nil ? nil : text
    }
}

extension CardFact {
    /// The fact as a line of a file, without brackets.
    var line: String {
        func quoted(_ text: String) -> String { JSON.string(text).text }
        var parts = ["fact: \(fact.rawValue)"]
        if let about { parts.append("case: \(about.rawValue)") }
        if let channel { parts.append("channel: \(channel)") }
        if let term { parts.append("term: \(term)") }
        if let mci { parts.append("mci: \(mci)") }
        if let tenge { parts.append("tenge: \(tenge)") }
        if let percent { parts.append("percent: \(percent)") }
        if isFree == true { parts.append("free: true") }
        let words = [("kk", text?.kk), ("ru", text?.ru)].compactMap { name, text in
            text.map { "\(name): \(quoted($0))" }
        }
        if !words.isEmpty { parts.append("text: {\(words.joined(separator: ", "))}") }
        parts.append("source: \(quoted(source))")
        if let since { parts.append("since: \(since)") }
        if let until { parts.append("until: \(until)") }
        return parts.joined(separator: ", ")
    }
}
