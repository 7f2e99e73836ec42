import CLibcurl

/// The only owner of a curl easy handle, of its error buffer and of the lists lent to it; all freed together.
///
/// It never leaves the thread of its session.
struct EasyHandle: ~Copyable {
    /// libcurl's handle, for the multi interface.
    let pointer: UnsafeMutableRawPointer
    private let errorBuffer: UnsafeMutablePointer<CChar>
    private var headerList: UnsafeMutablePointer<curl_slist>?
    private var recipientList: UnsafeMutablePointer<curl_slist>?
    private var beforeList: UnsafeMutablePointer<curl_slist>?
    private var afterList: UnsafeMutablePointer<curl_slist>?

    init() throws(CurlError) {
        guard CurlLibrary.status == CURLE_OK, let pointer = curl_easy_init() else {
            throw CurlError(.other, "libcurl could not be started: the machine is out of memory.")
        }
        self.pointer = pointer
        errorBuffer = .allocate(capacity: Int(CURL_ERROR_SIZE))
        errorBuffer.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
        headerList = nil
        recipientList = nil
        beforeList = nil
        afterList = nil
        // Cannot fail; without the buffer errors would only be less detailed.
        _ = shim_easy_set_pointer(pointer, CURLOPT_ERRORBUFFER, UnsafeMutableRawPointer(errorBuffer))
    }

    deinit {
        // The handle first: until then libcurl may still write into the buffer and read the lists.
        curl_easy_cleanup(pointer)
        curl_slist_free_all(headerList)
        curl_slist_free_all(recipientList)
        curl_slist_free_all(beforeList)
        curl_slist_free_all(afterList)
        errorBuffer.deallocate()
    }

    /// What libcurl wrote about the last failure; empty if nothing.
    var errorText: String { String(cString: errorBuffer) }

    func set(_ option: CURLoption, long value: Int) throws(CurlError) {
        try check(shim_easy_set_long(pointer, option, value))
    }

    func set(_ option: CURLoption, offset value: Int64) throws(CurlError) {
        try check(shim_easy_set_offset(pointer, option, curl_off_t(value)))
    }

    /// Sets a string; `nil` sets "none". A string with a NUL inside is refused, since C would cut it there.
    func set(_ option: CURLoption, string value: String?) throws(CurlError) {
        guard let value else { return try check(shim_easy_set_string(pointer, option, nil)) }
        guard !value.utf8.contains(0) else {
            throw CurlError(.invalidRequest, "A setting of the request contains a NUL character.")
        }
        try check(shim_easy_set_string(pointer, option, value))
    }

    func set(_ option: CURLoption, pointer value: UnsafeMutableRawPointer?) throws(CurlError) {
        try check(shim_easy_set_pointer(pointer, option, value))
    }

    func set(
        _ option: CURLoption,
        callback: @convention(c) (UnsafeMutablePointer<CChar>?, Int, Int, UnsafeMutableRawPointer?) -> Int
    ) throws(CurlError) {
        try check(shim_easy_set_data_callback(pointer, option, callback))
    }

    mutating func setHeaders(_ lines: [String]) throws(CurlError) {
        try Self.append(lines, to: &headerList)
        try check(shim_easy_set_list(pointer, CURLOPT_HTTPHEADER, headerList))
    }

    mutating func setRecipients(_ addresses: [String]) throws(CurlError) {
        try Self.append(addresses, to: &recipientList)
        try check(shim_easy_set_list(pointer, CURLOPT_MAIL_RCPT, recipientList))
    }

    /// Sets what the server does before and after the transfer.
    mutating func setCommands(before: [String], after: [String]) throws(CurlError) {
        if !before.isEmpty {
            try Self.append(before, to: &beforeList)
            try check(shim_easy_set_list(pointer, CURLOPT_QUOTE, beforeList))
        }
        if !after.isEmpty {
            try Self.append(after, to: &afterList)
            try check(shim_easy_set_list(pointer, CURLOPT_POSTQUOTE, afterList))
        }
    }

    func long(_ info: CURLINFO) -> Int {
        var value = 0
        return shim_easy_get_long(pointer, info, &value) == CURLE_OK ? value : 0
    }

    /// The socket of the last connection; negative where there is none.
    var socket: Int64 {
        var value: curl_socket_t = -1
        return shim_easy_get_socket(pointer, &value) == CURLE_OK ? Int64(value) : -1
    }

    func offset(_ info: CURLINFO) -> Int64 {
        var value: curl_off_t = 0
        return shim_easy_get_offset(pointer, info, &value) == CURLE_OK ? Int64(value) : 0
    }

    func check(_ result: CURLcode) throws(CurlError) {
        guard result == CURLE_OK else {
            throw CurlError(result, detail: errorText, mayHaveHadEffect: false, status: nil)
        }
    }

    private static func append(
        _ lines: [String], to list: inout UnsafeMutablePointer<curl_slist>?
    ) throws(CurlError) {
        for line in lines {
            guard let longer = curl_slist_append(list, line) else {
                throw CurlError(.other, "libcurl could not take a header: the machine is out of memory.")
            }
            list = longer
        }
    }
}
