import Markup

/// The list of shortcuts, opened by `?`, with the switch that turns them off (WCAG 2.2, 2.1.4).
enum ShortcutsDialog {
    private static let keys: [(keys: [String], label: TextKey)] = [
        (["F2"], "keys.start"), (["F9"], "keys.close"), (["/"], "keys.search"), (["↑", "↓", "Enter"], "keys.choose"),
        (["F3", "F6"], "keys.either"), (["Shift+Enter"], "keys.event"),
        (["Esc"], "keys.clear"), (["F4"], "keys.exactly"), (["F7"], "keys.notes"), (["F8"], "keys.gap"),
        (["R"], "keys.told"),
        (["L"], "keys.language"), (["C"], "keys.copy"), (["P"], "keys.pin"), (["J"], "keys.complaint"),
        (["H"], "keys.stage"), (["?"], "keys.help"),
    ]

    static func draw(into html: inout HTML, _ view: View) {
        html.element("dialog", [.class("keys"), .id("keys"), .ariaLabelledBy("keys-title")]) { html in
            html.h2(.id("keys-title"), text: view.t("keys.title"))
            html.dl(.class("keys-list")) { html in
                for line in keys {
                    html.div { html in
                        html.dt { html in for key in line.keys { html.kbd(text: key) } }
                        html.dd(text: view.t(line.label))
                    }
                }
            }
            html.p(.class("note"), text: view.t("keys.note"))
            html.div(.class("choice")) { html in
                html.input(.type("checkbox"), .id("keys-on"), .checked(true))
                html.label(.for("keys-on"), text: view.t("keys.on"))
            }
            html.element("form", [.method("dialog"), .class("buttons")]) { html in
                html.button(.type("submit"), .class("button"), text: view.t("keys.done"))
            }
        }
    }
}
