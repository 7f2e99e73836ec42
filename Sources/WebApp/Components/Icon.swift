import Markup

/// The few pictures of the site, drawn by lines in a square of 16 units; always beside a word, never instead of one.
package enum Icon: Sendable, CaseIterable {
    case home, search, card, request, body, plan, calendar, complaint, report, chart, people, journal, gear
    case running, due, breached, missed, met, suspended, waiting, estimate
    case info, warning, plus, download, print, signOut, key, chevron, back, external, close, user, globe, contrast

    var path: StaticString {
        switch self {
        case .home: "M2.5 7.2 8 2.5l5.5 4.7V13a.5.5 0 0 1-.5.5H9.8v-4H6.2v4H3a.5.5 0 0 1-.5-.5z"
        case .search: "M7 12A5 5 0 1 0 7 2a5 5 0 0 0 0 10ZM10.7 10.7 14 14"
        case .card: "M3 2.5h10v11H3zM5.5 5.5h5M5.5 8h5M5.5 10.5h3"
        case .request: "M2.5 4h11v8.5h-11zM2.5 4.5 8 8.8l5.5-4.3"
        case .body: "M2 13.5h12M3 6.5h10L8 2.5zM4.2 6.5v7M8 6.5v7M11.8 6.5v7"
        case .plan: "M2.5 3.5h6M2.5 8h9M2.5 12.5h4M11 2v3M13.5 6.5v3M9 11v3"
        case .calendar: "M2.5 3.5h11v10h-11zM2.5 6.5h11M5.5 2v2.5M10.5 2v2.5M5.5 9.5h1M9.5 9.5h1"
        case .complaint: "M2.5 3h11v8H7.5l-3 2.5V11h-2zM8 5.2v2.6M8 9.2v.2"
        case .report: "M3.5 2h6l3 3v9h-9zM9.5 2v3h3M6 11V9M8 11V7.5M10 11V8.5"
        case .chart: "M2.5 2.5v11h11M5.5 11V8M8.5 11V5M11.5 11V7"
        case .people:
            "M6 7.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5ZM1.8 13.5c0-2.4 1.7-4 4.2-4s4.2 1.6 4.2 4M10.5 2.8a2.3 2.3 0 0 1 0 4.4M11.8 9.8c1.5.5 2.4 1.8 2.4 3.7"
        case .journal: "M3.5 2.5h9v11h-9zM3.5 2.5v11M6 2.5v11M8.2 5.5h2.2M8.2 8h2.2"
        case .gear:
            "M8 10.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4ZM8 1.8v1.6M8 12.6v1.6M1.8 8h1.6M12.6 8h1.6M3.6 3.6l1.2 1.2M11.2 11.2l1.2 1.2M12.4 3.6l-1.2 1.2M4.8 11.2l-1.2 1.2"
        case .running: "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM8 4.8V8l2.2 1.6"
        case .due: "M8 2.2 14.2 13H1.8zM8 6.3v3M8 11v.2"
        case .breached: "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM5.8 5.8l4.4 4.4M10.2 5.8l-4.4 4.4"
        case .missed: "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM5.2 8h5.6"
        case .met: "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM5.2 8.2l2 2 3.6-4.2"
        case .suspended: "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM6.5 5.8v4.4M9.5 5.8v4.4"
        case .waiting: "M4.5 2.5h7M4.5 13.5h7M5 2.5c0 3 3 4 3 5.5s-3 2.5-3 5.5M11 2.5c0 3-3 4-3 5.5s3 2.5 3 5.5"
        case .estimate: "M2 7c1.6-2.3 3.3-2.3 6 0s4.4 2.3 6 0M2 11c1.6-2.3 3.3-2.3 6 0s4.4 2.3 6 0"
        case .info: "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM8 7.3v3.5M8 5v.2"
        case .warning: "M8 2.2 14.2 13H1.8zM8 6.3v3M8 11v.2"
        case .plus: "M8 3v10M3 8h10"
        case .download: "M8 2.5v7.5M5 7.2l3 3 3-3M2.5 13.5h11"
        case .print: "M4.5 6V2.5h7V6M4.5 11.5h-2V6h11v5.5h-2M4.5 9.5h7v4h-7z"
        case .signOut: "M6.5 2.5h-4v11h4M6.5 8h7M10.8 5l3 3-3 3"
        case .key: "M5.5 13a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM7.7 7.8 13.5 2M11 4.5l2 2"
        case .chevron: "M4 6l4 4 4-4"
        case .back: "M10 3.5 5.5 8l4.5 4.5"
        case .external: "M6.5 3.5h-4v10h10v-4M9 2.5h4.5V7M13.2 2.8 7.5 8.5"
        case .close: "M4 4l8 8M12 4l-8 8"
        case .user: "M8 8a2.8 2.8 0 1 0 0-5.6A2.8 2.8 0 0 0 8 8ZM2.8 14c0-2.7 2.1-4.5 5.2-4.5s5.2 1.8 5.2 4.5"
        case .globe:
            "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM2 8h12M8 2c2 1.8 2.7 3.9 2.7 6S10 12.2 8 14c-2-1.8-2.7-3.9-2.7-6S6 3.8 8 2Z"
        case .contrast: "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM8 2v12M8 5h5M8 8h6M8 11h5"
        }
    }
}

extension HTML {
    /// Draws an icon; assistive technology passes over it, since a word stands beside it.
    package mutating func icon(_ icon: Icon) {
        svg(width: 16, height: 16, .class("icon"), .ariaHidden, Attribute("focusable", "false")) { html in
            html.path(icon.path)
        }
    }
}
