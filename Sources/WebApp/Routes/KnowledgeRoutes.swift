import Accounts

extension Routes {
    /// Search and cards.
    static var knowledge: [Route] {
        [
            .get(.search, .needs(.readCards), SearchPage.show),
            .post(.search, .needs(.readCards), bodyLimit: 262_144, SearchPage.find),
            .post(.searchAPI, .needs(.readCards), check: .origin, bodyLimit: 1_048_576, SearchPage.answer),
            .get(.lifeEvents, .needs(.readCards), LifeEventsPage.show),
            .get(.lifeEvent(.parameter("code")), .needs(.readCards), LifeEventPage.show),
            .get(.card(.parameter("code")), .needs(.readCards), CardPage.show),
            .get(.cardHistory(.parameter("code")), .needs(.readCards), CardHistoryPage.show),
            .post(
                .cardHistory(.parameter("code")), .needs(.manageCards), bodyLimit: 65_536, CardHistoryPage.change),
            .get(.cardEdit(.parameter("code")), .needs(.manageCards), CardEditPage.show),
            .post(.cardEdit(.parameter("code")), .needs(.manageCards), bodyLimit: 1_048_576, CardEditPage.edit),
            .get(.cardForm(.parameter("code")), .needs(.manageCards), CardFormPage.show),
            .post(
                .cardForm(.parameter("code")), .needs(.manageCards), bodyLimit: CardFormPage.limit, CardFormPage.act),
            .get(.cardBlank(.parameter("code")), .needs(.manageCards), CardFormPage.blank),
            .post(
                .cardBlank(.parameter("code")), .needs(.manageCards),
                uploads: .forgotten(bytes: CardFormPage.fileLimit), CardFormPage.read),
            .get(.knowledgeCards, .needs(.manageCards), KnowledgeCardsPage.show),
            .get(.knowledgeUnanswering, .needs(.manageCards), UnansweringPage.show),
            .get(.knowledgeGaps, .needs(.manageCards), GapsPage.show),
            .get(.knowledgeGap(.parameter("id")), .needs(.manageCards), GapsPage.one),
            .post(.knowledgeGap(.parameter("id")), .needs(.manageCards), bodyLimit: 65_536, GapsPage.change),
            .get(.knowledgeCampaigns, .needs(.manageCards), CampaignsPage.show),
            .get(.knowledgeCampaignNew, .needs(.manageCards), CampaignNewPage.show),
            .post(.knowledgeCampaigns, .needs(.manageCards), bodyLimit: 8_192, CampaignNewPage.begin),
            .get(.knowledgeCampaign(.parameter("id")), .needs(.manageCards), CampaignPage.show),
            .post(.knowledgeCampaign(.parameter("id")), .needs(.manageCards), bodyLimit: 8_192, CampaignPage.end),
            .get(
                .knowledgeCampaignBody(.parameter("id"), .parameter("body")), .needs(.manageCards),
                CampaignBodyPage.show),
            .post(
                .knowledgeCampaignBody(.parameter("id"), .parameter("body")), .needs(.manageCards), bodyLimit: 65_536,
                CampaignBodyPage.act),
            .get(
                .knowledgeCampaignSheet(.parameter("id"), .parameter("body")), .needs(.manageCards),
                CampaignSheet.show),
            .get(.knowledgeRemarks, .needs(.manageCards), RemarksPage.show),
            .post(.knowledgeRemark(.parameter("id")), .needs(.manageCards), bodyLimit: 8_192, RemarksPage.settle),
            .get(.knowledgeQueries, .needs(.manageCards), QueriesPage.show),
            .post(.knowledgeQueries, .needs(.manageCards), bodyLimit: 65_536, QueriesPage.change),
            .get(.knowledgeSynonyms, .needs(.manageCards), SynonymsPage.show),
            .get(.knowledgeSynonym(.parameter("id")), .needs(.manageCards), SynonymPage.show),
            .post(
                .knowledgeSynonym(.parameter("id")), .needs(.manageCards), bodyLimit: 262_144, SynonymPage.change),
        ]
    }
}
