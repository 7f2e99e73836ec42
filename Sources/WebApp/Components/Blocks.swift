import Markup

/// One line of a list of facts.
package struct Fact: Sendable {
    let label: String
    let content: @Sendable (inout HTML) -> Void

    /// A fact that is a text.
    package init(_ label: String, _ text: String) {
        self.label = label
        content = { $0.text(text) }
    }

    /// A fact that is more than a text.
    package init(_ label: String, content: @escaping @Sendable (inout HTML) -> Void) {
        self.label = label
        self.content = content
    }
}

extension HTML {
    /// The heading of a page: where one is, what it is about, what can be done.
    package mutating func pageHeader(
        _ title: String, lead: String? = nil, actions: ((inout HTML) -> Void)? = nil
    ) {
        div(.class("page-header")) { html in
            html.div { html in
                html.h1(text: title)
                if let lead { html.p(.class("lead"), text: lead) }
            }
            if let actions { html.div(.class("actions"), content: actions) }
        }
    }

    /// A part of a page with a heading and a frame.
    package mutating func panel(_ title: String, id: String, content: (inout HTML) -> Void) {
        section(.class("panel"), .ariaLabelledBy(id)) { html in
            html.h2(.id(id), text: title)
            content(&html)
        }
    }

    /// Facts about one thing: labels and values.
    package mutating func facts(_ facts: [Fact]) {
        dl(.class("facts")) { html in
            for fact in facts {
                html.div { html in
                    html.dt(text: fact.label)
                    html.dd(content: fact.content)
                }
            }
        }
    }

    /// The way from the start to this page.
    package mutating func breadcrumbs(_ steps: [(label: String, path: SitePath)], _ view: View) {
        nav(.class("breadcrumbs"), .ariaLabel(view.t("nav.breadcrumbs"))) { html in
            html.ol { html in
                for step in steps { html.li { $0.a(.href(step.path.path), text: step.label) } }
            }
        }
    }
}
