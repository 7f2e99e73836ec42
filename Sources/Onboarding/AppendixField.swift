/// A field of the form in which a body submits the information on a service (797 §5 and its appendix), in its order.
///
/// The words on the screen are the string tables'; a return names the fields that lack by these.
package enum AppendixField: String, CaseIterable, Codable, Hashable, Sendable {
    case nameKazakh = "name-kk"
    case nameRussian = "name-ru"
    case registerCode = "register-code"
    case legalBasis = "legal-basis"
    case body
    case provider
    case places
    case recipients
    case channels
    case documents
    case term
    case fee
    case result
    case refusalGrounds = "refusal-grounds"
    case schedule
    case complaint
    case contacts
    case executorName = "executor-name"
    case executorPosition = "executor-position"
    case executorPhone = "executor-phone"
    case executorEmail = "executor-email"
    case date
}
