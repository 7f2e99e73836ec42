import Hummingbird
import Languages

/// Language and theme: chosen by one button, kept in a cookie for a year.
enum PreferencePage {
    private static let year = 365 * 86_400

    static func chooseLanguage(_ site: WebRequest) async throws -> Response {
        guard let language = Language(rawValue: site.form["language"]) else {
            throw SiteError(.badRequest, "The field language must be kk, ru or en.")
        }
        return keep(Preferences.languageCookie, language.rawValue, site)
    }

    static func chooseTheme(_ site: WebRequest) async throws -> Response {
        guard let theme = Theme(rawValue: site.form["theme"]) else {
            throw SiteError(.badRequest, "The field theme must be system, light or dark.")
        }
        return keep(Preferences.themeCookie, theme.rawValue, site)
    }

    private static func keep(_ cookie: String, _ value: String, _ site: WebRequest) -> Response {
        let back = LocalPath(site.form["back"])?.string ?? SitePath.home.path
        var response = site.redirect(to: back)
        response.setSiteCookie(cookie, value, year, site.environment)
        return response
    }
}
