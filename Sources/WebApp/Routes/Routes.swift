/// The table of contents: every address of the site, who may use it, and what answers.
///
/// A page is a file in `Pages/`; its handlers are `show` and what its forms do. Add a case to `SitePath`, a line to the
/// group of routes it belongs to (the other files of this folder), a page there; tests then hold the new address to its
/// permission, to the headers and to the three languages.
package enum Routes {
    /// All routes; those of development only where the configuration asks for them.
    package static func all(_ configuration: WebConfiguration) -> [Route] {
        let groups = [
            entrance,
            knowledge,
            calls,
            requests,
            complaints,
            reports,
            calendar,
            administration,
            api,
            correspondence,
        ]
        var routes = groups.flatMap { $0 }
        if configuration.showsGallery { routes.append(.get(.gallery, .everyone, GalleryPage.show)) }
        return routes
    }
}
