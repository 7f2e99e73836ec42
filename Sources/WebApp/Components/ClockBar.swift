import Markup

/// One term in the chain of a case.
package struct ClockSegment: Hashable, Sendable {
    /// The duty, in words.
    package let title: String
    /// Whose duty it is.
    package let owner: String
    /// How it stands.
    package let state: ClockState
    /// What there is to say: “2 of 3 working days left”, “done on 19.03.2026”.
    package let note: String
    /// The date, formatted; nil where the term has not begun.
    package let date: String?
    /// The page with the proof of the date.
    package let proofAddress: String?
    /// How much of the term has passed, in thousandths.
    package let passed: Int

    /// A segment.
    package init(
        title: String, owner: String, state: ClockState, note: String, date: String?, proofAddress: String? = nil,
        passed: Int
    ) {
        self.title = title
        self.owner = owner
        self.state = state
        self.note = note
        self.date = date
        self.proofAddress = proofAddress
        self.passed = min(max(passed, 0), 1_000)
    }
}

extension HTML {
    /// The chain of terms of a case as a bar that reads from left to right: done, running, to come.
    package mutating func clockBar(_ segments: [ClockSegment], label: String, _ view: View) {
        ol(.class(segments.count > 5 ? "clockbar is-long" : "clockbar"), .ariaLabel(label)) { html in
            for segment in segments {
                html.li(.class("clock \(segment.state.className)")) { html in
                    html.svg(
                        width: 1_000, height: 10, .class("clock-track"), .ariaHidden,
                        Attribute("preserveAspectRatio", "none")
                    ) { html in
                        html.rect(x: 0, y: 0, width: 1_000, height: 10, .class("clock-whole"))
                        html.rect(x: 0, y: 0, width: segment.passed, height: 10, .class("clock-passed"))
                    }
                    html.p(.class("clock-title"), text: segment.title)
                    html.p(.class("clock-owner"), text: segment.owner)
                    html.p(.class("clock-state")) { html in
                        html.badge(segment.state, view, text: segment.note)
                    }
                    if let date = segment.date {
                        html.p(.class("clock-date")) { html in
                            if let address = segment.proofAddress {
                                html.a(.href(address), text: date)
                            } else {
                                html.text(date)
                            }
                        }
                    }
                }
            }
        }
    }
}
