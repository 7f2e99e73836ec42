extension Routes {
    /// Search and cards.
    static var knowledge: [Route] {
        [
            .get(.search, .needs(.readCards), SearchPage.show),
            .post(.search, .needs(.readCards), bodyLimit: 262_144, SearchPage.find),
            .post(.searchAPI, .needs(.readCards), check: .origin, bodyLimit: 1_048_576, SearchPage.answer),
            .get(.card(.parameter("code")), .needs(.readCards), CardPage.show),
        ]
    }
}
