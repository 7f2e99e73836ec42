import CardSearch
import Languages
import Markup

/// One question with two answers, where two cards or cases fit the words alike; each answer has a key.
struct ChoiceBox: Sendable {
    let choice: SearchChoice

    /// The keys of the two answers, and what the script knows them by.
    private static let keys = [("F3", "first"), ("F6", "second")]

    func draw(into html: inout HTML, _ view: View) {
        html.div(.class("choice-box"), .role("group"), .ariaLabelledBy("choice-question")) { html in
            html.p(.id("choice-question"), .class("choice-question"), text: choice.question[view.language])
            for (option, (key, name)) in zip(choice.options, Self.keys) {
                html.button(
                    .type("submit"), .class("button"), Attribute("form", "finder"), .name("choice"),
                    .value(option.id), Attribute("data-key", name)
                ) { html in
                    html.span(text: option.label[view.language])
                    html.shortcut(key)
                }
            }
        }
    }
}
