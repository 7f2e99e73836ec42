import Markup

/// How a term stands, for badges, bars and tiles; each has a colour, a picture and a word, never a colour alone.
package enum ClockState: String, CaseIterable, Hashable, Sendable {
    /// Days are left.
    case running
    /// The last day is today.
    case dueToday
    /// The term of law is over and the duty not done, or done too late.
    case breached
    /// A target of our own is past: only a delay, nobody's violation.
    case missed
    /// Done in time.
    case met
    /// Stopped for the time being.
    case suspended
    /// Has not begun: waits for something before it.
    case waiting
    /// The date depends on a year whose calendar is only an estimate.
    case provisional

    /// What is drawn beside the word.
    package var icon: Icon {
        switch self {
        case .running: .running
        case .dueToday: .due
        case .breached: .breached
        case .missed: .missed
        case .met: .met
        case .suspended: .suspended
        case .waiting: .waiting
        case .provisional: .estimate
        }
    }

    /// The class that gives the colours.
    var className: String { "is-\(rawValue)" }
}

extension HTML {
    /// A state as a small label, with the usual word or one that says more, such as “2 days left”.
    package mutating func badge(_ state: ClockState, _ view: View, text: String? = nil) {
        span(.class("badge \(state.className)")) { html in
            html.icon(state.icon)
            html.text(text ?? view.name("state", state))
        }
    }

    /// A neutral label: a kind, a language, a count.
    package mutating func tag(_ text: String) {
        span(.class("tag"), text: text)
    }
}
