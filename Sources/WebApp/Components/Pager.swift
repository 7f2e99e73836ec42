import Markup

/// Where a list goes on, by cursor: there is a before and an after, and no page numbers that shift while one reads.
package struct Pager: Hashable, Sendable {
    /// What is shown of how much, in words.
    package let summary: String
    /// The address of what comes before, where there is any.
    package let previous: String?
    /// The address of what comes after, where there is any.
    package let next: String?

    /// A pager.
    package init(summary: String, previous: String?, next: String?) {
        self.summary = summary
        self.previous = previous
        self.next = next
    }
}

extension HTML {
    /// The links to the parts of a list before and after this one.
    package mutating func pager(_ pager: Pager, _ view: View) {
        // A list that stands on one page and says no more about itself has nothing to turn.
        guard !pager.summary.isEmpty || pager.previous != nil || pager.next != nil else { return }
        nav(.class("pager"), .ariaLabel(view.t("pager.label"))) { html in
            html.p(.class("pager-summary"), text: pager.summary)
            if let previous = pager.previous {
                html.a(.class("button"), .href(previous), .rel("prev"), text: view.t("pager.previous"))
            }
            if let next = pager.next {
                html.a(.class("button"), .href(next), .rel("next"), text: view.t("pager.next"))
            }
        }
    }
}
