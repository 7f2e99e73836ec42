import Accounts

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
                .bodyLink(.parameter("token")), .everyone, uploads: .withTheAct(bytes: 60 * 1_024 * 1_024),
                admit: BodyLinkPage.admit, BodyLinkPage.act),
            .get(.bodyLinkCard(.parameter("token")), .everyone, CardFormLinkPage.show),
            .post(
                .bodyLinkCard(.parameter("token")), .everyone, bodyLimit: CardFormLinkPage.limit,
                admit: CardFormLinkPage.admit, CardFormLinkPage.act),
            .get(.bodyLinkCardBlank(.parameter("token")), .everyone, CardFormLinkPage.blank),
            .post(
                .bodyLinkCardBlank(.parameter("token")), .everyone,
                uploads: .forgotten(bytes: CardFormPage.fileLimit), admit: CardFormLinkPage.admit,
                CardFormLinkPage.read),
            .get(.bodyLinkFile(.parameter("token"), .parameter("digest")), .everyone, ComplaintLinkPage.file),
            .get(
                .bodyLinkFiling(.parameter("token"), .parameter("id")), .everyone, FilingLinkPage.show),
            .post(
                .bodyLinkFiling(.parameter("token"), .parameter("id")), .everyone,
                uploads: .withTheAct(bytes: FilingLinkPage.limit), admit: FilingsLinkPage.admit, FilingLinkPage.act),
            .get(.bodyLinkBlank(.parameter("token"), .parameter("id")), .everyone, FilingLinkPage.blank),
            .get(.bodyLinkScreen(.parameter("token"), .parameter("id")), .everyone, FilingScreenPage.show),
            .post(
                .bodyLinkScreen(.parameter("token"), .parameter("id")), .everyone, bodyLimit: FilingScreenPage.limit,
                admit: FilingsLinkPage.admit, FilingScreenPage.act),
            .get(.bodyLinkMarked(.parameter("token"), .parameter("id")), .everyone, FilingLinkPage.marked),
            .get(
                .bodyLinkDiscrepancy(.parameter("token"), .parameter("id")), .everyone, DiscrepancyLinkPage.show),
            .post(
                .bodyLinkDiscrepancy(.parameter("token"), .parameter("id")), .everyone,
                uploads: .withTheAct(bytes: 60 * 1_024 * 1_024), admit: FilingsLinkPage.admit,
                DiscrepancyLinkPage.act),
            .get(.bodyLinkCases(.parameter("token"), .parameter("id")), .everyone, CasesLinkPage.show),
            .post(
                .bodyLinkCases(.parameter("token"), .parameter("id")), .everyone,
                uploads: .forgotten(bytes: CasesPage.limit), admit: FilingsLinkPage.admit, CasesLinkPage.act),
            .get(.bodyLinkList(.parameter("token"), .parameter("id")), .everyone, CasesLinkPage.template),
            .get(.standingEntry, .everyone, StandingEntryPage.show),
            .post(
                .standingEntry, .everyone, bodyLimit: 8_192, admit: StandingEntryPage.admit, StandingEntryPage.find),
            .get(.standing(.parameter("token")), .everyone, StandingPage.show),
            .post(
                .standing(.parameter("token")), .everyone, uploads: .withTheAct(bytes: 25 * 1_024 * 1_024),
                admit: StandingPage.admit, StandingPage.act),
            .get(.standingFile(.parameter("token"), .parameter("digest")), .everyone, StandingPage.file),
            .get(.feed, .signedIn, FeedPage.show),
            .post(.feed, .signedIn, bodyLimit: 8_192, FeedPage.change),
            .get(.calendarFeed(.parameter("secret")), .everyone, FeedPage.calendar),
        ]
    }
}
