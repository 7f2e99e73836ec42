import Foundation
import WorkingDays

/// A mail with a text and one attachment, in the smallest form of MIME that carries Kazakh and Russian safely.
struct MIMEMessage: Hashable, Sendable {
    var sender: String
    var recipients: [String]
    var subject: String
    var text: String
    var attachmentName: String
    var attachmentType: String
    var attachment: [UInt8]
    var date: Moment
    /// Unique for the document, so that a mail that arrives twice can be recognised.
    var messageID: String

    /// The message, lines ended by CRLF.
    var bytes: [UInt8] {
        if attachmentName.isEmpty { return plain }
        // No base64 line can contain it.
        let boundary = "=_bailanys_\(messageID.prefix { $0 != "@" })"
        var lines = [
            "From: <\(sender)>", "To: \(recipients.map { "<\($0)>" }.joined(separator: ", "))",
            "Date: \(Self.date(date))", "Message-ID: <\(messageID)>", "Subject: \(Self.encodedWords(subject))",
            "MIME-Version: 1.0", "Content-Type: multipart/mixed;", " boundary=\"\(boundary)\"", "", "--\(boundary)",
            "Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: base64", "",
        ]
        lines += Self.base64Lines(Array(text.utf8))
        lines += [
            "--\(boundary)", "Content-Type: \(attachmentType)", "Content-Transfer-Encoding: base64",
            "Content-Disposition: attachment; filename=\"\(Self.plainName(attachmentName))\"", "",
        ]
        lines += Self.base64Lines(attachment)
        lines += ["--\(boundary)--", ""]
        return Array(lines.joined(separator: "\r\n").utf8)
    }

    /// The message without an attachment.
    private var plain: [UInt8] {
        let lines =
            [
                "From: <\(sender)>", "To: \(recipients.map { "<\($0)>" }.joined(separator: ", "))",
                "Date: \(Self.date(date))", "Message-ID: <\(messageID)>", "Subject: \(Self.encodedWords(subject))",
                "MIME-Version: 1.0", "Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: base64", "",
            ] + Self.base64Lines(Array(text.utf8)) + [""]
        return Array(lines.joined(separator: "\r\n").utf8)
    }

    /// A header's text as encoded words (RFC 2047), short enough for a line after `Subject: `, never split inside a character.
    static func encodedWords(_ text: String) -> String {
        var words: [String] = []
        var chunk: [UInt8] = []
        for scalar in text.unicodeScalars where scalar.value >= 0x20 && scalar.value != 0x7F {
            let bytes = Array(String(scalar).utf8)
            if chunk.count + bytes.count > 39 {
                words.append("=?UTF-8?B?\(Data(chunk).base64EncodedString())?=")
                chunk = []
            }
            chunk += bytes
        }
        if !chunk.isEmpty { words.append("=?UTF-8?B?\(Data(chunk).base64EncodedString())?=") }
        return words.joined(separator: "\r\n ")
    }

    /// Base64 in lines of 76 characters.
    static func base64Lines(_ bytes: [UInt8]) -> [String] {
        stride(from: 0, to: bytes.count, by: 57).map { start in
            Data(bytes[start..<min(start + 57, bytes.count)]).base64EncodedString()
        }
    }

    /// The date as RFC 5322 writes it, in UTC: "Thu, 19 Mar 2026 04:05:06 +0000".
    static func date(_ moment: Moment) -> String {
        let text = moment.description
        guard let day = CivilDate(text.prefix(10)) else { return text }
        let names = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let number = day.day < 10 ? "0\(day.day)" : "\(day.day)"
        let time = text.dropFirst(11).prefix(8)
        return "\(names[day.weekday.rawValue - 1]), \(number) \(months[day.month - 1]) \(day.year) \(time) +0000"
    }

    /// A file name that needs no quoting.
    private static func plainName(_ name: String) -> String {
        String(
            String.UnicodeScalarView(
                name.unicodeScalars.map { scalar in
                    scalar.isASCII
                        && (scalar.properties.isAlphabetic || "0123456789.-_".unicodeScalars.contains(scalar))
                        ? scalar : "_"
                }))
    }
}
