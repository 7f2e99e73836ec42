import Accounts

extension Routes {
    /// Health, assets, what a reader chooses for himself, in and out.
    static var entrance: [Route] {
        [
            .get(.healthLive, .everyone, HealthPage.live),
            .get(.healthReady, .everyone, HealthPage.ready),
            .get(.asset(.parameter("name")), .everyone) { site in
                try site.environment.assets.respond(to: site.request, name: try site.parameter("name"))
            },
            .post(.language, .everyone, check: .origin, bodyLimit: 4_096, PreferencePage.chooseLanguage),
            .post(.theme, .everyone, check: .origin, bodyLimit: 4_096, PreferencePage.chooseTheme),
            .get(.signIn, .everyone, SignInPage.show),
            .post(.signIn, .everyone, bodyLimit: 8_192, SignInPage.submit),
            .get(.provider, .everyone, ProviderPage.begin),
            .get(.providerBack, .everyone, ProviderPage.finish),
            // The provider's own server sends it: it is the signature that proves it, and no form of ours.
            .post(.providerLogout, .everyone, check: .origin, bodyLimit: 65_536, ProviderPage.logout),
            .post(
                .signOut, .signedIn, bodyLimit: 4_096, isOpenBefore: Set(SessionStep.allCases), SignInPage.signOut),
            .get(.oneTimeCode, .signedIn, isOpenBefore: [.oneTimeCode], CodePage.show),
            .post(.oneTimeCode, .signedIn, bodyLimit: 8_192, isOpenBefore: [.oneTimeCode], CodePage.submit),
            .get(.password, .signedIn, isOpenBefore: [.passwordChange], PasswordPage.show),
            .post(.password, .signedIn, bodyLimit: 8_192, isOpenBefore: [.passwordChange], PasswordPage.submit),
            .get(.secondFactor, .signedIn, isOpenBefore: [.secondFactor], SecondFactorPage.show),
            .post(.secondFactor, .signedIn, bodyLimit: 8_192, isOpenBefore: [.secondFactor], SecondFactorPage.submit),
            .get(.home, .signedIn, HomePage.show),
            .get(.file(.parameter("digest")), .signedIn, FileDownload.show),
        ]
    }
}
