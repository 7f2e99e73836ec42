import Intake
import Markup
import Triage

/// The words of a citizen as they may be shown: what tells who somebody is stands hidden, and what speaks for a proposal is marked.
struct MarkedText: Sendable {
    /// What words speak for, beside the fields that are asked.
    enum Mark: String, CaseIterable, Hashable, Sendable {
        case nature, kind, service, region, place, named, urgent, again

        var key: TextKey { TextKey(family: "evidence", member: rawValue) }
    }

    /// A piece of the text.
    enum Piece: Hashable, Sendable {
        /// Words that speak for nothing.
        case plain(String)
        /// Words that speak for a proposal.
        case marked(String, Mark)
        /// Hidden: a name, a telephone.
        case hidden(PersonalSpan.Kind)
    }

    /// The pieces in their order.
    let pieces: [Piece]

    /// Cuts a text by its reading; where words speak for several fields, the one that is asked first counts.
    init(_ text: String, _ reading: ComplaintReading) {
        self.init(text, hiding: reading.personal, marking: Self.evidence(of: reading))
    }

    /// Cuts a text in which nothing is marked.
    init(_ text: String, hiding personal: [PersonalSpan]) { self.init(text, hiding: personal, marking: []) }

    private init(_ text: String, hiding personal: [PersonalSpan], marking evidence: [(Mark, [Range<Int>])]) {
        let bytes = Array(text.utf8)
        // What stands at each byte: 0 nothing, 1… a mark, below 0 a piece of personal data by its number.
        var owners = [Int32](repeating: 0, count: bytes.count)
        for (mark, ranges) in evidence.reversed() {
            let number = Int32((Mark.allCases.firstIndex(of: mark) ?? 0) + 1)
            for range in ranges { for index in range.clamped(to: 0..<bytes.count) { owners[index] = number } }
        }
        for (place, span) in personal.enumerated() {
            for index in span.bytes.clamped(to: 0..<bytes.count) { owners[index] = -Int32(place) - 1 }
        }
        var pieces: [Piece] = []
        var start = 0
        while start < bytes.count {
            let owner = owners[start]
            var end = start + 1
            while end < bytes.count, owners[end] == owner { end += 1 }
            if owner < 0 {
                pieces.append(.hidden(personal[Int(-owner) - 1].kind))
            } else {
                let words = String(decoding: bytes[start..<end], as: UTF8.self)
                pieces.append(owner == 0 ? .plain(words) : .marked(words, Mark.allCases[Int(owner) - 1]))
            }
            start = end
        }
        self.pieces = pieces
    }

    /// Where the words stand that speak for each field.
    private static func evidence(of reading: ComplaintReading) -> [(Mark, [Range<Int>])] {
        func ranges(_ evidence: [ComplaintReading.Evidence]?) -> [Range<Int>] { evidence?.map(\.bytes) ?? [] }
        var marks: [(Mark, [Range<Int>])] = [
            (.urgent, ranges(reading.urgent?.evidence)),
            (.kind, ranges(reading.isComplaint ? reading.kind.evidence : nil)),
            (.named, ranges(reading.named?.evidence)), (.region, ranges(reading.region?.evidence)),
            (.place, ranges(reading.place?.evidence)), (.service, ranges(reading.services.first?.evidence)),
            (.again, ranges(reading.again?.evidence)),
        ]
        // What makes a text a complaint is what the complaint is about; only where it is none of ours these words come first.
        let isOurs = reading.isComplaint && reading.elsewhere == nil
        let nature = ranges(reading.nature.evidence) + ranges(reading.elsewhere?.evidence)
        marks.insert((.nature, nature), at: isOurs ? marks.count : 0)
        return marks
    }

    /// Words of a range with what is personal hidden, cut after so many characters.
    static func quote(
        _ range: Range<Int>, of text: String, _ reading: ComplaintReading, most limit: Int = 80
    ) -> String {
        if reading.personal.contains(where: { $0.bytes.overlaps(range) }) { return "‹…›" }
        let bytes = Array(text.utf8)
        let words = String(decoding: bytes[range.clamped(to: 0..<bytes.count)], as: UTF8.self)
            .split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return words.count > limit ? words.prefix(limit) + "…" : words
    }

    func draw(into html: inout HTML, _ view: View) {
        html.p(.class("words-shown")) { html in
            for piece in pieces {
                switch piece {
                case .plain(let words): html.text(words)
                case .marked(let words, let mark):
                    html.mark(.class("evidence is-\(mark.rawValue)"), .title(view.t(mark.key)), text: words)
                case .hidden(let kind):
                    html.span(.class("masked"), text: "‹\(view.name("personal", kind))›")
                }
            }
        }
    }
}
