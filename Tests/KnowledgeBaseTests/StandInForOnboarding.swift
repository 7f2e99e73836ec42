import Casework

/// Events with the names and the fact by which the cards hear of onboarding.
enum StandInForOnboarding: EventContent {
    case protocolCompleted(service: String)
    case wentLive(service: String)
    case changeTookEffect(service: String)

    enum Name: String, CaseIterable { case protocolCompleted, wentLive, changeTookEffect }

    var tagged: Tagged<Name> {
        switch self {
        case .protocolCompleted: Tagged(.protocolCompleted, ["service": service])
        case .wentLive: Tagged(.wentLive, ["service": service])
        case .changeTookEffect: Tagged(.changeTookEffect, ["service": service])
        }
    }

    static func read(_ name: Name, _ content: EventReader) throws -> Self {
        let service = try content([String: String].self)["service"] ?? ""
        return switch name {
        case .protocolCompleted: .protocolCompleted(service: service)
        case .wentLive: .wentLive(service: service)
        case .changeTookEffect: .changeTookEffect(service: service)
        }
    }

    private var service: String {
        switch self {
        case .protocolCompleted(let service), .wentLive(let service), .changeTookEffect(let service): service
        }
    }

    var facts: [String: String] { ["service": service] }
}
