import Markup

/// How much a message matters.
package enum AlertTone: String, Hashable, Sendable {
    /// Something to know.
    case info
    /// Something was done.
    case success
    /// Something to look at.
    case warning
    /// Something went wrong.
    case danger

    var icon: Icon {
        switch self {
        case .info: .info
        case .success: .met
        case .warning: .warning
        case .danger: .breached
        }
    }
}

extension HTML {
    /// A message in the page, read out at once where it is about something wrong.
    package mutating func alert(_ tone: AlertTone, title: String, content: (inout HTML) -> Void = { _ in }) {
        div(.class("alert is-\(tone.rawValue)"), .role(tone == .danger ? "alert" : "status")) { html in
            html.icon(tone.icon)
            html.div(.class("alert-body")) { html in
                html.p(.class("alert-title"), text: title)
                content(&html)
            }
        }
    }

    /// What stands where a list would be when there is nothing in it, and what one can do about it.
    package mutating func emptyState(title: String, text: String, content: (inout HTML) -> Void = { _ in }) {
        div(.class("empty")) { html in
            html.p(.class("empty-title"), text: title)
            html.p(text: text)
            content(&html)
        }
    }
}
