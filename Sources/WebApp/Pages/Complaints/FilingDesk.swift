import Languages
import Markup

/// How a complaint came that is registered outside of a call.
enum FilingChannel: String, CaseIterable, Sendable {
    case mail, office, phone, forum
}

/// What is asked besides the words where no call runs: how they came, when, in which language, and their number on the forum.
struct FilingDesk: Sendable {
    /// When it was filed, as it was typed.
    var moment: String
    /// Why that is no moment.
    var momentProblem: String?

    func draw(into html: inout HTML, _ form: Form, _ view: View) {
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
        html.momentField(Field("at", label: view.t("complaints.filed"), error: momentProblem), view, value: moment)
    }

    /// The language of the complaint.
    static func language(_ form: Form) -> Language { form["language"] == "ru" ? .ru : .kk }

    /// How it came.
    static func channel(_ form: Form) -> FilingChannel { FilingChannel(rawValue: form["channel"]) ?? .mail }
}
