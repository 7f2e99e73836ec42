import CanonicalJSON
import Foundation
import WebApp
import Yams

/// The description of the JSON interface, read so that tests can hold routes and answers to it.
struct APIDescription: Sendable {
    /// One operation.
    struct Operation: Sendable {
        let path: String
        let method: String
        let json: JSON

        var permission: String { json["x-permission"]?.string ?? "" }

        var queries: Set<String> { parameters(in: "query") }

        var pathParameters: Set<String> { parameters(in: "path") }

        private func parameters(in place: String) -> Set<String> {
            Set(
                (json["parameters"]?.array ?? []).filter { $0["in"]?.string == place }.compactMap { $0["name"]?.string }
            )
        }

        /// The schema of an answer of a status and a media type.
        func answer(_ status: Int, _ type: String) -> JSON? {
            let responses = json["responses"]
            return responses?[String(status)]?["content"]?[type]?["schema"]
        }

        var body: JSON? { json["requestBody"]?["content"]?["application/json"]?["schema"] }
    }

    let json: JSON
    let operations: [Operation]

    init() throws {
        let yaml = try Yams.load(yaml: try Description.text())
        let data = try JSONSerialization.data(withJSONObject: yaml as Any)
        // Limits are whole numbers everywhere, so canonical JSON reads it.
        let json = try JSON(parsing: Array(data))
        self.json = json
        operations = (json["paths"]?.object ?? [:]).flatMap { path, methods in
            (methods.object ?? [:]).map { Operation(path: path, method: $0.uppercased(), json: $1) }
        }
    }

    /// The operation that answers a real address.
    func operation(_ method: String, _ address: String) -> Operation? {
        let parts = Self.parts(address)
        let fitting = operations.filter { operation in
            let own = Self.parts(operation.path)
            return operation.method == method && own.count == parts.count
                && zip(own, parts).allSatisfy { $0.hasPrefix("{") || $0 == $1 }
        }
        // A word of the path goes before a parameter.
        return fitting.min { $0.pathParameters.count < $1.pathParameters.count }
    }

    private static func parts(_ address: String) -> [String] {
        let path = address.split(separator: "?")[0].replacing("/api/v1/", with: "/")
        return path.split(separator: "/").map(String.init)
    }

    /// What in a value does not fit a schema, with the place.
    func problems(_ value: JSON, _ schema: JSON, at place: String = "$") -> [String] {
        if let ref = schema["$ref"]?.string {
            let name = String(ref.split(separator: "/").last ?? "")
            guard let target = json["components"]?["schemas"]?[name] else { return ["\(place): no schema \(name)"] }
            return problems(value, target, at: place)
        }
        var found: [String] = []
        if let const = schema["const"], const != value { found.append("\(place): not \(const.text)") }
        if let choices = schema["enum"]?.array, !choices.contains(value) { found.append("\(place): \(value.text)") }
        if let type = schema["type"]?.string, !Self.fits(value, type) { return ["\(place): no \(type)"] }
        if let pattern = schema["pattern"]?.string, let text = value.string,
            text.range(of: pattern, options: .regularExpression) == nil
        {
            found.append("\(place): “\(text)” is not \(pattern)")
        }
        if let members = value.object { found += problems(members: members, schema, at: place) }
        if let items = schema["items"], let list = value.array {
            for (index, item) in list.enumerated() { found += problems(item, items, at: "\(place)[\(index)]") }
        }
        return found
    }

    private func problems(members: [String: JSON], _ schema: JSON, at place: String) -> [String] {
        var found: [String] = []
        let properties = schema["properties"]?.object ?? [:]
        for name in (schema["required"]?.array ?? []).compactMap(\.string) where members[name] == nil {
            found.append("\(place).\(name) is missing")
        }
        for (name, value) in members {
            if let own = properties[name] {
                found += problems(value, own, at: "\(place).\(name)")
            } else if schema["additionalProperties"] == .bool(false) {
                found.append("\(place).\(name) is not described")
            } else if let other = schema["additionalProperties"], other.object != nil {
                found += problems(value, other, at: "\(place).\(name)")
            }
        }
        return found
    }

    private static func fits(_ value: JSON, _ type: String) -> Bool {
        switch type {
        case "object": value.object != nil
        case "array": value.array != nil
        case "string": value.string != nil
        case "integer": value.int != nil
        case "boolean": value.bool != nil
        default: false
        }
    }
}
