import GRDB
import Languages
import Registry

extension RoutingFacts {
    /// What the routing of complaints must know, from the registry as it stands.
    package init(registry db: Database) throws {
        self.init(bodies: try Registry.bodies(in: db), services: try Registry.services(in: db))
    }

    /// The same from lists of the registry.
    package init(bodies: [PublicBody], services: [PublicService]) {
        self.init(
            bodies: bodies.map { body in
                Body(
                    code: body.code, kind: body.kind.rawValue, level: body.level?.rawValue, parent: body.parent,
                    region: body.region, from: body.validFrom, to: body.validTo, successor: body.successor)
            },
            services: services.map { service in
                Service(
                    code: service.code, owner: service.owner, provider: service.provider.ru,
                    channels: Set(service.channels.map(\.rawValue)))
            })
    }
}
