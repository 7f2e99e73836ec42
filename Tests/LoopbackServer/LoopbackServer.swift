package import Hummingbird
import HummingbirdTLS
import Logging
package import NIOSSL
import ServiceLifecycle

/// Runs an application on a free loopback port for as long as a test's body takes.
///
/// - Parameters:
///   - build: Makes the application; it is given what to call once the server listens.
///   - body: The test, given the port.
package func withApplication<App: ApplicationProtocol, Value>(
    _ build: (_ onListening: @escaping @Sendable (_ port: Int) -> Void) throws -> App,
    _ body: (_ port: Int) async throws -> Value
) async throws -> Value {
    let (ports, listening) = AsyncStream.makeStream(of: Int.self)
    let application = try build { listening.yield($0) }
    var quiet = Logger(label: "test")
    quiet.logLevel = .critical
    let group = ServiceGroup(configuration: .init(services: [application], logger: quiet))
    return try await withThrowingTaskGroup(of: Void.self) { tasks in
        tasks.addTask {
            defer { listening.finish() }
            try await group.run()
        }
        guard let port = await ports.first(where: { _ in true }) else {
            try await tasks.waitForAll()
            throw CancellationError()
        }
        // Gracefully: NIO traps when a server is cancelled at the instant in which it accepts a connection.
        let result: Result<Value, any Error>
        do {
            result = .success(try await body(port))
        } catch {
            result = .failure(error)
        }
        await group.triggerGracefulShutdown()
        try await tasks.waitForAll()
        return try result.get()
    }
}

/// Runs a router on loopback, over TLS or not.
package func withServer<Value>(
    _ router: Router<BasicRequestContext>, tls: TLSConfiguration? = nil,
    address: BindAddress = .hostname("127.0.0.1", port: 0), _ body: (_ port: Int) async throws -> Value
) async throws -> Value {
    var quiet = Logger(label: "test")
    quiet.logLevel = .critical
    return try await withApplication(
        { onListening in
            Application(
                router: router, server: try tls.map { try .tls(.http1(), tlsConfiguration: $0) } ?? .http1(),
                configuration: .init(address: address), onServerRunning: { onListening($0.localAddress?.port ?? 0) },
                logger: quiet)
        }, body)
}

/// Waits until the server is shut down or the task cancelled: a handler that does not answer.
package func forever() async {
    let (never, source) = AsyncStream.makeStream(of: Never.self)
    await cancelWhenGracefulShutdown {
        for await _ in never {}
    }
    source.finish()
}
