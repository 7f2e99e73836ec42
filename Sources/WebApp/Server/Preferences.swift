import Hummingbird
import Languages

/// What a reader has chosen, in cookies that say nothing about him.
enum Preferences {
    static let languageCookie = "language"
    static let themeCookie = "theme"
    static let noticeCookie = "notice"
    static let backCookie = "back"

    /// The chosen language, or the first of ours that the browser asks for, or Kazakh.
    static func language(of request: Request) -> Language {
        if let chosen = request.cookies[languageCookie].flatMap({ Language(rawValue: $0.value) }) { return chosen }
        for part in (request.headers[.acceptLanguage] ?? "").prefix(200).split(separator: ",") {
            let code = part.prefix { $0 != ";" && $0 != "-" }.filter { !$0.isWhitespace }.lowercased()
            if let language = Language(rawValue: code) { return language }
        }
        return .kk
    }

    /// The chosen theme.
    static func theme(of request: Request) -> Theme {
        request.cookies[themeCookie].flatMap { Theme(rawValue: $0.value) } ?? .system
    }

    /// What has just been done.
    static func notice(of request: Request) -> Notice? {
        request.cookies[noticeCookie].flatMap { Notice(rawValue: $0.value) }
    }

    /// Where to come back to after a change of language: this page with its query; the start after anything but GET.
    static func backPath(for request: Request) -> String {
        guard request.method == .get || request.method == .head else { return SitePath.home.path }
        return LocalPath(request.uri.string)?.string ?? SitePath.home.path
    }
}
