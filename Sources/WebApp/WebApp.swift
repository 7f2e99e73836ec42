/// The site: routes, pages, forms and the JSON interface, over Hummingbird.
///
/// Decides: what an address shows, who may see it (by asking `Accounts`), how it looks and in which language.
/// Refuses to know: rules of the field. A handler reads the request, calls a feature, draws the answer.
///
/// Where to start:
/// - `Routes/` — the table of contents: every address, who may use it, the page behind it.
/// - `SitePath.swift` — the only place where addresses are spelt.
/// - `Pages/` — one file per page: what it shows (a struct) and how it is drawn.
/// - `Components/` and `Static/site/` — what pages are drawn with; `/gallery` shows all of it in development.
/// - `Language/` and `Texts/*.json` — the words on the screen, dates, numbers and plurals in three languages.
/// - `Server/` — the way of a request: `WebSite` puts together access log, headers, error pages, limits, session.
