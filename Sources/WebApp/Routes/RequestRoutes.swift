extension Routes {
    /// Information requests and their clocks.
    static var requests: [Route] {
        [
            .get(.clocks, .needs(.readRequests), ClocksPage.show),
            .get(.requests, .needs(.readRequests), RequestsPage.show),
            .get(.request(.parameter("id")), .needs(.readRequests), RequestPage.show),
        ]
    }
}
