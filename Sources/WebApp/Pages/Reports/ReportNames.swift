import Applications
import Complaints
import Contacts
import Forms
import GRDB
import Languages
import Registry
import Reporting
import WorkingDays

/// The names of what the parts of a report are about.
struct ReportNames: Sendable {
    let bodies: [String: Localized]
    let services: [String: Localized]

    init(on day: CivilDate, in db: Database) throws {
        bodies = try Registry.bodyNames(on: day, in: db)
        services = try Registry.serviceNames(in: db)
    }

    /// What the keys of a dimension are called together, as the head of a column.
    func dimension(_ dimension: String, _ view: View) -> String {
        switch dimension {
        case "body": view.t("clocks.body")
        case "service": view.t("requests.service")
        default: view.t("report.part")
        }
    }

    /// The name of a part: that of its innermost key, a body or a service by its name.
    func text(_ part: FormFigures.Part, of group: FormNumber.Group, _ view: View) -> String {
        guard let dimension = group.keys.last, let key = part.keys.last else { return "" }
        return text(key, of: dimension, view)
    }

    /// The name of a key of a dimension; the key itself where it has none.
    func text(_ key: String, of dimension: String, _ view: View) -> String {
        text(key, of: dimension, view.texts, view.language)
    }

    /// The same without a page around it.
    func text(_ key: String, of dimension: String, _ texts: Texts, _ language: Language) -> String {
        guard !key.isEmpty else { return texts.text("report.unknownPart", language) }
        func name(_ family: String, _ isKnown: Bool) -> String? {
            isKnown ? texts.text(TextKey(family: family, member: key), language) : nil
        }
        let name: String? =
            switch dimension {
            case "body": bodies[key]?[language]
            case "service": services[key]?[language]
            case "bodyKind": name("bodyKind", BodyKind(rawValue: key) != nil)
            case "form": name("applicationForm", ApplicationForm(rawValue: key) != nil)
            case "kind": name("complaintKind", ComplaintKind(rawValue: key) != nil)
            case "topic": name("contactTopic", ContactTopic(rawValue: key) != nil)
            case "channel": name("contactChannel", ContactChannel(rawValue: key) != nil)
            case "outcome": name("contactOutcome", ContactOutcome(rawValue: key) != nil)
            case "language": name("languageName", Language(rawValue: key) != nil)
            default: nil
            }
        return name ?? key
    }
}

extension StatutoryForm {
    /// What the report of a period is called: by the index of its form where it has one.
    func name(of period: ReportPeriod, _ texts: Texts, _ language: Language, _ dates: DateText) -> String {
        let period = dates.period(period)
        if let index { return texts.text("report.titleOfForm", language, ["index": index, "month": period]) }
        guard !namesComplaints else { return texts.text("report.title", language, ["month": period]) }
        return "\(title[language]): \(period)"
    }

    /// Whether complaints and appeals stand behind it, so that its document may name people.
    var namesComplaints: Bool { !numbers.contains { $0.made?.behind == .applications } }

    /// Whether words of a part of it are our reading and not the act's.
    func hasReading(_ rows: [FormRow]) -> Bool { rows.contains { $0.source == .ours } }

    /// The headings of the form, each with its rows; rows before the first heading have none.
    var sections: [(heading: FormRow?, rows: [FormRow])] {
        var sections: [(heading: FormRow?, rows: [FormRow])] = []
        for row in rows {
            if row.isSection {
                sections.append((row, []))
            } else if sections.isEmpty {
                sections.append((nil, [row]))
            } else {
                sections[sections.count - 1].rows.append(row)
            }
        }
        return sections
    }

    /// What the form is and where it stands in the law.
    func lead(_ view: View) -> String {
        let title = title[view.language]
        return cite.map { "\(title): \($0[view.language])" } ?? title
    }
}

extension FormRow {
    /// A number of the row as a person reads it; a dash where there is none.
    func value(_ number: Int?, _ language: Language) -> String {
        guard let number else { return "–" }
        return unit == "hundredths" ? NumberText.tenths(ofThousandths: number * 10, language) : NumberText.whole(number)
    }
}
