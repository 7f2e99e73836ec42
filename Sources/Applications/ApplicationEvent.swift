import Casework

/// Records of applications were taken in: new ones, and new versions of known ones.
package struct ApplicationEvent: EventContent, Equatable {
    /// The name in the journal.
    package enum Name: String, CaseIterable { case applicationsTaken }

    /// The event, as it is written.
    package struct Content: Codable, Hashable, Sendable {
        /// By which way they came.
        package var source: ApplicationSource
        /// The records, in their order.
        package var lines: [ApplicationLine]
    }

    /// What it holds.
    package var content: Content

    /// An event with its records.
    package init(source: ApplicationSource, lines: [ApplicationLine]) {
        content = Content(source: source, lines: lines)
    }

    package var tagged: Tagged<Name> { Tagged(.applicationsTaken, content) }

    package static func read(_ name: Name, _ content: EventReader) throws -> Self {
        switch name {
        case .applicationsTaken:
            let content = try content(Content.self)
            return Self(source: content.source, lines: content.lines)
        }
    }
}
