import Accounts
import Markup

/// One control of the form above a list: what it is sent under, what it is called, what it shows now.
///
/// Whatever narrows a list may be left empty, so that no control of this kind can be required.
enum FilterControl: Sendable {
    /// Words to be found.
    case words(_ name: String, label: String, value: String, limit: Int = 200)
    /// A code, offered from a list of the page.
    case code(_ name: String, label: String, value: String, list: String)
    /// One of some values, or any of them; nil for `any` where one always holds.
    case choice(
        _ name: String, label: String, any: String?, _ options: [(value: String, label: String)], chosen: String)
    /// The first and the last day of a time.
    case days(from: String, through: String, labels: (from: String, through: String), values: (String, String))
    /// A month.
    case month(_ name: String, label: String, value: String)
    /// A box to tick.
    case tick(_ name: String, label: String, isTicked: Bool)
    /// What stays chosen and is not seen.
    case kept(_ name: String, String)
}

extension HTML {
    /// The form above a list: sent by GET, so that the choice stands in the address.
    mutating func filterForm(
        to path: SitePath, _ view: View, _ controls: [FilterControl], buttons: (inout HTML) -> Void
    ) {
        form(.class("choice-bar"), .method("get"), .action(path.path), .role("search")) { html in
            for control in controls { html.filterControl(control, view) }
            buttons(&html)
        }
    }

    /// The same above a list that keeps its order and can be exported.
    mutating func filterForm(_ place: ListPlace, _ view: View, _ controls: [FilterControl]) {
        filterForm(to: place.path, view, controls) { $0.listButtons(place, view) }
    }

    private mutating func filterControl(_ control: FilterControl, _ view: View) {
        switch control {
        case .words(let name, let label, let value, let limit):
            textField(
                .filter(name, label: label), view, type: "search", value: value, Attribute("maxlength", limit))
        case .code(let name, let label, let value, let list):
            textField(
                .filter(name, label: label), view, value: value, Attribute("maxlength", 20), Attribute("list", list))
        case .choice(let name, let label, let any, let options, let chosen):
            let first = any.map { [(value: "", label: $0)] } ?? []
            selectField(.filter(name, label: label), view, options: first + options, chosen: chosen)
        case .days(let from, let through, let labels, let values):
            div(.class("choice-days")) { html in
                html.textField(.filter(from, label: labels.from), view, type: "date", value: values.0)
                html.textField(.filter(through, label: labels.through), view, type: "date", value: values.1)
            }
        case .month(let name, let label, let value):
            textField(
                .filter(name, label: label), view, type: "month", value: value, Attribute("placeholder", "2026-03"),
                Attribute("pattern", "[0-9]{4}-[0-9]{2}"))
        case .tick(let name, let label, let isTicked): checkbox(.filter(name, label: label), isTicked: isTicked)
        case .kept(let name, let value): input(.type("hidden"), .name(name), .value(value))
        }
    }

    /// The buttons of a form above a list: show, everything again, the list as a file.
    private mutating func listButtons(_ place: ListPlace, _ view: View) {
        div(.class("buttons")) { html in
            if let order = place.sort { html.input(.type("hidden"), .name("sort"), .value(order)) }
            html.button(.type("submit"), .class("button"), text: view.t("list.show"))
            if place.isNarrowed {
                html.a(.class("button is-quiet"), .href(place.path.path), text: view.t("list.reset"))
            }
            html.listFiles(place, view)
        }
    }
}

extension HTML {
    /// The links to a list as a file, for who may take lists out.
    mutating func listFiles(_ place: ListPlace, _ view: View) {
        guard view.may(.exportLists) else { return }
        for format in ListDownload.Format.allCases {
            a(.class("button is-quiet"), .href(place.export(format))) { html in
                html.icon(.download)
                html.text(view.t(format == .csv ? "list.export" : "list.exportWorkbook"))
            }
        }
    }
}
