import CLibcurl

/// One request on its way; lives on the session's thread only and is what the C callbacks are given.
final class Transfer {
    /// The largest size of all header fields together, in bytes.
    static let headerLimit = 64 * 1024

    var handle: EasyHandle
    private var source: BodySource
    private let request: CurlRequest
    private var headers: [CurlHeader] = []
    private var headerBytes = 0
    private var body: [UInt8] = []
    private var received: Int64 = 0
    private var progress = CurlProgress(sent: 0, toSend: 0, received: 0, toReceive: 0)
    /// Set by a callback that ends the transfer itself, so that libcurl's general answer is not the one reported.
    private var ownFailure: CurlError.Code?
    private var hasHandedOverBody = false

    /// Prepares a request; nothing is sent yet.
    init(_ request: CurlRequest) throws(CurlError) {
        self.request = request
        source = try BodySource(request.body)
        handle = try EasyHandle()
        try handle.apply(request)
        try applyBody()
        try applyCallbacks()
    }

    /// The result, once libcurl has said how the transfer ended.
    func outcome(_ result: CURLcode) -> Result<CurlResponse, CurlError> {
        guard result == CURLE_OK else { return .failure(failure(result)) }
        return .success(
            CurlResponse(
                status: handle.long(CURLINFO_RESPONSE_CODE), headers: headers, body: body,
                bytesSent: handle.offset(CURLINFO_SIZE_UPLOAD_T), bytesReceived: received, timing: timing))
    }

    /// The error of a transfer that was taken off before its end.
    func cancelled() -> CurlError {
        CurlError(.cancelled, "The request was cancelled.", mayHaveHadEffect: mayHaveHadEffect, status: status)
    }

    private func failure(_ result: CURLcode) -> CurlError {
        switch ownFailure {
        case .responseTooLarge:
            CurlError(
                .responseTooLarge, "The answer is larger than the \(request.responseLimit) bytes allowed.",
                mayHaveHadEffect: mayHaveHadEffect, status: status, curlCode: result.rawValue)
        case .bodyUnreadable:
            CurlError(
                .bodyUnreadable, "The file could not be read to its end while it was sent; was it changed?",
                mayHaveHadEffect: mayHaveHadEffect, status: status, curlCode: result.rawValue)
        case .cancelled: cancelled()
        default:
            CurlError(result, detail: handle.errorText, mayHaveHadEffect: mayHaveHadEffect, status: status)
        }
    }

    private var status: Int? {
        let code = handle.long(CURLINFO_RESPONSE_CODE)
        return code == 0 ? nil : code
    }

    /// A request line went out, or libcurl has taken part of the body.
    private var mayHaveHadEffect: Bool {
        hasHandedOverBody || handle.long(CURLINFO_REQUEST_SIZE) > 0
    }

    private var timing: CurlTiming {
        func time(_ info: CURLINFO) -> Duration { .microseconds(handle.offset(info)) }
        return CurlTiming(
            nameLookup: time(CURLINFO_NAMELOOKUP_TIME_T), connect: time(CURLINFO_CONNECT_TIME_T),
            tls: time(CURLINFO_APPCONNECT_TIME_T), firstByte: time(CURLINFO_STARTTRANSFER_TIME_T),
            total: time(CURLINFO_TOTAL_TIME_T))
    }

    private func applyBody() throws(CurlError) {
        let hasBody = if case .none = request.body { false } else { true }
        if request.mail != nil {
            try handle.set(CURLOPT_UPLOAD, long: 1)
            try handle.set(CURLOPT_INFILESIZE_LARGE, offset: source.size)
        } else if hasBody || ["POST", "PUT", "PATCH"].contains(request.method) {
            try handle.set(CURLOPT_UPLOAD, long: 1)
            try handle.set(CURLOPT_INFILESIZE_LARGE, offset: source.size)
            try handle.set(CURLOPT_CUSTOMREQUEST, string: request.method)
        } else if request.method == "HEAD" {
            try handle.set(CURLOPT_NOBODY, long: 1)
        } else {
            try handle.set(CURLOPT_HTTPGET, long: 1)
            try handle.set(CURLOPT_CUSTOMREQUEST, string: request.method)
        }
    }

    private func applyCallbacks() throws(CurlError) {
        let context = Unmanaged.passUnretained(self).toOpaque()
        try handle.set(CURLOPT_WRITEDATA, pointer: context)
        try handle.set(CURLOPT_WRITEFUNCTION) { piece, size, count, context in
            Transfer.from(context)?.receive(UnsafeRawBufferPointer(start: piece, count: size * count)) ?? 0
        }
        try handle.set(CURLOPT_HEADERDATA, pointer: context)
        try handle.set(CURLOPT_HEADERFUNCTION) { line, size, count, context in
            Transfer.from(context)?.receiveHeader(UnsafeRawBufferPointer(start: line, count: size * count)) ?? 0
        }
        try handle.set(CURLOPT_READDATA, pointer: context)
        try handle.set(CURLOPT_READFUNCTION) { buffer, size, count, context in
            Transfer.from(context)?.supply(UnsafeMutableRawBufferPointer(start: buffer, count: size * count))
                ?? Int(CURL_READFUNC_ABORT)
        }
        try handle.set(CURLOPT_SEEKDATA, pointer: context)
        try handle.check(
            shim_easy_set_seek_callback(handle.pointer) { context, offset, origin in
                guard origin == SEEK_SET, let transfer = Transfer.from(context), transfer.source.seek(to: Int64(offset))
                else { return CURL_SEEKFUNC_FAIL }
                return CURL_SEEKFUNC_OK
            })
        guard request.onProgress != nil else { return }
        try handle.set(CURLOPT_NOPROGRESS, long: 0)
        try handle.set(CURLOPT_XFERINFODATA, pointer: context)
        try handle.check(
            shim_easy_set_progress_callback(handle.pointer) { context, toReceive, received, toSend, sent in
                Transfer.from(context)?.report(
                    CurlProgress(
                        sent: Int64(sent), toSend: Int64(toSend), received: Int64(received), toReceive: Int64(toReceive)
                    ))
                return 0
            })
    }

    private static func from(_ context: UnsafeMutableRawPointer?) -> Transfer? {
        context.map { Unmanaged<Transfer>.fromOpaque($0).takeUnretainedValue() }
    }

    /// Takes a piece of the body; anything but its whole size ends the transfer.
    private func receive(_ piece: UnsafeRawBufferPointer) -> Int {
        guard received + Int64(piece.count) <= Int64(request.responseLimit) else {
            ownFailure = .responseTooLarge
            return -1
        }
        received += Int64(piece.count)
        switch request.sink {
        case .collect: body.append(contentsOf: piece)
        case .stream(let consume):
            guard consume(Array(piece), handle.long(CURLINFO_RESPONSE_CODE)) else {
                ownFailure = .cancelled
                return -1
            }
        }
        return piece.count
    }

    private func receiveHeader(_ line: UnsafeRawBufferPointer) -> Int {
        headerBytes += line.count
        guard headerBytes <= Self.headerLimit else {
            ownFailure = .responseTooLarge
            return -1
        }
        let text = String(decoding: line, as: UTF8.self)
        if text.hasPrefix("HTTP/") {
            headers = []  // an interim answer such as 100 came before
        } else if let colon = text.firstIndex(of: ":") {
            let value = text[text.index(after: colon)...]
            headers.append(CurlHeader(String(text[..<colon]), value.trimmed()))
        }
        return line.count
    }

    private func supply(_ buffer: UnsafeMutableRawBufferPointer) -> Int {
        hasHandedOverBody = true
        guard let count = source.read(into: buffer) else {
            ownFailure = .bodyUnreadable
            return Int(CURL_READFUNC_ABORT)
        }
        return count
    }

    private func report(_ current: CurlProgress) {
        guard current != progress else { return }
        progress = current
        request.onProgress?(current)
    }
}

extension Substring {
    /// Without spaces and line ends on either side.
    fileprivate func trimmed() -> String {
        var rest = self.unicodeScalars[...]
        while let first = rest.first, first.value <= 0x20 { rest.removeFirst() }
        while let last = rest.last, last.value <= 0x20 { rest.removeLast() }
        return String(rest)
    }
}
