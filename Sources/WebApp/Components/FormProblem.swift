import Casework
import HTTPTypes
import Journal
import KnowledgeBase
import Rulebook
import WorkingDays

/// What is wrong with a form that was sent: at one of its fields, or with the whole of it.
struct FormProblem: Sendable {
    /// The field; nil where it is the whole.
    var field: String?
    /// What is wrong, in the reader's language.
    let text: String
    /// The status of the page on which it is said.
    var status = HTTPResponse.Status.unprocessableContent
}

extension WebRequest {
    /// What an error says beside the form that met it.
    /// - Throws: the error itself where it is no answer to a person but a failure of ours.
    func problem(_ error: any Error) throws -> FormProblem {
        let view = reader
        return switch error {
        case let refusal as Refusal: FormProblem(field: refusal.field, text: words(of: refusal))
        case let error as ClockError: FormProblem(field: error.field, text: words(of: error))
        case let error as CalendarError:
            FormProblem(field: "at", text: view.t("step.calendar", ["reason": error.description]))
        case let faults as CardFormFaults:
            FormProblem(text: view.t("cardForm.notSaved", count: faults.faults.count))
        case JournalError.conflict: FormProblem(text: view.t("step.conflict"), status: .conflict)
        case JournalError.keyReused: FormProblem(text: view.t("step.keyReused"), status: .conflict)
        default: throw error
        }
    }
}

extension ClockError {
    /// The field of a form that it is about.
    fileprivate var field: String {
        switch self {
        case .extensionNotAllowed, .extensionBeyondLimit: "days"
        case .extensionTooLate, .tooEarly, .calendar, .notInForce, .missingFact: "at"
        }
    }
}
