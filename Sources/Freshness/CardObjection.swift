import Casework
import KnowledgeBase

/// A body says that its card is not right.
package struct CardObjected: Codable, Hashable, Sendable {
    /// The code of the body.
    package var body: String
    /// The number of the campaign.
    package var campaign: String
    /// The code of the card.
    package var card: String
    /// The edition that the body saw.
    package var edition: Int
    /// The field that is wrong, by its name in files; nil where it is no single one.
    package var field: String?
    /// Who says so: the number under which name and post are kept.
    package var signer: String
    /// What is wrong, without what looks like a person's numbers.
    package var text: String
}

/// What became of a remark.
package struct CardObjectionSettled: Codable, Hashable, Sendable {
    /// The draft of the additional request that asks for it (797 §10).
    package var draft: String?
    /// The edition of the card that puts it right.
    package var edition: Int?
    /// What was done.
    package var how: ObjectionEnd
    /// Why nothing was done.
    package var reason: String?
}

/// How a remark of a body ends.
package enum ObjectionEnd: String, CaseIterable, Codable, Hashable, Sendable {
    /// The body is asked for more (797 §10).
    case asked
    /// An edition of the card puts it right.
    case corrected
    /// Nothing is to be done.
    case dismissed
    /// The body took it back.
    case takenBack
}

/// What can happen to a remark, stream `cardObjection/2026-000001`.
package enum CardObjectionEvent: EventContent, Equatable {
    /// It was made.
    case cardObjected(CardObjected)
    /// It is done with.
    case cardObjectionSettled(CardObjectionSettled)

    /// The names in the journal.
    package enum Name: String, CaseIterable { case cardObjected, cardObjectionSettled }

    package var tagged: Tagged<Name> {
        switch self {
        case .cardObjected(let event): Tagged(.cardObjected, event)
        case .cardObjectionSettled(let event): Tagged(.cardObjectionSettled, event)
        }
    }

    package static func read(_ name: Name, _ content: EventReader) throws -> Self {
        switch name {
        case .cardObjected: .cardObjected(try content())
        case .cardObjectionSettled: .cardObjectionSettled(try content())
        }
    }
}

/// The kind of case “remark of a body on its card”: made once, then settled once.
package enum CardObjection: CaseKind {
    /// What is known of a remark.
    package struct State: Hashable, Sendable {
        /// What it says; nil where there is no such remark.
        package internal(set) var objected: CardObjected?
        /// Whether it is done with.
        package internal(set) var isSettled = false
    }

    /// What can be asked of a remark.
    package enum Command: Sendable {
        /// Makes it.
        case object(CardObjected)
        /// Says what became of it.
        case settle(CardObjectionSettled)
    }

    /// The longest remark, in characters.
    package static let longest = 1_000

    package static let streamKind = "cardObjection"
    package static let procedure: String? = nil
    package static var initial: State { State() }

    package static func evolve(_ state: inout State, by event: CardObjectionEvent, stamp: EventStamp) {
        switch event {
        case .cardObjected(let objected): state.objected = objected
        case .cardObjectionSettled: state.isSettled = true
        }
    }

    package static func decide(
        _ command: Command, on state: State, in context: DecisionContext
    ) throws -> [Happening<CardObjectionEvent>] {
        switch command {
        case .object(let objected):
            guard objected.text.contains(where: { !$0.isWhitespace }), objected.text.count <= longest else {
                throw FreshnessRefusal.objectionEmpty(
                    "Say what is not right, in at most \(longest) characters.", field: "text")
            }
            if let field = objected.field, !Card.fieldNames.contains(field) {
                throw FreshnessRefusal.objectionField("“\(field)” is no field of a card.", field: "field")
            }
            return [Happening(.cardObjected(objected), at: context.now)]
        case .settle(let settled):
            guard let objected = state.objected else {
                throw FreshnessRefusal.objectionUnknown("There is no such remark: check the number.")
            }
            guard !state.isSettled else { throw FreshnessRefusal.objectionSettled("This remark is done with already.") }
            switch settled.how {
            case .dismissed where !(settled.reason ?? "").contains { !$0.isWhitespace }:
                throw FreshnessRefusal.objectionNoReason("Say why nothing is to be done.", field: "reason")
            case .corrected where (settled.edition ?? 0) <= objected.edition:
                throw FreshnessRefusal.objectionCard(
                    "The card is still at the edition that the body saw: edit it first.", field: "edition")
            default: return [Happening(.cardObjectionSettled(settled), at: context.now)]
            }
        }
    }
}
