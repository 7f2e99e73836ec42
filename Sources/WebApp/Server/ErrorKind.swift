import Accounts
import Attachments
import CSV
import Casework
import Complaints
import Delivery
import HTTPTypes
import Hummingbird
import Journal
import PersonalData
import Rulebook
import WorkingDays

/// The errors that people see, each with a title and a text in the string tables.
package enum ErrorKind: String, CaseIterable, Hashable, Sendable {
    case badRequest
    case unauthorized
    case forbidden
    case staleForm
    case notFound
    case conflict
    case methodNotAllowed
    case preconditionFailed
    case unsupportedMedia
    case unprocessable
    case tooLarge
    case tooSlow
    case tooMany
    case unavailable
    case noSpace
    case failure
    /// Personal data whose key is missing or is another one.
    case unreadable

    /// The status of the answer.
    package var status: HTTPResponse.Status {
        switch self {
        case .badRequest: .badRequest
        case .unauthorized: .unauthorized
        case .forbidden, .staleForm: .forbidden
        case .notFound: .notFound
        case .conflict, .unreadable: .conflict
        case .methodNotAllowed: .methodNotAllowed
        case .preconditionFailed: .preconditionFailed
        case .unsupportedMedia: .unsupportedMediaType
        case .unprocessable: .unprocessableContent
        case .tooLarge: .contentTooLarge
        case .tooSlow: .requestTimeout
        case .tooMany: .tooManyRequests
        case .unavailable: .serviceUnavailable
        case .noSpace: .init(code: 507, reasonPhrase: "Insufficient Storage")
        case .failure: .internalServerError
        }
    }

    /// What an error of the program is for a person; everything not listed is a failure of ours.
    package init(_ error: any Error) {
        switch error {
        case let error as SiteError: self = error.kind
        case let problem as APIProblem: self = problem.kind
        case is NotPermitted: self = .forbidden
        case is TooManyRequests, is TooManyAttempts: self = .tooMany
        case is MultipartError: self = .badRequest
        case let error as AttachmentError:
            switch error {
            case .tooLarge: self = .tooLarge
            case .empty, .unknownType: self = .badRequest
            case .badDigest, .missing: self = .notFound
            case .noSpace: self = .noSpace
            case .damaged, .system: self = .failure
            }
        case is VaultError: self = .unreadable
        case is PasswordHasherBusy: self = .unavailable
        case let error as AccountError:
            switch error {
            case .unknown, .unknownToken, .unknownSession: self = .notFound
            case .loginNameTaken, .hasSecondFactor, .noSecondFactor, .lastAdministrator, .closed, .tooManyTokens:
                self = .conflict
            default: self = .unprocessable
            }
        // A command to a case that is not there; the name of the case stands in the address.
        case let refusal as Refusal where refusal.isMissing: self = .notFound
        // What the law, the calendar or the state of a case does not allow is an answer, not a failure.
        case is Refusal, is ClockError, is CalendarError, is RoutingError, is CSVError: self = .unprocessable
        case let error as CaseworkError:
            switch error {
            case .noSuchCase: self = .notFound
            case .calendarHasMoved: self = .conflict
            case .noRulebook, .noCalendar: self = .unprocessable
            case .unreadable: self = .failure
            }
        case let error as DeliveryError:
            switch error {
            case .unknown: self = .notFound
            case .notDead: self = .conflict
            case .reasonMissing: self = .unprocessable
            case .addressNotHTTPS: self = .failure
            }
        case let error as JournalError:
            switch error {
            case .conflict, .keyReused: self = .conflict
            case .stopped: self = .unavailable
            default: self = .failure
            }
        case let error as any HTTPResponseError: self = Self.kind(of: error.status)
        default: self = .failure
        }
    }

    private static func kind(of status: HTTPResponse.Status) -> ErrorKind {
        allCases.first { $0.status == status } ?? (status.kind == .clientError ? .badRequest : .failure)
    }
}

/// An error that a handler throws on purpose.
package struct SiteError: Error, CustomStringConvertible {
    /// What it is for a person.
    package let kind: ErrorKind
    /// What it is for a programmer, in English; shown by the JSON interface, never on a page.
    package let description: String

    /// An error.
    package init(_ kind: ErrorKind, _ description: String) {
        self.kind = kind
        self.description = description
    }
}
