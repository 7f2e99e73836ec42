import WorkingDays

/// A calendar in the form of RFC 5545: all-day events, lines of at most 75 octets, ended by CRLF.
package struct ICalendarText: Sendable {
    /// One day with something to be done.
    package struct Event: Sendable, Hashable {
        /// The same for the same deadline for ever, so that a moved one moves.
        package var uid: String
        /// The day.
        package var on: CivilDate
        /// When the deadline came to be.
        package var stamp: Moment
        /// What stands in the calendar.
        package var summary: String
        /// What stands below it.
        package var description: String
        /// The address of what is to be done; nil where there is none.
        package var url: String?

        /// An event from its parts.
        package init(
            uid: String, on: CivilDate, stamp: Moment, summary: String, description: String, url: String? = nil
        ) {
            self.uid = uid
            self.on = on
            self.stamp = stamp
            self.summary = summary
            self.description = description
            self.url = url
        }
    }

    /// The name of the calendar.
    package var name: String
    /// What stands in it.
    package var events: [Event]

    /// A calendar from its parts.
    package init(name: String, events: [Event]) {
        self.name = name
        self.events = events
    }

    /// The whole text.
    package var text: String {
        var lines = [
            "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Bailanys//Deadlines//KK", "CALSCALE:GREGORIAN",
            "METHOD:PUBLISH", "X-WR-CALNAME:\(Self.escaped(name))", "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
            "X-PUBLISHED-TTL:PT6H",
        ]
        for event in events {
            lines += [
                "BEGIN:VEVENT", "UID:\(Self.escaped(event.uid))", "DTSTAMP:\(Self.stamp(event.stamp))",
                "DTSTART;VALUE=DATE:\(Self.day(event.on))",
                "DTEND;VALUE=DATE:\(Self.day(event.on.adding(days: 1)))", "SUMMARY:\(Self.escaped(event.summary))",
                "DESCRIPTION:\(Self.escaped(event.description))",
            ]
            // An address is no text: nothing in it is escaped, and no sign of another line is in one.
            if let url = event.url { lines.append("URL:\(url.filter { $0 > " " })") }
            lines += ["TRANSP:TRANSPARENT", "END:VEVENT"]
        }
        lines.append("END:VCALENDAR")
        return lines.map(Self.folded).joined(separator: "\r\n") + "\r\n"
    }

    /// A text with what has a meaning of its own escaped; what a line cannot hold parts words all the same.
    static func escaped(_ text: String) -> String {
        var escaped = String.UnicodeScalarView()
        for scalar in text.replacing("\r\n", with: "\n").unicodeScalars {
            switch scalar {
            case "\\", ";", ",":
                escaped.append("\\")
                escaped.append(scalar)
            case "\n": escaped.append(contentsOf: "\\n".unicodeScalars)
            case "\t", "\r": escaped.append(" ")
            case let other where other.value < 0x20 || other.value == 0x7F: break
            default: escaped.append(scalar)
            }
        }
        return String(escaped)
    }

    /// A line cut after at most 75 octets, never within a character; what follows begins with a blank.
    static func folded(_ line: String) -> String {
        var result = String.UnicodeScalarView()
        var octets = 0
        for scalar in line.unicodeScalars {
            let size = UTF8.width(scalar)
            if octets + size > 75 {
                result.append(contentsOf: "\r\n ".unicodeScalars)
                octets = 1
            }
            result.append(scalar)
            octets += size
        }
        return String(result)
    }

    private static func day(_ date: CivilDate) -> String { date.description.filter { $0 != "-" } }

    /// `20260319T040506Z`.
    private static func stamp(_ moment: Moment) -> String {
        String(moment.description.prefix(19)).filter { $0 != "-" && $0 != ":" } + "Z"
    }
}
