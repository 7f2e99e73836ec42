import WorkingDays

/// When the other side asked to be tried again (RFC 9110 §10.2.3).
package enum RetryAfter: Hashable, Sendable, Codable {
    /// So many seconds from the answer.
    case seconds(Int64)
    /// At this time, by the other side's clock.
    case at(Moment)

    /// Reads the field; nil if it is neither a number of seconds nor a date in the preferred form.
    package init?(headerValue: String) {
        let text = headerValue.split(separator: " ").joined(separator: " ")
        if !text.isEmpty, text.utf8.allSatisfy({ (48...57).contains($0) }) {
            self = .seconds(Int64(text) ?? Int64(Int32.max))
            return
        }
        guard let moment = Self.moment(of: text) else { return nil }
        self = .at(moment)
    }

    /// The milliseconds to wait from `now`, never negative.
    package func wait(from now: Moment) -> Int64 {
        switch self {
        case .seconds(let seconds): max(0, min(seconds, Int64(Int32.max))) * 1000
        case .at(let moment): max(0, moment.millisecondsSince1970 - now.millisecondsSince1970)
        }
    }

    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// Reads "Sun, 06 Nov 1994 08:49:37 GMT".
    private static func moment(of text: String) -> Moment? {
        let words = text.split(separator: " ")
        guard words.count == 6, words[0].count == 4, words[0].hasSuffix(","), words[5] == "GMT",
            words[1].utf8.count == 2, words[3].utf8.count == 4, let month = months.firstIndex(of: String(words[2]))
        else { return nil }
        let number = String(month + 1)
        let padded = number.count == 1 ? "0" + number : number
        return Moment("\(words[3])-\(padded)-\(words[1])T\(words[4])Z")
    }
}
