/// What of a service a caller may ask for, by the names of the JSON interface.
package enum ServiceFact: String, CaseIterable, Codable, Hashable, Sendable {
    /// How much it costs.
    case fee
    /// How long it takes.
    case term
    /// What to bring.
    case documents
    /// Where to go and how to begin.
    case `where`
    /// Whether and where it can be done without going anywhere.
    case online
    /// When it is open.
    case hours
    /// Who may have it.
    case eligibility
    /// Why it may be refused.
    case refusal
    /// What comes out of it.
    case result
    /// How long what comes out of it is valid.
    case validity
    /// How to complain.
    case complaint
    /// What if the caller or the provider is late.
    case late
    /// Telephones and addresses.
    case contacts
}

/// What happened, or who asks: the same service tells different things to the one and the other.
package enum ServiceCase: String, CaseIterable, Codable, Hashable, Sendable {
    case lost, stolen, damaged, expired
    /// A new name.
    case name
    /// For the first time.
    case first
    case child, foreigner, company
    /// Somebody acts for another.
    case proxy
    case abroad
}

/// What the words of a query ask for.
package struct Question: Hashable, Sendable {
    /// The fact; nil where the words only name a service.
    package var fact: ServiceFact?
    /// Whether the words only hint at the fact.
    package var isHint = false
    /// The cases that the words are about, in the order in which they are said.
    package var cases: [ServiceCase] = []

    /// A question.
    package init(fact: ServiceFact? = nil, isHint: Bool = false, cases: [ServiceCase] = []) {
        self.fact = fact
        self.isHint = isHint
        self.cases = cases
    }
}
