/// Lets one piece of work after the other through, in their order; what an `await` inside it waits for nobody else begins.
///
/// New accounts are numbered by the last one, which two that are made at once must not both see.
actor Turnstile {
    private var last: Task<Void, Never>?

    /// Does the work once all that came before has ended; a task that is cancelled meanwhile does its work all the same.
    /// - Throws: what the work throws.
    func run<Value: Sendable>(_ work: @escaping @Sendable () async throws -> Value) async throws -> Value {
        let before = last
        let task = Task {
            await before?.value
            return try await work()
        }
        last = Task { _ = await task.result }
        return try await task.value
    }
}
