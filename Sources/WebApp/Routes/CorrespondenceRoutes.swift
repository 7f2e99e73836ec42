extension Routes {
    /// Letters, the bodies' own links, and deadlines in people's calendars.
    static var correspondence: [Route] {
        [
            .get(.letters, .needs(.readRequests), LettersPage.show),
            .get(.letterNew, .needs(.manageRequests), LetterNewPage.show),
            .post(.letters, .needs(.manageRequests), bodyLimit: 8_192, LetterNewPage.create),
            .get(.letter(.parameter("id")), .needs(.readRequests), LetterPage.show),
            .post(.letter(.parameter("id")), .needs(.manageRequests), LetterPage.edit),
            .get(.letterPDF(.parameter("id")), .needs(.readRequests), LetterPage.pdf),
            .post(.letterFinish(.parameter("id")), .needs(.manageRequests), bodyLimit: 8_192, LetterPage.finish),
            .post(
                .letterScan(.parameter("id")), .needs(.manageRequests), uploads: UploadLimits(files: 1),
                LetterPage.scan),
            .get(.letterScan(.parameter("id")), .needs(.readRequests), LetterPage.download),
            .post(.letterDrop(.parameter("id")), .needs(.manageRequests), bodyLimit: 8_192, LetterPage.drop),
            .get(.bodyLinks, .needs(.manageRequests), BodyLinksPage.show),
            .post(.bodyLinks, .needs(.manageRequests), bodyLimit: 8_192, BodyLinksPage.act),
            .get(.bodyLink(.parameter("token")), .everyone, BodyLinkPage.show),
            .post(
                .bodyLink(.parameter("token")), .everyone, uploads: UploadLimits(files: 1, bytes: 60 * 1_024 * 1_024),
                BodyLinkPage.act),
            .get(.feed, .signedIn, FeedPage.show),
            .post(.feed, .signedIn, bodyLimit: 8_192, FeedPage.change),
            .get(.calendarFeed(.parameter("secret")), .everyone, FeedPage.calendar),
        ]
    }
}
