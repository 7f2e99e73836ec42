/// Why a server did not do what was asked.
package enum PostgresError: Error, Hashable, CustomStringConvertible {
    /// What was given as an address is none.
    case notAnAddress(String)
    /// No server took the connection: each with its reason.
    case unreachable([String])
    /// The server refused a statement, which then did nothing.
    case refused(sqlState: String, message: String)
    /// The connection broke while a statement was under way.
    case lost(String)
    /// A statement was not answered in time, given in milliseconds.
    case late(milliseconds: Int)
    /// The answer is not what was asked for.
    case unexpected(String)

    /// Whether the statement may have been done although no answer came.
    package var mayHaveHadEffect: Bool {
        switch self {
        case .lost, .late, .unexpected: true
        // A server that shuts down, or crashes, may say so after it has done what was asked.
        case .refused(let state, _): state.hasPrefix("57P") || state.hasPrefix("08")
        case .notAnAddress, .unreachable: false
        }
    }

    /// The five letters of SQL by which the server refused; nil where it did not.
    package var sqlState: String? {
        if case .refused(let state, _) = self { return state }
        return nil
    }

    package var description: String {
        switch self {
        case .notAnAddress(let reason):
            "This is no address of PostgreSQL (\(reason)): write postgresql://user@host1,host2/database."
        case .unreachable(let reasons):
            "No PostgreSQL server takes the connection (\(reasons.joined(separator: "; "))): look at the servers and the network."
        case .refused(let state, let message): "PostgreSQL refuses (\(state)): \(message)"
        case .lost(let reason): "The connection to PostgreSQL broke: \(reason)"
        case .late(let milliseconds): "PostgreSQL did not answer within \(milliseconds) ms."
        case .unexpected(let what): "PostgreSQL answered otherwise than asked: \(what)"
        }
    }
}
