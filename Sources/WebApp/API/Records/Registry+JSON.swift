import CanonicalJSON
import Registry
import WorkingDays

extension PublicBody {
    /// The body for programs, under the name that it has on a day.
    package func json(on date: CivilDate) -> JSON {
        .members([
            "code": .string(code), "kind": .string(kind.rawValue), "name": .names(name(on: date)),
            "region": .string(region), "level": .text(level?.rawValue), "parent": .text(parent),
            "validFrom": .date(validFrom), "validTo": .date(validTo), "successor": .text(successor),
        ])
    }
}

extension ResponsiblePerson {
    /// The registration for programs; who it is stays sealed.
    package var json: JSON {
        .members([
            "id": .string(id), "since": .date(since), "endedOn": .date(endedOn), "reason": .text(reason?.rawValue),
            "replacedBy": .text(replacedBy),
        ])
    }
}

extension PublicService {
    /// The service for programs.
    package var json: JSON {
        .members([
            "code": .string(code), "registerCode": .text(registerCode), "egovCode": .text(egovCode),
            "name": .names(name), "owner": .string(owner), "provider": .names(provider), "sphere": .string(sphere),
            "channels": .array(channels.map { .string($0.rawValue) }),
        ])
    }
}
