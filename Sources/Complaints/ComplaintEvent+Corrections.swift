import Casework
import Rulebook
import WorkingDays

/// The kind of a complaint was corrected.
package struct ComplaintClassified: Codable, Equatable, Sendable {
    /// The right kind.
    package var kind: ComplaintKind
    /// Why.
    package var reason: String
    /// An event from its parts.
    package init(kind: ComplaintKind, reason: String) {
        self.kind = kind
        self.reason = reason
    }
}

/// The filing, the answer or the withdrawal of a complaint happened at another moment than was recorded; the entry stays.
package struct ComplaintCorrected: Codable, Equatable, Sendable {
    /// A day of registration, worked out anew from the right moment of filing.
    package struct Registration: Codable, Equatable, Sendable {
        /// Why it is that day.
        package var ground: RegistrationRule.Ground
        /// The day from which the term runs.
        package var on: CivilDate
        /// The day before the correction.
        package var was: CivilDate

        /// A day of registration that takes the place of another.
        package init(ground: RegistrationRule.Ground, on: CivilDate, was: CivilDate) {
            self.ground = ground
            self.on = on
            self.was = was
        }
    }

    /// The place of the corrected entry in the case.
    package var entry: Int
    /// When it really happened; the clocks follow it.
    package var moment: Moment
    /// Why the entry was wrong; holds no names.
    package var reason: String
    /// The day of registration, where the moment of filing was corrected; nil for an answer or a withdrawal.
    package var registration: Registration?
    /// The wrong moment.
    package var was: Moment

    /// An event from its parts.
    package init(entry: Int, moment: Moment, reason: String, registration: Registration? = nil, was: Moment) {
        self.entry = entry
        self.moment = moment
        self.reason = reason
        self.registration = registration
        self.was = was
    }
}

/// A complaint was registered by mistake: what was recorded stays, but it counts nowhere.
package struct ComplaintAnnulled: Codable, Equatable, Sendable {
    /// Of which complaint it is a duplicate, by its number.
    package var duplicateOf: String?
    /// What kind of mistake it was.
    package var ground: AnnulmentGround
    /// Why, in the words of whoever found it; holds no names.
    package var reason: String

    /// An event from its parts.
    package init(duplicateOf: String? = nil, ground: AnnulmentGround, reason: String) {
        self.duplicateOf = duplicateOf
        self.ground = ground
        self.reason = reason
    }
}

/// A note on a complaint.
package struct ComplaintNoted: Codable, Equatable, Sendable {
    /// The note, sealed; nil where the applicant had been erased by then.
    package var text: String?
    /// An event from its parts.
    package init(text: String? = nil) {
        self.text = text
    }
}

/// Somebody looked at the name and the contacts of the applicant; who and when the journal knows.
package struct ComplaintRevealed: Codable, Equatable, Sendable {
    /// The code of the body that looked by its link; nil where one of our own people did.
    package var body: String?
    /// What for; holds no names.
    package var purpose: String

    /// An event from its parts.
    package init(body: String? = nil, purpose: String) {
        self.body = body
        self.purpose = purpose
    }
}
