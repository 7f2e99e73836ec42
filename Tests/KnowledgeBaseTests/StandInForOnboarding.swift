import CanonicalJSON
import Casework

/// Events with the names and the fact by which the cards hear of onboarding.
enum StandInForOnboarding: EventContent {
    case protocolCompleted(service: String)
    case wentLive(service: String)
    case changeTookEffect(service: String)

    static let names = ["protocolCompleted", "wentLive", "changeTookEffect"]

    var name: String {
        switch self {
        case .protocolCompleted: "protocolCompleted"
        case .wentLive: "wentLive"
        case .changeTookEffect: "changeTookEffect"
        }
    }

    private var service: String {
        switch self {
        case .protocolCompleted(let service), .wentLive(let service), .changeTookEffect(let service): service
        }
    }

    var facts: [String: String] { ["service": service] }

    func write(to json: inout JSONWriter) throws { json.canonical(try CanonicalCoding.encode(["service": service])) }

    init(name: String, payload: [UInt8]) throws {
        let service = try CanonicalCoding.decode([String: String].self, from: payload)["service"] ?? ""
        switch name {
        case "wentLive": self = .wentLive(service: service)
        case "changeTookEffect": self = .changeTookEffect(service: service)
        default: self = .protocolCompleted(service: service)
        }
    }
}
