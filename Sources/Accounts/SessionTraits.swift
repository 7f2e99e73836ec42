import WorkingDays

/// Who checked the password by which somebody got in.
package enum SignInWay: String, CaseIterable, Hashable, Sendable {
    /// This centre itself.
    case password
    /// The organisation's directory.
    case directory
    /// The organisation's provider of identities.
    case provider
}

/// By what else somebody proved who he is.
package enum SecondProof: String, CaseIterable, Hashable, Sendable {
    /// The code that his telephone showed.
    case code
    /// One of his recovery codes.
    case recovery
}

/// What is kept of a session besides whose it is and since when: how it came to be, and what narrows it.
struct SessionTraits: Hashable, Sendable {
    /// The provider's name for it, by which it may end it.
    var homeSession: String?
    /// The kind of browser, as the edge named it; never all that a browser says of itself.
    var client: String?
    /// How its holder got in; nil for a program, and for a session of an earlier edition.
    var way: SignInWay?
    /// What else he showed; nil where nothing was asked for.
    var proof: SecondProof?
    /// What a program's token may do at most; nil where it may do all that its account may.
    var scope: Set<Permission>?
    /// When a program's token ends before the policy ends it.
    var endsAt: Moment?

    /// The scope as it is stored; rights that this edition does not know are none.
    static func scope(of text: String) -> Set<Permission> {
        Set(text.split(separator: " ").compactMap { Permission(rawValue: String($0)) })
    }

    /// What stands in the file for a scope.
    static func text(of scope: Set<Permission>) -> String { scope.map(\.rawValue).sorted().joined(separator: " ") }
}
