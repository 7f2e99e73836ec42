/// A card as the search sees it: its texts and what it can be filtered by.
package struct SearchableCard: Hashable, Sendable {
    /// The stable identifier of the card.
    package var id: String
    /// The code of the service in the register, found by its beginning.
    package var code: String
    /// Other numbers under which the service is known, found by their beginning.
    package var registerCodes: [String]
    /// The Kazakh title.
    package var titleKK: String
    /// The Russian title.
    package var titleRU: String
    /// What the service is, in Kazakh.
    package var descriptionKK: String
    /// What the service is, in Russian.
    package var descriptionRU: String
    /// The documents to bring, in Kazakh.
    package var documentsKK: String
    /// The documents to bring, in Russian.
    package var documentsRU: String
    /// Everything else that is worth finding (fee, place, term), in Kazakh.
    package var restKK: String
    /// Everything else that is worth finding, in Russian.
    package var restRU: String
    /// Words by which coordinators want the card found, in Kazakh.
    package var keywordsKK: String
    /// Words by which coordinators want the card found, in Russian.
    package var keywordsRU: String
    /// The body that gives the service.
    package var body: String
    /// The sphere of life.
    package var sphere: String
    /// The ways to get the service.
    package var channels: [String]
    /// The region the card is for; nil when it is for the whole country.
    package var region: String?
    /// The state of the card (draft, live …), as the owner of cards names it.
    package var state: String

    /// A card; all but the identifier may be left out.
    package init(
        id: String, code: String = "", registerCodes: [String] = [], titleKK: String = "", titleRU: String = "",
        descriptionKK: String = "", descriptionRU: String = "", documentsKK: String = "", documentsRU: String = "",
        restKK: String = "", restRU: String = "", keywordsKK: String = "", keywordsRU: String = "", body: String = "",
        sphere: String = "", channels: [String] = [], region: String? = nil, state: String = ""
    ) {
        self.id = id
        self.code = code
        self.registerCodes = registerCodes
        self.titleKK = titleKK
        self.titleRU = titleRU
        self.descriptionKK = descriptionKK
        self.descriptionRU = descriptionRU
        self.documentsKK = documentsKK
        self.documentsRU = documentsRU
        self.restKK = restKK
        self.restRU = restRU
        self.keywordsKK = keywordsKK
        self.keywordsRU = keywordsRU
        self.body = body
        self.sphere = sphere
        self.channels = channels
        self.region = region
        self.state = state
    }
}
