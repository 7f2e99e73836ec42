import KnowledgeBase

/// What the buttons of the form of a card ask for.
enum CardFormStep: Hashable, Sendable {
    /// Show what is wrong, what operators would see and what differs.
    case check
    /// Keep what was typed, to go on later.
    case keep
    /// Make it an edition.
    case save
    /// Forget what was typed.
    case drop
    /// Go on from the edition that is in force now.
    case follow
    /// Put an empty row at the end of a list.
    case add(CardFormField)
    /// Take a row away.
    case remove(CardFormField, Int)

    /// A button's word; nil where it is none of the form.
    init?(_ word: String) {
        let parts = word.split(separator: " ").map(String.init)
        switch parts.first {
        case "check": self = .check
        case "keep": self = .keep
        case "save": self = .save
        case "drop": self = .drop
        case "follow": self = .follow
        case "add":
            guard parts.count == 2, let field = CardFormField(rawValue: parts[1]) else { return nil }
            self = .add(field)
        case "remove":
            guard parts.count == 3, let field = CardFormField(rawValue: parts[1]), let row = Int(parts[2]) else {
                return nil
            }
            self = .remove(field, row)
        default: return nil
        }
    }

    /// The word of a button.
    var rawValue: String {
        switch self {
        case .check: "check"
        case .keep: "keep"
        case .save: "save"
        case .drop: "drop"
        case .follow: "follow"
        case .add(let field): "add \(field.rawValue)"
        case .remove(let field, let row): "remove \(field.rawValue) \(row)"
        }
    }

    /// Changes the rows of a form as the button says.
    func change(_ form: inout CardForm) {
        switch self {
        case .add(let field):
            // An empty list is shown with one row already.
            if field.kind == .list, form.rows(of: field).isEmpty { form.addRow(to: field) }
            form.addRow(to: field)
        case .remove(let field, let row): form.removeRow(row, of: field)
        case .check, .keep, .save, .drop, .follow: break
        }
    }
}

extension CardForm {
    /// Takes what a browser sent of some fields.
    mutating func take(_ fields: [CardFormField], from form: Form) {
        take(fields) { place in form.all(place).first }
    }
}
