import ContactCentre
import Filings
import Forms
import InternalControl
import Languages
import Markup
import WorkingDays

/// The form of a body as fields on the screen, by its link: what the workbook asks, row by row. It becomes the same workbook and is
/// checked by the same rules, and nothing of it is kept until it is filed.
struct FilingScreenPage: Page {
    let filing: FilingLinkPage
    /// The cells that are open.
    let open: Set<FormPlace>
    /// What was typed.
    var table = FormTable()
    var reason = ""
    /// What the check says; nil before it was asked.
    var report: FilingReport?
    /// Why it was not done, where that is about the whole.
    var problem: String?

    /// How many lines can be named below a row that asks for them.
    static let lines = 12
    /// How many empty ones are shown below those that are named.
    static let spare = 3

    /// What can be done.
    enum Act: String, Sendable {
        case check, take, zeros, dashes
    }

    var frame: PageFrame { .narrow }
    var path: SitePath { .bodyLinkScreen(.value(filing.token), .value(filing.id.description)) }
    func title(_ view: View) -> String { filing.title(view) }

    /// The name of the field of a cell, and of that of the name of a line.
    static func name(_ place: FormPlace) -> String {
        "c|\(place.row)|\(place.line.first.map(String.init) ?? "")|\(place.column)"
    }

    static func lineName(_ row: String, _ index: Int) -> String { "n|\(row)|\(index)" }

    static func id(_ place: FormPlace) -> String {
        "cell-\(place.row)-\(place.line.first.map { "l\($0)-" } ?? "")\(place.column)"
    }

    func draw(into html: inout HTML, _ view: View) {
        html.div(.class("sheet")) { html in
            html.p(.class("note")) { html in
                html.a(.href(filing.path.path), text: title(view))
                html.text(" · " + filing.body[view.language])
            }
            html.h1(text: view.t("filingsLink.screen"))
            html.p(.class("lead"), text: filing.form.title[view.language])
            html.p(.class("note"), text: view.t("filingsLink.screenHelp"))
        }
        outcome(into: &html, view)
        html.postForm(to: path, view, .class("cell-form")) { html in
            let faults = placed
            for row in filing.form.rows {
                if row.isSection {
                    html.h2(text: row.label[view.language])
                } else {
                    sheet(of: row, faults, into: &html, view)
                }
            }
            html.div(.class("sheet"), .id("file")) { html in
                if filing.state.taken != nil {
                    html.textArea(
                        Field("reason", label: view.t("internalControl.reason")), view, rows: 3, value: reason)
                }
                html.div(.class("actions")) { html in
                    button(.check, "filingsLink.check", into: &html, view)
                    button(.take, "filingsLink.send", isPrimary: true, into: &html, view)
                }
                html.p(.class("note"), text: view.t("filingsLink.fillHelp"))
                html.div(.class("actions")) { html in
                    button(.zeros, "filingsLink.zeros", into: &html, view)
                    button(.dashes, "filingsLink.dashes", into: &html, view)
                }
            }
        }
    }

    private func button(
        _ act: Act, _ label: TextKey, isPrimary: Bool = false, into html: inout HTML, _ view: View
    ) {
        html.button(
            .type("submit"), .name("step"), .value(act.rawValue), .class(isPrimary ? "button is-primary" : "button"),
            text: view.t(label))
    }

    // MARK: - What the check says

    /// The first fault of each cell, by the name of its field.
    private var placed: [String: FilingFault] {
        var placed: [String: FilingFault] = [:]
        for fault in report?.faults ?? [] {
            guard let place = place(of: fault) else { continue }
            if placed[Self.name(place)] == nil || fault.level == .fault { placed[Self.name(place)] = fault }
        }
        return placed
    }

    private func place(of fault: FilingFault) -> FormPlace? {
        guard let row = fault.row, let column = fault.column else { return nil }
        let line = fault.line.flatMap { name in table.lines(below: row).firstIndex { $0.name == name } }
        let place = FormPlace(row: row, line: line.map { [$0] } ?? [], column: column)
        return open.contains(place) ? place : nil
    }

    private func outcome(into html: inout HTML, _ view: View) {
        if let problem { html.alert(.danger, title: problem) }
        guard let report else { return }
        let faults = report.faults.count { $0.level == .fault }
        html.div(.class("sheet"), .id("outcome")) { html in
            if faults == 0 {
                html.alert(.success, title: view.t("filingsLink.noFaults"))
            } else {
                html.alert(.danger, title: view.t("filingsLink.faults", count: faults))
            }
            html.ol(.class("plain-list")) { html in
                for fault in report.faults.prefix(50) {
                    html.li(.class("cause")) { html in
                        html.p {
                            $0.badge(
                                fault.level == .fault ? .breached : .dueToday, view,
                                text: view.name("faultLevel", fault.level))
                        }
                        html.p { html in
                            guard let place = place(of: fault) else {
                                return html.text(fault.text[view.language])
                            }
                            html.a(.href("#field-" + Self.id(place)), text: fault.text[view.language])
                        }
                    }
                }
            }
        }
    }

    // MARK: - Fields

    private func sheet(of row: FormRow, _ faults: [String: FilingFault], into html: inout HTML, _ view: View) {
        let columns = filing.form.columns(of: row)
        html.div(.class("sheet")) { html in
            html.fieldset(.class("field")) { html in
                html.legend(text: [row.number, row.label[view.language]].compactMap { $0 }.joined(separator: ". "))
                cells(of: row, [], columns, faults, into: &html, view)
            }
            guard !row.lines.isEmpty else { return }
            let named = table.lines(below: row.code)
            html.details(.class("fold"), Attribute("open", flag: !named.isEmpty)) { html in
                html.summary(text: view.t("filingsLink.lines"))
                for index in 0..<min(Self.lines, named.count + Self.spare) {
                    html.fieldset(.class("field")) { html in
                        html.legend(text: view.t("filingsLink.line", ["n": "\(index + 1)"]))
                        html.textField(
                            .filter(
                                Self.lineName(row.code, index), label: view.t("filingsLink.lineName"),
                                id: "line-\(row.code)-\(index)"), view,
                            value: named.indices.contains(index) ? named[index].name : "")
                        cells(of: row, [index], columns, faults, into: &html, view)
                    }
                }
            }
        }
    }

    private func cells(
        of row: FormRow, _ line: [Int], _ columns: [FormColumn], _ faults: [String: FilingFault],
        into html: inout HTML, _ view: View
    ) {
        html.div(.class("cells")) { html in
            for column in columns {
                let place = FormPlace(row: row.code, line: line, column: column.code)
                guard open.contains(place) else { continue }
                let fault = faults[Self.name(place)]
                html.field(
                    .filter(
                        Self.name(place), label: label(column, view), error: fault?.text[view.language],
                        id: Self.id(place)), view
                ) { html, own in
                    html.void(
                        "input",
                        own + [
                            .type("text"), Attribute("inputmode", "numeric"), .autocomplete("off"),
                            Attribute("maxlength", 20), .value(table[place].description),
                        ])
                }
            }
        }
    }

    private func label(_ column: FormColumn, _ view: View) -> String {
        let period = filing.id.period
        switch column.part {
        case .month(let number) where period.months.indices.contains(number - 1):
            return view.dates.period(.month(period.months[number - 1]))
        case .total: return view.dates.period(period)
        default: return column.label[view.language] ?? column.label[filing.form.language] ?? column.code
        }
    }
}
