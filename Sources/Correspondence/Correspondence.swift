/// What the contact centre writes to others, and the two doors that it opens for them.
///
/// Decides: what a letter says and how it becomes a numbered PDF; which link lets a body act without an account, for how
/// long and on what; who hears what of a complaint and by which way; which dates a person's calendar subscribes to; when a reminder leaves the house.
/// Refuses to know: HTTP, pages, how a mail travels, what the steps of a request mean to the law (`Onboarding`).
///
/// - `LetterTemplate.swift` — templates in `schedules/letters`, with named fields; a wrong one is named by its line.
/// - `Letter.swift`, `LetterDesk.swift` — a letter from draft to signed scan; numbers per year without gaps.
/// - `LetterPDF.swift` — A4 pages in both languages, by `Printing`.
/// - `BodyLink.swift`, `BodyLinkKey.swift`, `BodyLinkDesk.swift` — signed, expiring links for the bodies.
/// - `ComplaintMail.swift`, `ComplaintNotice*.swift`, `BodyChannel.swift` — a complaint goes to its body, and the applicant
///   hears of it: by mail through the outbox, each once; who confirmed nothing in a day is on the morning page.
/// - `ViolationDesk.swift` — the ledger of violations: a body is told, and replies by its link.
/// - `CalendarFeed.swift`, `ICalendarText.swift` — the deadlines as an iCalendar feed (RFC 5545).
/// - `Reminder*.swift` — mails before a term ends and when it is broken, each once, at working hours.
import Casework
import Journal

/// The journalled types of this module, for the composition root.
package enum Correspondence {
    /// The events that the catalogue has to know.
    package static let eventTypes: [any EventContent.Type] = [
        LetterEvent.self, BodyLinkEvent.self, CalendarFeedEvent.self, BodyChannelEvent.self, ComplaintNoticeEvent.self,
    ]

    /// The tables over the events that a catalogue can read.
    package static func projections(_ catalogue: EventCatalogue) -> [any Projection] {
        [
            LetterProjection(catalogue: catalogue), BodyLinkProjection(catalogue: catalogue),
            CalendarFeedProjection(catalogue: catalogue), BodyChannelProjection(catalogue: catalogue),
            ComplaintNoticeProjection(catalogue: catalogue),
        ]
    }
}
