import Casework
import Rulebook

extension View {
    /// What a refusal says in the reader's language, by its code; every code of every module has words, and a test asks for
    /// each of them.
    func words(ofRefusal code: String) -> String { t(TextKey(family: "refusal", member: code)) }
}

extension WebRequest {
    /// What a refusal says in the reader's language.
    func words(of refusal: Refusal) -> String { reader.words(ofRefusal: refusal.code) }

    /// What a clock's refusal says in the reader's language.
    func words(of error: ClockError) -> String {
        func text(_ key: TextKey, _ values: [String: String] = [:]) -> String {
            environment.texts.text(key, context.language, values)
        }
        return switch error {
        case .extensionNotAllowed: text("clockRefusal.notAllowed")
        case .extensionBeyondLimit(_, _, let left): text("clockRefusal.beyondLimit", ["left": "\(left)"])
        case .extensionTooLate: text("clockRefusal.tooLate")
        case .tooEarly(_, let from): text("clockRefusal.tooEarly", ["date": DateText.short(from)])
        case .calendar, .notInForce, .missingFact: text("step.calendar", ["reason": error.description])
        }
    }
}
