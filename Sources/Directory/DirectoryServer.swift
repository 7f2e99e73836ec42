/// Where a directory is and how its people are found.
package struct DirectoryServer: Hashable, Sendable {
    /// `ldaps://host[:port]`, or `ldap://host[:port]`, which begins TLS by StartTLS before anything is said.
    package var address: String
    /// The PEM file of the authority that vouches for its certificate.
    package var authorityFile: String
    /// The distinguished name as which we search; nil: as a guest.
    package var user: String?
    /// The password of that name.
    package var password: String?
    /// The entry below which people are searched.
    package var base: String
    /// How a person is searched by what he types, which is put in the place of `{name}`.
    package var filter = "(uid={name})"
    /// The attribute that names a person for good.
    package var keyAttribute = "entryUUID"
    /// The attribute that others see.
    package var nameAttribute = "cn"
    /// The distinguished names of the groups that are asked about.
    package var groups: [String] = []
    /// How long a connection, and after it each operation, may take, in seconds.
    package var seconds: Int32 = 5

    /// The authorities that the operating system trusts.
    package static let systemAuthorities = "/etc/ssl/certs/ca-certificates.crt"

    /// A directory at an address.
    package init(address: String, base: String, authorityFile: String = DirectoryServer.systemAuthorities) {
        self.address = address
        self.base = base
        self.authorityFile = authorityFile
    }
}
