import ContactCentre
import Triage

/// The reading of a citizen's words for programs; nothing of them is recorded.
enum ReadingAPI {
    /// The most bytes of a body that can hold the longest text, each character written as JSON may write it.
    static let bodyLimit = 1_310_720

    static func read(_ api: APIRequest) async throws -> APIAnswer {
        let fields = try api.fields(["text", "on"])
        let text = try fields.text("text", most: ComplaintReader.longestText)
        let date = try fields.optionalDate("on") ?? api.today
        return APIAnswer(try await api.centre.readings.read(text, on: date).json)
    }
}
