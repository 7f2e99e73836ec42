import Accounts
import Complaints
import InternalControl
import Languages
import Markup
import WorkingDays

extension OpenCase {
    /// The number by which a case is spoken of, from its key.
    static func number(_ key: String) -> String {
        let parts = key.split(separator: ":", maxSplits: 1)
        return parts.count == 2 ? String(parts[1]) : key
    }
}

/// How a case of one of the two lists is drawn: its numbers, its service and day, what speaks for its cause. Nothing of a person.
struct CaseRows {
    let services: [String: Localized]
    let bodies: [String: Localized]
    /// Whether the reader is the body: “yours” is another side then.
    let isForBody: Bool
    /// What the body said last of a case, by key.
    let answers: [String: DiscrepancyNote]

    func columns(_ view: View) -> [Column] {
        [
            Column(view.t("cases.case")), Column(view.t("cases.service")), Column(view.t("cases.day")),
            Column(view.t("cases.evidence")),
        ]
    }

    /// The cells of a row.
    /// - Parameter box: draws what chooses the row, before its numbers.
    func cells(
        _ one: OpenCase, _ row: inout RowWriter, _ html: inout HTML, _ view: View, box: (inout HTML) -> Void = { _ in }
    ) {
        row.cell(&html) { html in
            box(&html)
            html.span(.class("case-numbers")) { html in numbers(one, &html, view) }
        }
        row.cell(&html) { html in
            guard let code = one.ours?.service ?? one.theirs?.service else { return html.text("–") }
            html.text(services[code]?[view.language] ?? code)
        }
        row.cell(&html) { html in
            guard let day = one.theirs?.filedOn ?? one.ours?.facts.filedOn else { return html.text("–") }
            html.date(day, view)
        }
        row.cell(&html) { html in
            html.text(one.facts.map { words($0, view) }.joined(separator: "; "))
            if let note = answers[one.key] { html.bodyAnswer(note, namesCases: false, view) }
        }
    }

    private func numbers(_ one: OpenCase, _ html: inout HTML, _ view: View) {
        guard one.theirs != nil || one.ours != nil else { return html.text(view.t("cases.formRest")) }
        if let own = one.theirs?.own { html.strong(text: own) }
        guard let number = one.ours?.facts.id else { return }
        if one.theirs != nil { html.text(" ↔ ") }
        if !isForBody, view.may(.readComplaints) {
            html.a(.class("whole"), .href(SitePath.complaint(.value(number)).path), text: number)
        } else {
            html.span(.class("whole"), text: number)
        }
    }

    /// What is known of a case, in words.
    func words(_ fact: CaseFact, _ view: View) -> String {
        var value = fact.value
        switch fact.name {
        case .basis: value = MatchBasis(rawValue: value).map { view.name("matchBasis", $0) } ?? value
        case .status: value = ComplaintStatus(rawValue: value).map { view.name("complaintStatus", $0) } ?? value
        case .kind, .theirKind: value = ComplaintKind(rawValue: value).map { view.name("complaintKind", $0) } ?? value
        case .source: value = BodyCaseSource(rawValue: value).map { view.name("bodyCaseSource", $0) } ?? value
        case .filed, .registered, .due, .closed, .theirDay, .counted:
            value = CivilDate(value).map { DateText.short($0) } ?? value
        case .body, .before: value = bodies[value]?[view.language] ?? value
        case .number, .forum, .hour, .same, .listed, .told: break
        }
        return view.t(TextKey(family: "caseFact", member: fact.name.rawValue), ["value": value])
    }
}

extension HTML {
    /// What is wrong with a body's list, each at its cell.
    mutating func listFaults(_ faults: [BodyListFault], _ view: View) {
        guard !faults.isEmpty else { return }
        div(.id("list-faults")) { html in
            html.alert(.danger, title: view.t("cases.faults", count: faults.count)) {
                $0.p(text: view.t("cases.faultsHelp"))
            }
            let columns = [
                Column(view.t("cases.cell")), Column(view.t("cases.column")), Column(view.t("internalControl.what")),
            ]
            html.dataTable(caption: view.t("cases.faults", count: faults.count), columns: columns, rows: faults) {
                row, html, fault in
                row.cell(&html, fault.cell ?? fault.line.map { "\($0)" } ?? "–")
                row.cell(&html, fault.column?.words[view.language] ?? "–")
                row.cell(&html, view.name("bodyListFault", fault.name))
            }
        }
    }

    /// Where the template is, in the languages of the acts.
    mutating func listTemplates(_ path: SitePath, _ view: View) {
        ul(.class("plain-list")) { html in
            for language in BodyListBlank.languages {
                html.li { html in
                    html.a(.href(path.with(["language": language.rawValue]))) { html in
                        html.icon(.download)
                        html.text(" " + view.t("cases.template", ["language": view.name("languageName", language)]))
                    }
                }
            }
        }
    }
}
