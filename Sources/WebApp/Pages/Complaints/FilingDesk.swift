import Complaints
import GRDB
import Languages
import Markup
import Registry
import WorkingDays

/// How a complaint came that is registered outside of a call.
enum FilingChannel: String, CaseIterable, Sendable {
    case mail, office, phone, forum
}

/// What is asked besides the complaint itself where no call runs: how it came, when, in which language, and its number on
/// the forum; the service and the body are picked by code or by name.
struct FilingDesk: Sendable {
    /// When it was filed.
    var moment: MomentField
    /// Why that is no moment.
    var momentProblem: String?
    /// What tells a second sending of the form from another complaint.
    let key: String
    var services: [(code: String, name: String)] = []
    var bodies: [(code: String, name: String)] = []
    /// What a name could mean where it means more than one thing.
    var candidates: [FilingField: [String]] = [:]

    func draw(into html: inout HTML, _ form: Form, _ view: View) {
        html.input(.type("hidden"), .name("key"), .value(key))
        html.div(.class("form-row")) { html in
            html.selectField(
                Field("channel", label: view.t("filing.channel")), view,
                options: FilingChannel.allCases.map { ($0.rawValue, view.name("filingChannel", $0)) },
                chosen: form["channel"].isEmpty ? FilingChannel.mail.rawValue : form["channel"])
            html.selectField(
                Field("language", label: view.t("filing.language")), view,
                options: [Language.kk, .ru].map { ($0.rawValue, view.name("languageName", $0)) },
                chosen: form["language"].isEmpty ? view.language.rawValue : form["language"])
            html.textField(
                Field("number", label: view.t("complaints.forum"), isRequired: false), view, value: form["number"],
                Attribute("maxlength", 64))
        }
        html.momentField(moment, label: view.t("complaints.filed"), error: momentProblem, id: "filed", view)
        html.codeList("services", services)
        html.codeList("bodies", bodies)
    }

    /// The language of the complaint.
    static func language(_ form: Form) -> Language { form["language"] == "ru" ? .ru : .kk }

    /// How it came.
    static func channel(_ form: Form) -> FilingChannel { FilingChannel(rawValue: form["channel"]) ?? .mail }

    /// What a text means as a service: its code, “code · name”, its name, or words that only one name holds.
    static func service(_ text: String, _ language: Language, in db: Database) throws -> Picked {
        let code = Self.code(text)
        if try Registry.service(code, in: db) != nil { return .one(code) }
        var filter = ServiceFilter()
        (filter.text, filter.limit) = (text, 6)
        return pick(try Registry.services(filter, in: db).map { ($0.code, $0.name) }, text, language)
    }

    /// What a text means as a body, in the same ways.
    static func body(_ text: String, on date: CivilDate, _ language: Language, in db: Database) throws -> Picked {
        let code = Self.code(text)
        if try Registry.body(code, in: db) != nil { return .one(code) }
        var filter = BodyFilter()
        (filter.text, filter.limit, filter.existsOn) = (text, 6, date)
        return pick(try Registry.bodies(filter, in: db).map { ($0.code, $0.name(on: date)) }, text, language)
    }

    /// What a text turned out to mean.
    enum Picked: Equatable, Sendable {
        case none
        case one(String)
        case several([String])
    }

    private static func code(_ text: String) -> String {
        let first = text.split(separator: "·", maxSplits: 1).first ?? ""
        return first.split(separator: " ").joined().uppercased()
    }

    private static func pick(_ found: [(code: String, name: Localized)], _ text: String, _ language: Language) -> Picked
    {
        let exact = found.filter { [$0.name.kk, $0.name.ru, $0.name.en].contains(text) }
        switch (found.count, exact.count) {
        case (_, 1): return .one(exact[0].code)
        case (0, _): return .none
        case (1, _): return .one(found[0].code)
        default: return .several(found.map { "\($0.code) · \($0.name[language])" })
        }
    }
}
