import Complaints
import WorkingDays

/// Words as they came in, with who sent them and by which way.
package struct IntakeWords: Sendable, Hashable {
    /// The words.
    package var text: String
    /// By which way: `forum`, `phone`, `office`, `mail`.
    package var channel: String
    /// The language of the person, `kk` or `ru`.
    package var language: String?
    /// Who he is and how he can be reached.
    package var contacts: ComplaintContacts
    /// The number on the forum, where they come from there.
    package var forumNumber: String?
    /// The number of the call in which they were told.
    package var contact: String?
    /// When they arrived: the legal moment of filing.
    package var receivedAt: Moment

    /// Words from their parts.
    package init(
        text: String, channel: String, language: String? = nil, contacts: ComplaintContacts = ComplaintContacts(),
        forumNumber: String? = nil, contact: String? = nil, receivedAt: Moment
    ) {
        self.text = text
        self.channel = channel
        self.language = language
        self.contacts = contacts
        self.forumNumber = forumNumber
        self.contact = contact
        self.receivedAt = receivedAt
    }

    /// The same as a filing with what was decided for one matter.
    package func filing(_ matter: IntakeMatter) -> ComplaintFiling {
        ComplaintFiling(
            forumNumber: forumNumber, channel: channel, kind: matter.kind, service: matter.service,
            body: matter.named, region: matter.region, place: matter.place, language: language, subject: text,
            contacts: contacts, filedAt: receivedAt)
    }
}

/// What a person decided for one matter of the words: the facts, from which the law decides who answers.
package struct IntakeMatter: Sendable, Hashable {
    /// What it is about.
    package var kind: ComplaintKind
    /// The code of the service.
    package var service: String?
    /// The code of the region where the applicant was served.
    package var region: String?
    /// Where he was served: `portal`, `psc`, `office`.
    package var place: String?
    /// The code of the body that is blamed.
    package var named: String?
    /// Who must answer and until when, as the person saw it before he confirmed; nil where a program registers unseen.
    package var shown: Shown?

    /// What was shown before the confirmation.
    package struct Shown: Sendable, Hashable {
        /// The code of the body that must answer.
        package let body: String
        /// The last day.
        package let dueOn: CivilDate

        /// What was shown.
        package init(body: String, dueOn: CivilDate) {
            self.body = body
            self.dueOn = dueOn
        }
    }

    /// A matter from its parts.
    package init(
        kind: ComplaintKind, service: String? = nil, region: String? = nil, place: String? = nil, named: String? = nil,
        shown: Shown? = nil
    ) {
        self.kind = kind
        self.service = service
        self.region = region
        self.place = place
        self.named = named
        self.shown = shown
    }
}
