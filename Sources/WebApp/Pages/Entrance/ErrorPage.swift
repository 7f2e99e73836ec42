import HTTPTypes
import Markup

/// What went wrong, what one can do, and the number under which the log has it.
struct ErrorPage: Page {
    let kind: ErrorKind
    let requestID: String

    var frame: PageFrame { .narrow }
    func title(_ view: View) -> String { view.name("errorTitle", kind) }

    func draw(into html: inout HTML, _ view: View) {
        html.div(.class("sheet")) { html in
            html.p(.class("error-code"), text: "\(kind.status.code)")
            html.h1(text: title(view))
            html.p(text: view.name("errorText", kind))
            html.div(.class("buttons")) { html in
                html.a(.class("button is-primary"), .href(SitePath.home.path), text: view.t("error.home"))
            }
            html.p(.class("note")) { html in
                html.text(view.t("error.request") + " ")
                html.code(text: requestID)
            }
        }
    }
}
