/// The table of contents: every address of the site, who may use it, and what answers.
///
/// A page is a file in `Pages/`; its handlers are `show` and what its forms do. Add a case to `SitePath`, a line here, a
/// page there; tests then hold the new address to its permission, to the headers and to the three languages.
package enum Routes {
    /// All routes; those of development only where the configuration asks for them.
    package static func all(_ configuration: WebConfiguration) -> [Route] {
        var routes: [Route] = [
            // Health, for the supervisor of the process. Says nothing about what is inside.
            .get(.healthLive, .everyone, HealthPage.live),
            .get(.healthReady, .everyone, HealthPage.ready),
            .get(.asset(.parameter("name")), .everyone) { site in
                try site.environment.assets.respond(to: site.request, name: try site.parameter("name"))
            },

            // What a reader chooses for himself.
            .post(.language, .everyone, check: .origin, bodyLimit: 4_096, PreferencePage.chooseLanguage),
            .post(.theme, .everyone, check: .origin, bodyLimit: 4_096, PreferencePage.chooseTheme),

            // In and out.
            .get(.signIn, .everyone, SignInPage.show),
            .post(.signIn, .everyone, bodyLimit: 8_192, SignInPage.submit),
            .post(.signOut, .signedIn, bodyLimit: 4_096, isOpenBeforePasswordChange: true, SignInPage.signOut),
            .get(.password, .signedIn, isOpenBeforePasswordChange: true, PasswordPage.show),
            .post(.password, .signedIn, bodyLimit: 8_192, isOpenBeforePasswordChange: true, PasswordPage.submit),

            // The work.
            .get(.home, .signedIn, HomePage.show),
            .get(.search, .needs(.readCards), SearchPage.show),
            .post(.search, .needs(.readCards), bodyLimit: 262_144, SearchPage.find),
            .post(.searchAPI, .needs(.readCards), check: .origin, bodyLimit: 1_048_576, SearchPage.answer),
            .get(.card(.parameter("code")), .needs(.readCards), CardPage.show),
            .get(.clocks, .needs(.readRequests), ClocksPage.show),
            .get(.requests, .needs(.readRequests), RequestsPage.show),
            .get(.request(.parameter("id")), .needs(.readRequests), RequestPage.show),
            .get(.complaints, .needs(.readComplaints), ComplaintsPage.show),
            .get(.complaint(.parameter("id")), .needs(.readComplaints), ComplaintPage.show),
            .get(.reports, .needs(.readReports), ReportsPage.show),
            .get(.report(.parameter("period")), .needs(.readReports), ReportPage.show),
            .post(.reportSeal(.parameter("period")), .needs(.sealReports), bodyLimit: 8_192, ReportPage.seal),
        ]
        if configuration.showsGallery { routes.append(.get(.gallery, .everyone, GalleryPage.show)) }
        return routes
    }
}
