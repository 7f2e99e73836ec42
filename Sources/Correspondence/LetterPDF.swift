import Blocking
import Languages
import Printing
import WorkingDays

/// A letter as the printer needs it.
package struct PrintedLetter: Hashable, Sendable {
    /// What it is for.
    package var kind: LetterKind
    /// The outgoing number; nil on a preview.
    package var number: String?
    /// The day on which it is finished.
    package var date: CivilDate
    /// What it says in Kazakh.
    package var kk: LetterText
    /// What it says in Russian.
    package var ru: LetterText
    /// The SHA-256 of the documents that go with it.
    package var attachments: [String]
    /// What each of them is; empty in letters begun before titles were kept.
    package var titles: [LetterEnclosure]

    /// A letter from its parts.
    package init(
        kind: LetterKind, number: String?, date: CivilDate, kk: LetterText, ru: LetterText, attachments: [String] = [],
        titles: [LetterEnclosure] = []
    ) {
        self.kind = kind
        self.number = number
        self.date = date
        self.kk = kk
        self.ru = ru
        self.attachments = attachments
        self.titles = titles
    }
}

/// Draws letters as PDF: A4, both languages, fonts embedded, the text can be copied and searched.
///
/// The same letter gives the same bytes with the same libraries: the date in the file is the letter's.
package enum LetterPDF {
    /// The bytes of a letter, drawn on a thread that may be busy for the few milliseconds it takes.
    /// - Throws: `PDFFailure`.
    package static func bytes(of letter: PrintedLetter, _ letterhead: Letterhead) async throws -> [UInt8] {
        try await Blocking.brief.run { try bytesNow(of: letter, letterhead) }
    }

    /// The same on the calling thread.
    package static func bytesNow(of letter: PrintedLetter, _ letterhead: Letterhead) throws -> [UInt8] {
        let facts = PDFDocument.Facts(
            title: "\(letter.kk.subject) / \(letter.ru.subject)", author: letterhead.text("organisation", .kk),
            day: letter.date)
        let number = letter.number.map { "№ \($0) · " } ?? ""
        return try PDFDocument.bytesNow(facts) { page, total in
            "\(number)\(short(letter.date)) · \(page) / \(total)"
        } draw: { canvas in
            head(&canvas, letter, letterhead)
            body(&canvas, letter.kk, letter, letterhead, .kk)
            if letter.kind == .protocolOfAcceptance { canvas.y += 6 }
            canvas.y += 10
            canvas.keep(150)
            canvas.rule(from: PageCanvas.column.x, to: PageCanvas.column.x + 90, at: canvas.y)
            canvas.y += 16
            body(&canvas, letter.ru, letter, letterhead, .ru)
        }
    }

    private static func head(_ canvas: inout PageCanvas, _ letter: PrintedLetter, _ letterhead: Letterhead) {
        let column = PageCanvas.column
        let half = column.width / 2 - 12
        let boxes = [
            PageCanvas.Box(x: column.x, width: half), PageCanvas.Box(x: column.x + half + 24, width: half),
        ]
        var bottom = canvas.y
        for (box, language) in zip(boxes, [Language.kk, .ru]) {
            let name = PageCanvas.Style(size: 12, isBold: true, isCentred: true, language: language.rawValue)
            let address = PageCanvas.Style(size: 8, isCentred: true, isGrey: true, language: language.rawValue)
            var y = canvas.y
            y += canvas.put(letterhead.text("organisation", language), in: box, at: y, name) + 4
            y += canvas.put(letterhead.text("address", language), in: box, at: y, address)
            bottom = max(bottom, y)
        }
        canvas.y = bottom + 10
        canvas.rule(from: column.x, to: column.x + column.width, at: canvas.y, width: 1.2)
        canvas.y += 10
        canvas.paragraph("№ \(letter.number ?? "________")        \(short(letter.date))", PageCanvas.Style(after: 18))
    }

    private static func body(
        _ canvas: inout PageCanvas, _ text: LetterText, _ letter: PrintedLetter, _ letterhead: Letterhead,
        _ language: Language
    ) {
        let code = language.rawValue
        let column = PageCanvas.column
        if letter.kind != .protocolOfAcceptance {
            // The addressee stands in the right half, as in letters of the state.
            let box = PageCanvas.Box(x: column.x + column.width * 0.5, width: column.width * 0.5)
            canvas.paragraph(
                text.addressee, in: box, PageCanvas.Style(size: 10.5, isBold: true, after: 14, language: code))
        }
        canvas.paragraph(
            text.subject,
            PageCanvas.Style(
                size: 11, isBold: true, isCentred: letter.kind == .protocolOfAcceptance, after: 10, language: code))
        let lines = text.text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        for (index, line) in lines.enumerated() where !line.isEmpty {
            let isFollowed = index + 1 < lines.count && !lines[index + 1].isEmpty
            let isItem = line.hasPrefix("– ")
            let box =
                isItem ? PageCanvas.Box(x: column.x + 14, width: column.width - 14) : column
            canvas.paragraph(line, in: box, PageCanvas.Style(after: isFollowed ? 3 : 8, language: code))
        }
        if !letter.attachments.isEmpty {
            let heading = PageCanvas.Style(isBold: true, after: 3, language: code)
            canvas.keep(40)
            canvas.paragraph(letterhead.text("attachments", language), heading)
            for (index, digest) in letter.attachments.enumerated() {
                let title =
                    letter.titles.indices.contains(index)
                    ? language == .kk ? letter.titles[index].kk : letter.titles[index].ru
                    : "\(letterhead.text("document", language)), SHA-256 \(digest.prefix(16))…"
                canvas.paragraph("\(index + 1). \(title)", PageCanvas.Style(size: 9.5, after: 2, language: code))
            }
            canvas.y += 6
        }
        var signatories = ["signatory"]
        if letter.kind == .protocolOfAcceptance { signatories.append("body-signatory") }
        for signatory in signatories {
            canvas.keep(52)
            canvas.y += 14
            let box = PageCanvas.Box(x: column.x, width: column.width * 0.52)
            let height = canvas.put(
                letterhead.text(signatory, language), in: box, at: canvas.y, PageCanvas.Style(language: code))
            let line = canvas.y + height - 2
            canvas.rule(from: column.x + column.width * 0.58, to: column.x + column.width, at: line)
            canvas.y += height + 8
        }
    }

    /// `19.03.2026`.
    package static func short(_ date: CivilDate) -> String {
        let (year, month, day) = date.parts
        return "\(day < 10 ? "0" : "")\(day).\(month < 10 ? "0" : "")\(month).\(year)"
    }
}
