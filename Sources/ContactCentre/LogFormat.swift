extension Settings {
    /// What the log of the server is written as.
    package enum LogFormat: String, Codable, CaseIterable, Hashable, Sendable {
        /// A line of words for each entry, as people read it.
        case text
        /// A JSON object on a line of its own for each entry, as programs read it.
        case json
    }
}
