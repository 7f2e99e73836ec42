import Accounts
import Contacts
import Languages
import Markup

/// Draws a whole page: the document's head, the frame, the page itself.
package enum Layout {
    /// The bytes of `page` for the reader of `view`.
    package static func draw(_ page: some Page, _ view: View) -> [UInt8] {
        HTML.page { html in
            html.html(
                .lang(view.language), Attribute("data-theme", view.theme.rawValue).when(view.theme != .system)
            ) { html in
                html.head { html in head(&html, title: page.title(view), page.scripts, view) }
                html.body(.class(page.frame == .full ? "frame-full" : "frame-narrow")) { html in
                    html.a(.class("skip"), .href("#main"), text: view.t("nav.skip"))
                    if view.isDemo { html.aside(.class("demo-note")) { $0.text(view.t("demo.note")) } }
                    bar(&html, page, view)
                    html.div(.class("shell")) { html in
                        if page.frame == .full { navigation(&html, page.section, view) }
                        html.main(.id("main"), .tabindex(-1)) { html in
                            if let notice = view.notice { html.alert(.success, title: view.name("notice", notice)) }
                            page.draw(into: &html, view)
                        }
                    }
                }
            }
        }
    }

    private static func head(_ html: inout HTML, title: String, _ scripts: [String], _ view: View) {
        html.meta(Attribute("charset", "utf-8"))
        html.title("\(title) · \(view.t("product.name"))")
        html.meta(.name("viewport"), Attribute("content", "width=device-width, initial-scale=1"))
        html.meta(.name("color-scheme"), Attribute("content", "light dark"))
        html.link(.rel("stylesheet"), .href(view.assets.address("tokens.css")))
        html.link(.rel("stylesheet"), .href(view.assets.address("site.css")))
        html.link(.rel("icon"), Attribute("type", "image/svg+xml"), .href(view.assets.address("mark.svg")))
        html.script(module: view.assets.address("site.js"))
        for script in scripts { html.script(module: view.assets.address(script)) }
    }

    private static func bar(_ html: inout HTML, _ page: some Page, _ view: View) {
        html.header(.class("bar")) { html in
            html.a(.class("brand"), .href(SitePath.home.path)) { html in
                html.raw(mark)
                html.span(.class("brand-name"), text: view.t("product.name"))
                html.span(.class("brand-note"), text: view.t("product.note"))
            }
            html.div(.class("bar-tools")) { html in
                if let call = view.call, !page.drawsCall {
                    html.a(.class("bar-call"), .href(SitePath.search.path), .title(call.id)) { html in
                        html.span(.class("callbar-dot"), .ariaHidden) { _ in }
                        html.span(
                            .class("bar-call-words"),
                            text: view.t("call.running", ["time": view.dates.time(call.startedAt)]))
                    }
                }
                languageSwitch(&html, view)
                if let user = view.user { userMenu(&html, user.displayName, view) }
            }
        }
    }

    private static let languages: [(language: Language, short: String, name: String)] = [
        (.kk, "Қаз", "Қазақша"), (.ru, "Рус", "Русский"), (.en, "Eng", "English"),
    ]

    /// Three buttons that send a form, so that one click changes the language without a script and without a trace in
    /// the address; the names stand in their own languages.
    private static func languageSwitch(_ html: inout HTML, _ view: View) {
        html.form(
            .class("segments"), .method("post"), .action(SitePath.language.path), .ariaLabel(view.t("language.label"))
        ) { html in
            html.input(.type("hidden"), .name("back"), .value(view.path))
            for (language, short, name) in languages {
                html.button(
                    .type("submit"), .name("language"), .value(language.rawValue), .lang(language), .ariaLabel(name),
                    Attribute("aria-pressed", language == view.language ? "true" : "false"), text: short)
            }
        }
    }

    private static func userMenu(_ html: inout HTML, _ name: String, _ view: View) {
        html.details(.class("menu")) { html in
            html.summary(.ariaLabel(view.t("nav.account", ["name": name]))) { html in
                html.icon(.user)
                html.span(.class("menu-name"), text: name)
                html.icon(.chevron)
            }
            html.div(.class("menu-panel")) { html in
                html.p(.class("menu-title"), text: name)
                html.p(.class("menu-note"), text: roleNames(view))
                themeSwitch(&html, view)
                html.a(.class("menu-item"), .href(SitePath.account.path)) { html in
                    html.icon(.key)
                    html.text(view.t("account.title"))
                }
                html.postForm(to: .signOut, view) { html in
                    html.button(.type("submit"), .class("menu-item")) { html in
                        html.icon(.signOut)
                        html.text(view.t("nav.signOut"))
                    }
                }
            }
        }
    }

    private static func themeSwitch(_ html: inout HTML, _ view: View) {
        html.form(
            .class("segments"), .method("post"), .action(SitePath.theme.path), .ariaLabel(view.t("theme.label"))
        ) { html in
            html.input(.type("hidden"), .name("back"), .value(view.path))
            for theme in Theme.allCases {
                html.button(
                    .type("submit"), .name("theme"), .value(theme.rawValue),
                    Attribute("aria-pressed", theme == view.theme ? "true" : "false"), text: view.name("theme", theme))
            }
        }
    }

    private static func navigation(_ html: inout HTML, _ current: NavigationSection?, _ view: View) {
        let sections = NavigationSection.allCases.filter { section in
            section == .home ? HomePage.hasContent(for: view.user) : section.permission.map(view.may) ?? true
        }
        html.nav(.class("side"), .ariaLabel(view.t("nav.main"))) { html in
            html.ul { html in
                for section in sections {
                    html.li { html in
                        html.a(.href(section.path.path), Attribute.ariaCurrentPage.when(section == current)) { html in
                            html.icon(section.icon)
                            html.text(view.t(section.label))
                        }
                    }
                }
            }
        }
    }

    /// The names of the reader's roles, in the order of the roles.
    static func roleNames(_ view: View) -> String {
        guard let user = view.user else { return "" }
        return Role.allCases.filter(user.roles.contains).map { view.name("role", $0) }.joined(separator: ", ")
    }

    /// Two bent lines that meet: somebody asks, somebody answers.
    private static let mark = TrustedHTML(
        """
        <svg class="mark" viewBox="0 0 24 24" aria-hidden="true" focusable="false">\
        <path class="mark-ground" d="M5 1h14a4 4 0 0 1 4 4v14a4 4 0 0 1-4 4H5a4 4 0 0 1-4-4V5a4 4 0 0 1 4-4Z"/>\
        <path class="mark-line" d="M7 6.5v11h5.2a3 3 0 0 0 0-6H7M7 11.5h4.2a2.5 2.5 0 0 0 0-5H7"/>\
        <circle class="mark-dot" cx="17.6" cy="6.9" r="1.7"/></svg>
        """)
}
