import CanonicalJSON
import Casework

/// Events with the names and the fact by which the cards hear of onboarding.
enum StandInForOnboarding: EventContent {
    case protocolCompleted(service: String)
    case wentLive(service: String)

    static let names = ["protocolCompleted", "wentLive"]

    var name: String {
        switch self {
        case .protocolCompleted: "protocolCompleted"
        case .wentLive: "wentLive"
        }
    }

    private var service: String {
        switch self {
        case .protocolCompleted(let service), .wentLive(let service): service
        }
    }

    var facts: [String: String] { ["service": service] }

    func write(to json: inout JSONWriter) throws { json.canonical(try CanonicalCoding.encode(["service": service])) }

    init(name: String, payload: [UInt8]) throws {
        let service = try CanonicalCoding.decode([String: String].self, from: payload)["service"] ?? ""
        self = name == "wentLive" ? .wentLive(service: service) : .protocolCompleted(service: service)
    }
}
