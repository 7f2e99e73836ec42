/// Why a directory gave no answer.
package struct DirectoryFault: Error, Hashable, Sendable, CustomStringConvertible {
    /// At what it failed.
    package enum Step: String, Hashable, Sendable, CaseIterable {
        /// The address or the authority cannot be used.
        case address
        /// No connection with a certificate that is right.
        case connection
        /// Our own name and password were not taken.
        case account
        /// The search.
        case search
        /// Whether a password is somebody's.
        case password
    }

    /// At what it failed.
    package let step: Step
    /// The number that the protocol gives the failure; negative where no answer came.
    package let code: Int32
    /// What libldap says of it; nothing that anybody typed.
    package let reason: String

    /// Whether it says something of one person alone: the directory is there and answers others. What it says of its base, of our
    /// rights, or that it is busy, holds for everybody.
    package var isOfOne: Bool {
        guard step == .search || step == .password, code > 0 else { return false }
        return !Self.ofAll.contains(code)
    }

    /// Results of the protocol (RFC 4511 §4.1.9) that hold for everybody: a protocol error, a stronger way in is asked for, there is no
    /// such base, our rights do not reach, busy, unavailable.
    private static let ofAll: Set<Int32> = [2, 8, 32, 50, 51, 52]

    package var description: String {
        switch step {
        case .address:
            "The directory cannot be spoken to (\(reason)): see directory-address and directory-authority."
        case .connection:
            "The directory does not answer over TLS (\(reason)): see that it runs, and that directory-authority vouches for its certificate."
        case .account: "The directory does not take our account (\(reason)): see directory-user and directory-password."
        case .search:
            "The directory did not answer a search (\(reason)): see directory-base, directory-filter and the rights of directory-user."
        case .password: "The directory did not say whether a password is right (\(reason))."
        }
    }
}
